import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../documents/desk'
import { language } from '../i18n'
import { TextField } from '../parts/TextField'
import { store, useApp } from '../stores/store'
import { DialogFrame } from './DialogFrame'

/** Asks for the name of a document: of a new one, of a copy, or another for one that there is. */
export default function NameDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const purpose = useApp(state => (state.dialog === 'new' || state.dialog === 'saveAs' ? state.dialog : 'rename'))
  const [name, setName] = useState(() => firstName(purpose, t('documents.untitled')))
  const given = name.trim()

  function submit(): void {
    if (given === '') return
    const { dialogAbout } = store.getState()
    onClose()
    if (purpose === 'new') void desk.create(given)
    else if (purpose === 'saveAs') void desk.saveAs(given)
    else if (dialogAbout) void desk.rename(dialogAbout.key, given)
  }

  return (
    <DialogFrame title={t(`documents.${purpose}Title`)} closeLabel={t('closure.cancel')} onClose={onClose}>
      <form className="name-form" onSubmit={event => { event.preventDefault(); submit() }}>
        <TextField label={t('documents.name')} value={name} longest={180} first onChange={setName} />
        <p className="soft">{t(`documents.${purpose}Note`)}</p>
        <div className="row">
          <button type="submit" className="button primary" disabled={given === ''} data-testid="name-done">{t(`documents.${purpose}Done`)}</button>
          <button type="button" className="button" onClick={onClose}>{t('closure.cancel')}</button>
        </div>
      </form>
    </DialogFrame>
  )
}

function firstName(purpose: 'new' | 'saveAs' | 'rename', untitled: string): string {
  const { scenario, dialogAbout } = store.getState()
  if (purpose === 'new') return untitled
  return dialogAbout?.name ?? scenario?.name[language()] ?? untitled
}
