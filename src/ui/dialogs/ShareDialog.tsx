import { Copy, Download } from 'lucide-react'
import { useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { LINK_LONGEST, linkOf } from '../documents/shareLink'
import { saveFile } from '../documents/saveFile'
import { whole } from '../model/format'
import { useApp } from '../stores/store'
import { DialogFrame } from './DialogFrame'

/** The open document as a link that carries all of it, or as a file where that is too long. */
export default function ShareDialog({ onClose }: { onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const scenario = useApp(state => state.scenario)
  const link = useMemo(() => (scenario ? linkOf(scenario, location.href) : ''), [scenario])
  const [copied, setCopied] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  if (!scenario) return null
  const fits = link.length <= LINK_LONGEST

  async function copy(): Promise<void> {
    field.current?.select()
    // Without leave for the clipboard, the marked text is one key away from it.
    await navigator.clipboard?.writeText(link).then(() => setCopied(true), () => undefined)
  }

  return (
    <DialogFrame title={t('share.title')} closeLabel={t('panel.close')} onClose={onClose}>
      {fits ? <>
        <p>{t('share.note')}</p>
        <textarea ref={field} className="share-link" readOnly rows={4} value={link} aria-label={t('share.link')} data-testid="share-link" onFocus={event => event.target.select()} />
        <p className="soft small">{t('share.length', { length: whole(link.length), most: whole(LINK_LONGEST) })}</p>
      </> : <p className="notice" data-tone="bad">{t('share.tooLong', { length: whole(link.length), most: whole(LINK_LONGEST) })}</p>}
      <div className="row">
        {fits && <button type="button" className="button primary" data-testid="share-copy" onClick={() => void copy()}><Copy aria-hidden size="1rem" /> {t(copied ? 'share.copied' : 'share.copy')}</button>}
        <button type="button" className={fits ? 'button' : 'button primary'} onClick={() => saveFile(scenario)}><Download aria-hidden size="1rem" /> {t('scenarios.saveFile')}</button>
      </div>
      <span className="visually-hidden" role="status">{copied ? t('share.copied') : ''}</span>
    </DialogFrame>
  )
}
