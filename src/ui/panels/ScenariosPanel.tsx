import { Download, FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../../scenario'
import { language } from '../i18n'
import { loadPresets } from '../model/presets'
import { PanelFrame } from '../parts/PanelFrame'
import { session } from '../session'
import { store, useApp } from '../stores/store'

/** Shipped scenarios, and the planner's own from files. */
export default function ScenariosPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const open = useApp(state => state.scenario)
  const [presets, setPresets] = useState<readonly Scenario[]>([])
  const file = useRef<HTMLInputElement>(null)
  const lang = language()
  useEffect(() => { void loadPresets().then(setPresets) }, [])

  function save(): void {
    if (!open) return
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(open, null, 2)}\n`], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${open.id}.json`
    link.click()
    URL.revokeObjectURL(url)
  }

  return (
    <PanelFrame title={t('scenarios.title')} intro={t('scenarios.intro')} onClose={onClose}>
      <ul className="cards">
        {presets.map(preset => (
          <li key={preset.id}>
            <button type="button" className="card" aria-current={preset.id === open?.id} onClick={() => void session.start(preset)}>
              <b>{preset.name[lang]}</b>
              {preset.description && <p className="soft">{preset.description[lang]}</p>}
              <span className="chips">
                <i>{t('scenarios.window', preset.window)}</i>
                <i>{preset.edits.length === 0 ? t('scenarios.noChanges') : t('scenarios.changes', { count: preset.edits.length })}</i>
                {preset.id === open?.id && <i data-tone="accent">{t('scenarios.current')}</i>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="button" className="button" onClick={() => file.current?.click()}><FolderOpen aria-hidden size="1rem" /> {t('scenarios.openFile')}</button>
        <button type="button" className="button" onClick={save}><Download aria-hidden size="1rem" /> {t('scenarios.saveFile')}</button>
      </div>
      <input ref={file} type="file" accept="application/json,.json" hidden onChange={event => {
        const chosen = event.target.files?.[0]
        if (chosen) void chosen.text().then(text => { store.getState().show(null); return session.openText(text, chosen.name) })
      }} />
    </PanelFrame>
  )
}
