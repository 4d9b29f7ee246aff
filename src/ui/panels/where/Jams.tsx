import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { JamReport } from '../../../sim'
import { linkMiddle } from '../../model/cityModel'
import { clock } from '../../model/format'
import type { JamRow } from '../../model/jams'
import { namePair } from '../../model/places'
import { nodeTitle } from '../../model/roadTitle'
import { Fold } from '../../parts/Fold'
import { session } from '../../session'
import { store, useApp } from '../../stores/store'
import { WayFinder } from './WayFinder'

/** Where traffic stands now, why, and how to get round it. */
export function Jams(): ReactElement {
  const { t } = useTranslation()
  const jams = useApp(state => state.jams)
  const interventions = useApp(state => state.interventions)
  const causes = useCauses(jams)
  const most = jams[0]?.queue ?? 1
  function go(link: number): void {
    if (!session.city) return
    session.view.flyTo({ ...linkMiddle(session.city.network, link), distance: 700 })
    store.getState().select({ kind: 'link', link })
  }
  function goNode(node: number): void {
    const { nodes } = session.city!.network
    session.view.flyTo({ x: nodes.x[node]!, y: nodes.y[node]!, distance: 300 })
  }
  return (
    <>
      <Fold title={t('wayFinder.title')}><WayFinder /></Fold>
      {jams.length === 0 && <p className="soft">{t('jams.empty')}</p>}
      <ol className="rows ranked">
        {jams.map(({ link, name, queue, speedShare }) => (
          <li key={name}>
            <button type="button" className="row-button" onClick={() => go(link)}>
              <b>{session.city ? namePair(session.city.pack, name).name : name}</b>
              <span className="soft">{t('jams.queue', { count: queue })}{speedShare !== null && ` · ${t('jams.ofLimit', { percent: Math.round(speedShare * 100) })}`}</span>
              <Cause of={causes.get(link)} />
              <i className="bar" style={{ width: `${(100 * queue) / most}%` }} />
            </button>
          </li>
        ))}
      </ol>
      {interventions.length > 0 && <>
        <h3>{t('jams.interventions')}</h3>
        <p className="soft">{t('status.interventionsNote')}</p>
        <ul className="rows">
          {interventions.slice(-10).toReversed().map(({ time, node, trip }) => (
            <li key={`${time} ${trip}`}>
              <button type="button" className="row-button" onClick={() => goNode(node)}>
                <b>{session.city && nodeTitle(session.city, node)}</b>
                <span className="soft">{clock(time, true)} · {t('inspector.trip', { id: trip })}</span>
              </button>
            </li>
          ))}
        </ul>
      </>}
    </>
  )
}

/** Why each of these queues stands, asked again whenever the list changes. */
function useCauses(jams: readonly JamRow[]): ReadonlyMap<number, JamReport> {
  const [causes, setCauses] = useState<ReadonlyMap<number, JamReport>>(new Map())
  useEffect(() => {
    let wanted = true
    void session.client?.ask(host => host.jams(jams.map(({ link }) => link))).then(outcome => {
      if (wanted && outcome.ok) setCauses(new Map(outcome.value.map(report => [report.link, report])))
    })
    return () => { wanted = false }
  }, [jams])
  return causes
}

/** What holds a queue up, and on which road it begins. */
function Cause({ of }: { of: JamReport | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const { city } = session
  if (!of || of.cause === 0 || !city) return null
  const { links, strings } = city.network
  const root = of.chain.at(-1)!
  const row = links.name[root]!
  const elsewhere = row >= 0 && row !== links.name[of.link]
  return <span className="soft" data-cause={of.cause}>{t(`jams.cause.${of.cause}`)}{elsewhere && ` · ${t('jams.from', { road: namePair(city.pack, strings[row]!).name })}`}{!elsewhere && of.chain.length > 1 && ` · ${t('jams.spills', { count: of.chain.length })}`}</span>
}
