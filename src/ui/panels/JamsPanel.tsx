import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { linkMiddle } from '../model/cityModel'
import { clock } from '../model/format'
import { namePair } from '../model/places'
import { PanelFrame } from '../parts/PanelFrame'
import { session } from '../session'
import { store, useApp } from '../stores/store'

/** Where traffic stands now. */
export default function JamsPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const jams = useApp(state => state.jams)
  const interventions = useApp(state => state.interventions)
  const most = jams[0]?.queue ?? 1
  function go(link: number): void {
    if (!session.city) return
    session.view.flyTo({ ...linkMiddle(session.city.network, link), distance: 700 })
    store.getState().select({ kind: 'link', link })
  }
  const nodeName = (node: number): string => {
    const { nodes, strings } = session.city!.network
    return strings[nodes.name[node]!] ?? ''
  }
  function goNode(node: number): void {
    const { nodes } = session.city!.network
    session.view.flyTo({ x: nodes.x[node]!, y: nodes.y[node]!, distance: 300 })
  }
  return (
    <PanelFrame title={t('jams.title')} intro={t('jams.intro')} onClose={onClose}>
      {jams.length === 0 && <p className="soft">{t('jams.empty')}</p>}
      <ol className="rows ranked">
        {jams.map(({ link, name, queue, speedShare }) => (
          <li key={name}>
            <button type="button" className="row-button" onClick={() => go(link)}>
              <b>{session.city ? namePair(session.city.pack, name).name : name}</b>
              <span className="soft">{t('jams.queue', { count: queue })}{speedShare !== null && ` · ${t('jams.ofLimit', { percent: Math.round(speedShare * 100) })}`}</span>
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
                <b>{nodeName(node) || t('inspector.unnamed')}</b>
                <span className="soft">{clock(time, true)} · {t('inspector.trip', { id: trip })}</span>
              </button>
            </li>
          ))}
        </ul>
      </>}
    </PanelFrame>
  )
}
