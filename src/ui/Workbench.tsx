import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/noto-sans-sc/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/parts.css'
import './styles/panels.css'
import './styles/responsive.css'
import { useEffect, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogArea } from './dialogs/DialogArea'
import { FailureScreen } from './FailureScreen'
import { Legend } from './Legend'
import { LoadingScreen } from './LoadingScreen'
import { PanelArea } from './PanelArea'
import { deskReady } from './documents/openAtStart'
import { withTexts } from './i18n'
import { lazyPart } from './parts/lazyPart'
import { Rail } from './Rail'
import { StatusBar } from './StatusBar'
import { store, useApp } from './stores/store'
import { ToolHint } from './ToolHint'
import { TopBar } from './TopBar'
import { useFileDrop } from './useFileDrop'
import { useShortcuts } from './useShortcuts'

/** What is not needed for the first picture comes when it is first wanted. */
const Inspector = lazyPart(withTexts(() => import('./inspector/Inspector')))
const MapMarks = lazyPart(withTexts(() => import('./inspector/MapMarks')))
const Wall = lazyPart(withTexts(() => import('./wall/Wall')))
const ReviewBar = lazyPart(withTexts(() => import('./ReviewBar')))
const BesideBar = lazyPart(withTexts(() => import('./BesideBar')))
const Tour = lazyPart(withTexts(() => import('./Tour')))
const Toasts = lazyPart(withTexts(() => import('./Toasts')))

/** The planner's workbench: panels of glass over the city, which the app hands in as `children`. */
export function Workbench({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const theme = useApp(state => state.theme)
  const palette = useApp(state => state.palette)
  const phase = useApp(state => state.phase)
  const failed = useApp(state => state.phase === 'failed' || state.viewProblem !== null)
  const inspecting = useApp(state => state.selection !== null || state.tool === 'draw')
  /** Until the city shows, a machine has better things to do than to draw panels about nothing. */
  const furnished = useApp(state => !state.wall && (state.cityVisible || state.viewProblem !== null || state.phase === 'failed'))
  /** Something of the document has a mark on the map. */
  const marked = useApp(state => state.scenario?.edits.some(({ kind }) => /^(barrier|gate|countLine|event|housing|metro)$/.test(kind)) ?? false)
  const noticed = useApp(state => state.toasts.length > 0)
  const reviewing = useApp(state => state.status?.reviewing ?? false)
  const tool = useApp(state => state.tool)
  const beside = useApp(state => state.beside.phase !== 'off')
  const touring = useApp(state => state.tourStop !== null)
  const wall = useApp(state => state.wall)
  const globe = useApp(state => state.globe)
  useShortcuts()
  // What happens to a running city is told at once, in texts that are there by then, and every change is kept.
  useEffect(() => { if (furnished && phase === 'running') void deskReady() }, [furnished, phase])
  useFileDrop()
  useEffect(() => { Object.assign(document.documentElement.dataset, { theme, palette }) }, [theme, palette])
  useEffect(() => { document.title = `${t('app.name')} · ${t('app.tagline')}` }, [t])
  return (
    <div className="workbench" data-phase={phase} data-tool={tool}>
      <main className="city" aria-label={t('app.name')}>{children}</main>
      {furnished && <TopBar />}
      {furnished && <div className="left"><Rail /><PanelArea /></div>}
      <div className="right">
        {inspecting && <Inspector onClose={() => { store.getState().select(null); store.getState().setTool('inspect') }} />}
        {furnished && <Legend />}
      </div>
      {marked && furnished && <MapMarks />}
      <ToolHint />
      {beside && !globe && <BesideBar />}
      {reviewing && furnished && <ReviewBar />}
      {furnished && <StatusBar />}
      {wall && phase !== 'failed' && <Wall />}
      {phase === 'opening' && <LoadingScreen />}
      {failed && <FailureScreen />}
      {touring && furnished && <Tour />}
      <DialogArea />
      {noticed && <Toasts />}
    </div>
  )
}
