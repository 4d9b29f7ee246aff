import { Download, FileArchive, FolderOpen } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../../scenario'
import { exportRun } from '../exporter'
import { language } from '../i18n'
import { download } from '../model/download'
import { loadPresets } from '../model/presets'
import { NumberField } from '../parts/NumberField'
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
    download(`${open.id}.json`, `${JSON.stringify(open, null, 2)}\n`, 'application/json')
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
      {open && <Settings scenario={open} />}
      <div className="row">
        <button type="button" className="button" onClick={() => file.current?.click()}><FolderOpen aria-hidden size="1rem" /> {t('scenarios.openFile')}</button>
        <button type="button" className="button" onClick={save}><Download aria-hidden size="1rem" /> {t('scenarios.saveFile')}</button>
      </div>
      <h3>{t('export.title')}</h3>
      <p className="soft">{t('export.note')}</p>
      <button type="button" className="button" data-testid="export-run" onClick={() => void exportRun()}><FileArchive aria-hidden size="1rem" /> {t('export.run')}</button>
      <input ref={file} type="file" accept="application/json,.json" hidden onChange={event => {
        const chosen = event.target.files?.[0]
        if (chosen) void chosen.text().then(text => { store.getState().show(null); return session.openText(text, chosen.name) })
      }} />
    </PanelFrame>
  )
}

/** What decides who travels: a change simulates the day again up to the present. */
function Settings({ scenario }: { scenario: Scenario }): ReactElement {
  const { t } = useTranslation()
  const { demand } = scenario
  return (
    <div className="settings">
      <NumberField label={t('scenarios.seed')} value={scenario.seed} min={0} max={4294967295} step={1} onChange={seed => session.apply({ kind: 'setSeed', seed })} />
      <NumberField label={t('scenarios.demand')} value={Math.round(demand.scale * 100)} min={1} max={200} step={5}
        onChange={percent => session.apply({ kind: 'setDemand', demand: { ...demand, scale: percent / 100 } })} />
      <NumberField label={t('scenarios.reroute')} value={Math.round(demand.rerouteShare * 100)} min={0} max={100} step={5}
        onChange={percent => session.apply({ kind: 'setDemand', demand: { ...demand, rerouteShare: percent / 100 } })} />
    </div>
  )
}
