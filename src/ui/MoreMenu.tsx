import { CircleHelp, ClipboardList, Earth, Ellipsis, FileArchive, House, Info, Languages, Moon, Presentation, Redo2, Signpost, Sun, Undo2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language, setLanguage } from './i18n'
import { MenuItem } from './parts/MenuItem'
import { session } from './session'
import { store, useApp } from './stores/store'
import { enterWall } from './wall/wallMode'

/** What a narrow top bar has no room for, and what is wanted rarely. */
export default function MoreMenu(): ReactElement {
  const { t } = useTranslation()
  const theme = useApp(state => state.theme)
  const globe = useApp(state => state.globe)
  const canUndo = useApp(state => state.undoStack.length > 0)
  const canRedo = useApp(state => state.redoStack.length > 0)
  const { setGlobe, setTheme, openDialog, undo, redo } = store.getState()
  const lang = language()
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="icon-button" aria-label={t('top.more')} title={t('top.more')} data-testid="more"><Ellipsis aria-hidden size="1.15rem" strokeWidth={1.9} /></button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu glass-strong" align="end" sideOffset={10} collisionPadding={8}>
          <MenuItem narrow icon={Undo2} text={t('top.undo')} keys="Ctrl Z" disabled={!canUndo} onSelect={undo} />
          <MenuItem narrow icon={Redo2} text={t('top.redo')} keys="Ctrl Y" disabled={!canRedo} onSelect={redo} />
          <MenuItem narrow icon={House} text={t('top.home')} keys="H" onSelect={() => session.view.home()} />
          <MenuItem narrow icon={Earth} text={t(globe ? 'top.city' : 'top.globe')} keys="O" onSelect={() => setGlobe(!globe)} />
          <MenuItem icon={ClipboardList} text={t('briefing.name')} keys="B" onSelect={() => openDialog('briefing')} />
          <MenuItem icon={Presentation} text={t('top.wall')} keys="P" onSelect={enterWall} />
          <MenuItem narrow icon={Languages} text={t('top.languageLabel')} onSelect={() => setLanguage(lang === 'zh' ? 'en' : 'zh')} />
          <MenuItem icon={theme === 'dark' ? Sun : Moon} text={t(theme === 'dark' ? 'top.themeLight' : 'top.themeDark')} keys="T" onSelect={() => setTheme(theme === 'dark' ? 'light' : 'dark')} />
          <MenuItem icon={FileArchive} text={t('export.run')} onSelect={() => void import('./exporter').then(({ exportRun }) => exportRun())} />
          <DropdownMenu.Separator className="menu-line" />
          <MenuItem icon={Signpost} text={t('tour.title')} onSelect={() => store.getState().setTourStop(0)} />
          <MenuItem icon={CircleHelp} text={t('top.help')} keys="?" onSelect={() => openDialog('shortcuts')} />
          <MenuItem icon={Info} text={t('top.credits')} onSelect={() => openDialog('credits')} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
