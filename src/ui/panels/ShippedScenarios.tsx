import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../../scenario'
import { language } from '../i18n'
import { loadPresets, presetPicture, presetUrl } from '../model/presets'
import { session } from '../session'
import { useApp } from '../stores/store'

/** Scenarios that come with the app, each with a picture of what it is about. */
export function ShippedScenarios(): ReactElement {
  const { t } = useTranslation()
  const [presets, setPresets] = useState<readonly Scenario[] | null>(null)
  useEffect(() => { void loadPresets().then(setPresets) }, [])
  if (presets === null) return <p className="soft">{t('documents.reading')}</p>
  return <ul className="cards">{presets.map(preset => <li key={preset.id}><Card preset={preset} /></li>)}</ul>
}

function Card({ preset }: { preset: Scenario }): ReactElement {
  const { t } = useTranslation()
  const [pictured, setPictured] = useState(true)
  const open = useApp(({ origin }) => origin.kind === 'shipped' && origin.url === presetUrl(preset.id))
  const lang = language()
  const { name, description, window, edits } = preset
  return (
    <button type="button" className="card preset" aria-current={open} onClick={() => void session.openPreset(preset.id)}>
      {pictured && <img src={presetPicture(preset.id)} alt="" width={480} height={270} loading="lazy" decoding="async" onError={() => setPictured(false)} />}
      <b>{name[lang]}</b>
      {description && <p className="soft">{description[lang]}</p>}
      <span className="chips">
        <i>{t('scenarios.window', window)}</i>
        <i>{edits.length === 0 ? t('scenarios.noChanges') : t('scenarios.changes', { count: edits.length })}</i>
        {open && <i data-tone="accent">{t('scenarios.current')}</i>}
      </span>
    </button>
  )
}
