import { Ban, CarFront, ChartLine, GitCompareArrows, Layers, ListChecks, MapPinOff, MousePointer2, PencilLine, Route, Users, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Tip } from './parts/Tip'
import type { Panel, Tool } from './stores/viewSlice'
import { store, useApp } from './stores/store'

const tools: readonly { tool: Tool; icon: LucideIcon; keys: string }[] = [
  { tool: 'inspect', icon: MousePointer2, keys: 'V' },
  { tool: 'close', icon: Ban, keys: 'C' },
  { tool: 'draw', icon: PencilLine, keys: 'L' },
]
const panels: readonly { panel: Panel; icon: LucideIcon }[] = [
  { panel: 'scenarios', icon: Route },
  { panel: 'edits', icon: ListChecks },
  { panel: 'layers', icon: Layers },
  { panel: 'jams', icon: CarFront },
  { panel: 'crowd', icon: Users },
  { panel: 'trips', icon: MapPinOff },
  { panel: 'charts', icon: ChartLine },
  { panel: 'compare', icon: GitCompareArrows },
]
/** As keys 1, 2, 3 ... open them. */
export const panelOrder: readonly Panel[] = panels.map(({ panel }) => panel)

/** Tools above, panels below. */
export function Rail(): ReactElement {
  const { t } = useTranslation()
  const tool = useApp(state => state.tool)
  const panel = useApp(state => state.panel)
  const edits = useApp(state => state.scenario?.edits.length ?? 0)
  const trips = useApp(state => state.status?.totals.unreachable ?? 0)
  const crowd = useApp(state => state.status?.people?.alarmsNow ?? 0)
  const badge: Partial<Record<Panel, number>> = { edits, trips, crowd }
  const { setTool, show } = store.getState()
  return (
    <nav className="rail glass" aria-label={t('rail.label')}>
      {tools.map(({ tool: name, icon: Icon, keys }) => (
        <Tip key={name} text={t(`rail.${name}Hint`)} keys={keys} side="right">
          <button type="button" className="rail-item" data-tool={name} aria-pressed={tool === name} onClick={() => setTool(name)}>
            <Icon aria-hidden size="1.25rem" strokeWidth={1.8} /><span>{t(`rail.${name}`)}</span>
          </button>
        </Tip>
      ))}
      <span className="divider" />
      {panels.map(({ panel: name, icon: Icon }) => (
        <button type="button" key={name} className="rail-item" data-panel={name} aria-expanded={panel === name} onClick={() => show(name)}>
          <Icon aria-hidden size="1.25rem" strokeWidth={1.8} /><span>{t(`rail.${name}`)}</span>
          {(badge[name] ?? 0) > 0 && <i className="badge" aria-hidden>{badge[name]! > 999 ? '999+' : badge[name]}</i>}
        </button>
      ))}
    </nav>
  )
}
