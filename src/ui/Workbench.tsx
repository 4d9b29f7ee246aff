import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/noto-sans-sc/index.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/parts.css'
import './styles/panels.css'
import { Tooltip } from 'radix-ui'
import { useEffect, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogArea } from './dialogs/DialogArea'
import { FailureScreen } from './FailureScreen'
import { Inspector } from './inspector/Inspector'
import { Legend } from './Legend'
import { LoadingScreen } from './LoadingScreen'
import { PanelArea } from './PanelArea'
import { Rail } from './Rail'
import { StatusBar } from './StatusBar'
import { useApp } from './stores/store'
import { Toasts } from './Toasts'
import { ToolHint } from './ToolHint'
import { TopBar } from './TopBar'
import { useShortcuts } from './useShortcuts'

/** The planner's workbench: panels of glass over the city, which the app hands in as `children`. */
export function Workbench({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const theme = useApp(state => state.theme)
  const phase = useApp(state => state.phase)
  const failed = useApp(state => state.phase === 'failed' || state.viewProblem !== null)
  const tool = useApp(state => state.tool)
  useShortcuts()
  useEffect(() => { document.documentElement.dataset['theme'] = theme }, [theme])
  useEffect(() => { document.title = `${t('app.name')} · ${t('app.tagline')}` }, [t])
  return (
    <Tooltip.Provider delayDuration={350}>
      <div className="workbench" data-phase={phase} data-tool={tool}>
        <main className="city" aria-label={t('app.name')}>{children}</main>
        <TopBar />
        <div className="left"><Rail /><PanelArea /></div>
        <div className="right"><Inspector /></div>
        <ToolHint />
        <Legend />
        <StatusBar />
        {phase === 'opening' && <LoadingScreen />}
        {failed && <FailureScreen />}
        <DialogArea />
        <Toasts />
      </div>
    </Tooltip.Provider>
  )
}
