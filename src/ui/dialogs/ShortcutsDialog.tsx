import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogFrame } from './DialogFrame'

const keys = [
  ['play', 'Space'], ['faster', ']'], ['slower', '['], ['stepOn', '.'], ['stepBack', ','], ['search', '/'], ['undo', 'Ctrl Z'], ['redo', 'Ctrl Y'], ['save', 'Ctrl S'], ['saveAs', 'Ctrl ⇧ S'], ['panels', '1 … 9'], ['inspectTool', 'V'],
  ['closeTool', 'C'], ['drawTool', 'L'], ['wall', 'P'], ['next', 'N'], ['follow', 'G'], ['briefing', 'B'], ['compare', 'X'], ['beside', 'K'], ['home', 'H'], ['globe', 'O'], ['theme', 'T'], ['escape', 'Esc'], ['sheet', '?'],
] as const

export default function ShortcutsDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <DialogFrame title={t('shortcuts.title')} closeLabel={t('shortcuts.close')} onClose={onClose}>
      <dl className="keys">
        {keys.map(([name, key]) => <div key={name}><dt>{t(`shortcuts.${name}`)}</dt><dd>{key.split(' ').map(part => <kbd key={part}>{part}</kbd>)}</dd></div>)}
      </dl>
      <h3>{t('shortcuts.mouse')}</h3>
      <p className="soft">{t('shortcuts.orbit')}</p>
      <p className="soft">{t('shortcuts.touch')}</p>
      <p><a href="validate.html">{t('credits.validation')}</a></p>
    </DialogFrame>
  )
}
