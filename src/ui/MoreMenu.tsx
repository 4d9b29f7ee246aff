import { CircleHelp, Earth, Ellipsis, FileArchive, House, Info, Languages, Moon, Presentation, Redo2, Sun, Undo2, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language, setLanguage } from './i18n'
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
          <Item narrow icon={Undo2} text={t('top.undo')} keys="Ctrl Z" disabled={!canUndo} onSelect={undo} />
          <Item narrow icon={Redo2} text={t('top.redo')} keys="Ctrl Y" disabled={!canRedo} onSelect={redo} />
          <Item narrow icon={House} text={t('top.home')} keys="H" onSelect={() => session.view.home()} />
          <Item narrow icon={Earth} text={t(globe ? 'top.city' : 'top.globe')} keys="O" onSelect={() => setGlobe(!globe)} />
          <Item icon={Presentation} text={t('top.wall')} keys="P" onSelect={enterWall} />
          <Item narrow icon={Languages} text={t('top.languageLabel')} onSelect={() => setLanguage(lang === 'zh' ? 'en' : 'zh')} />
          <Item icon={theme === 'dark' ? Sun : Moon} text={t(theme === 'dark' ? 'top.themeLight' : 'top.themeDark')} keys="T" onSelect={() => setTheme(theme === 'dark' ? 'light' : 'dark')} />
          <Item icon={FileArchive} text={t('export.run')} onSelect={() => void import('./exporter').then(({ exportRun }) => exportRun())} />
          <DropdownMenu.Separator className="menu-line" />
          <Item icon={CircleHelp} text={t('top.help')} keys="?" onSelect={() => openDialog('shortcuts')} />
          <Item icon={Info} text={t('top.credits')} onSelect={() => openDialog('credits')} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface ItemProps { readonly icon: LucideIcon; readonly text: string; readonly keys?: string; readonly disabled?: boolean; /** Only where the bar itself has no room for it. */ readonly narrow?: boolean; readonly onSelect: () => void }

function Item({ icon: Icon, text, keys, disabled = false, narrow = false, onSelect }: ItemProps): ReactElement {
  return (
    <DropdownMenu.Item className={narrow ? 'menu-item narrow-only' : 'menu-item'} disabled={disabled} onSelect={onSelect}>
      <Icon aria-hidden size="1.05rem" strokeWidth={1.9} /> <span>{text}</span> {keys && <kbd>{keys}</kbd>}
    </DropdownMenu.Item>
  )
}
