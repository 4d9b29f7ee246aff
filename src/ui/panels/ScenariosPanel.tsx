import { Download, FileArchive, FilePlus2, FolderOpen, PencilLine, Save, SaveAll, Share2 } from 'lucide-react'
import { useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../../scenario'
import { openFile } from '../documents/openFile'
import { saveFile } from '../documents/saveFile'
import { desk } from '../documents/desk'
import { exportRun } from '../exporter'
import { language } from '../i18n'
import { Fold } from '../parts/Fold'
import { IconButton } from '../parts/IconButton'
import { NumberField } from '../parts/NumberField'
import { PanelFrame } from '../parts/PanelFrame'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { OwnDocuments } from './OwnDocuments'
import { ShippedScenarios } from './ShippedScenarios'

/** The open document, the planner's own, and those that come with the app. */
export default function ScenariosPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const open = useApp(state => state.scenario)
  const file = useRef<HTMLInputElement>(null)
  return (
    <PanelFrame title={t('scenarios.title')} onClose={onClose}>
      {open && <OpenDocument scenario={open} />}
      <div className="row">
        <button type="button" className="button" data-testid="new-document" onClick={() => store.getState().openDialog('new')}><FilePlus2 aria-hidden size="1rem" /> {t('documents.new')}</button>
        <button type="button" className="button" onClick={() => file.current?.click()}><FolderOpen aria-hidden size="1rem" /> {t('scenarios.openFile')}</button>
      </div>
      <h3>{t('documents.own')}</h3>
      <OwnDocuments />
      <h3>{t('documents.shipped')}</h3>
      <ShippedScenarios />
      <Fold title={t('export.title')}>
        <p className="soft">{t('export.note')}</p>
        <button type="button" className="button" data-testid="export-run" onClick={() => void exportRun()}><FileArchive aria-hidden size="1rem" /> {t('export.run')}</button>
      </Fold>
      <input ref={file} type="file" accept="application/json,.json" hidden aria-label={t('scenarios.openFile')} onChange={event => {
        const chosen = event.target.files?.[0]
        if (chosen) void openFile(chosen)
      }} />
    </PanelFrame>
  )
}

/** What is open, how it is kept, and what can be done with it. */
function OpenDocument({ scenario }: { scenario: Scenario }): ReactElement {
  const { t } = useTranslation()
  const keeping = useApp(state => state.keeping)
  const origin = useApp(state => state.origin)
  const { openDialog } = store.getState()
  const name = scenario.name[language()]
  const own = origin.kind === 'own' ? origin.key : null
  return (
    <section className="open-document" aria-label={t('documents.open')}>
      <header>
        <div><b>{name}</b><span className="soft" data-testid="keeping" data-state={keeping}>{t(`documents.${keeping}State`)}</span></div>
        {own && <IconButton icon={PencilLine} label={t('documents.rename')} onClick={() => openDialog('rename', { key: own, name })} />}
        <IconButton icon={Save} label={t('documents.save')} keys="Ctrl S" onClick={() => void desk.save()} />
        <IconButton icon={SaveAll} label={t('documents.saveAs')} keys="Ctrl ⇧ S" onClick={() => openDialog('saveAs')} />
        <IconButton icon={Share2} label={t('share.title')} onClick={() => openDialog('share')} />
        <IconButton icon={Download} label={t('scenarios.saveFile')} onClick={() => saveFile(scenario)} />
      </header>
      <Settings scenario={scenario} />
    </section>
  )
}

/** What decides who travels: a change simulates the day again up to the present. */
function Settings({ scenario }: { scenario: Scenario }): ReactElement {
  const { t } = useTranslation()
  const { demand } = scenario
  return (
    <div className="settings">
      <NumberField label={t('scenarios.seed')} value={scenario.seed} min={0} max={2147483647} step={1} onChange={seed => session.apply({ kind: 'setSeed', seed })} />
      <NumberField label={t('scenarios.demand')} value={Math.round(demand.scale * 100)} min={1} max={200} step={5}
        onChange={percent => session.apply({ kind: 'setDemand', demand: { ...demand, scale: percent / 100 } })} />
      <NumberField label={t('scenarios.reroute')} value={Math.round(demand.rerouteShare * 100)} min={0} max={100} step={5}
        onChange={percent => session.apply({ kind: 'setDemand', demand: { ...demand, rerouteShare: percent / 100 } })} />
    </div>
  )
}
