import { ChartNoAxesGantt, SlidersHorizontal } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { corridorRoads, stagesOf, type ScenarioEdit } from '../../scenario'
import { programAt } from '../../sim'
import { changesInOrder, editsOnNode } from '../model/editsInForce'
import { whole } from '../model/format'
import { namePair } from '../model/places'
import { nodeTitle } from '../model/roadTitle'
import { Figure } from '../parts/Figure'
import { session, timeNow } from '../session'
import { store, useApp } from '../stores/store'
import { CardFrame } from './CardFrame'
import { NodeEdits } from './LinkEdits'
import { SignalPlanForm } from './SignalPlanForm'

const none: readonly ScenarioEdit[] = []

/** A junction: which roads meet, who decides who goes, and changing its signals. */
export function NodeCard({ row, onClose }: { row: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const [planning, setPlanning] = useState(false)
  const edits = useApp(({ scenario }) => scenario?.edits ?? none)
  const changes = useApp(state => state.changes)
  const ruled = useApp(({ rules }) => rules?.changes)
  const tick = useApp(({ status }) => status?.totals.tick ?? 0)
  const inOrder = useMemo(() => changesInOrder(changes, ruled), [changes, ruled])
  if (!session.city) return null
  const { network } = session.city
  const { nodes } = network
  const program = nodes.program[row]!
  const name = nodeTitle(session.city, row)
  const stages = program >= 0 ? stagesOf(network, program) : []
  const now = stages.length > 0 ? programAt(network, inOrder, tick, program) : null
  const held = editsOnNode(row, network, edits, timeNow())[0]
  return (
    <CardFrame kind={t('inspector.node')} title={name} onClose={onClose}>
      <dl className="figures">
        <Figure label={t('inspector.control')} value={t(`control.${nodes.control[row]!}`)} />
        <Figure label={t('inspector.turns')} value={whole(nodes.turnCount[row]!)} />
        {now && <Figure label={t('inspector.cycle')} value={now.byTraffic ? t('inspector.upTo', { value: whole(now.cycle) }) : whole(now.cycle)} unit={t('unit.s')} />}
        {now && <Figure label={t('inspector.stages')} value={whole(stages.length)} />}
      </dl>
      {now && (now.byTraffic || now.source !== null) && <p className="soft small" data-testid="cycle-now">{t(now.byTraffic ? 'inspector.byTraffic' : 'inspector.byPlan')}</p>}
      {stages.length > 0 && !planning && (
        <>
          <NodeEdits node={row} />
          <div className="row">
            <button type="button" className="button" data-testid="plan-signals" onClick={() => setPlanning(true)}><SlidersHorizontal aria-hidden size="1rem" /> {t(held ? 'signalPlan.planAgain' : 'signalPlan.plan')}</button>
            <CorridorButtons node={row} />
          </div>
        </>
      )}
      {planning && <SignalPlanForm node={row} name={name} {...(held ? { old: held } : {})} onDone={() => setPlanning(false)} />}
    </CardFrame>
  )
}

/** The roads that meet here along which there are signals enough for a green wave. */
function CorridorButtons({ node }: { node: number }): ReactElement | null {
  const { t } = useTranslation()
  const { city } = session
  const roads = useMemo(() => {
    if (!city) return []
    const known = new Set(corridorRoads(city.network))
    return (city.network.strings[city.network.nodes.name[node]!]?.split(' / ') ?? []).filter(road => known.has(road))
  }, [city, node])
  return city && <>{roads.map(road => (
    <button key={road} type="button" className="button" data-testid="plan-corridor" onClick={() => store.getState().openDialog('corridor', { key: road, name: road, node })}>
      <ChartNoAxesGantt aria-hidden size="1rem" /> {t('corridor.along', { road: namePair(city.pack, road).name })}
    </button>
  ))}</>
}
