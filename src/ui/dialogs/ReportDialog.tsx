import '../styles/results.css'
import { Download, ExternalLink } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../i18n'
import { questionOf } from '../model/describeEdit'
import { download } from '../model/download'
import { sameBaseline } from '../model/sameBaseline'
import { TextField } from '../parts/TextField'
import { openHtml } from '../report/htmlDocument'
import type { ReportWords } from '../report/writeReport'
import { store, useApp } from '../stores/store'
import { DialogFrame } from './DialogFrame'

const AUTHOR_KEY = 'pengcheng.author'

/** What a planner adds before a comparison becomes a document: the question, remarks, a name. */
export default function ReportDialog({ onClose }: { onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { queue, result } = useApp(state => state.comparison)
  const lang = language()
  const { name, id, ...variant } = result?.variant ?? { name: { zh: '', en: '' }, id: '', edits: [] }
  const [words, setWords] = useState<ReportWords>({ title: name[lang] || id, question: questionOf({ name, ...variant }, t), remarks: '', author: localStorage.getItem(AUTHOR_KEY) ?? '' })
  const [busy, setBusy] = useState(false)
  if (!result) return <DialogFrame title={t('report.make')} closeLabel={t('report.close')} onClose={onClose}><p>{t('report.nothing')}</p></DialogFrame>
  const set = (part: Partial<ReportWords>): void => setWords({ ...words, ...part })

  async function make(use: (html: string) => void): Promise<void> {
    setBusy(true)
    localStorage.setItem(AUTHOR_KEY, words.author)
    try {
      const { writeReport } = await import('../report/writeReport')
      use(await writeReport(words, result!, sameBaseline(queue, result!)))
      onClose()
    } catch (error) {
      store.getState().say('bad', t('report.failed'), error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  const save = (html: string): void => download(`pengcheng-${id}.html`, html, 'text/html')
  const show = (html: string): void => { if (!openHtml(html)) save(html) }
  return (
    <DialogFrame title={t('report.make')} closeLabel={t('report.close')} onClose={onClose}>
      <form className="report-form" onSubmit={event => { event.preventDefault(); void make(save) }}>
        <TextField label={t('report.title')} value={words.title} onChange={title => set({ title })} />
        <label className="number-field"><span>{t('report.question')}</span><textarea rows={3} value={words.question} onChange={event => set({ question: event.target.value })} /></label>
        <label className="number-field"><span>{t('report.remarks')}</span><textarea rows={3} value={words.remarks} onChange={event => set({ remarks: event.target.value })} /></label>
        <TextField label={t('report.author')} value={words.author} onChange={author => set({ author })} />
        <p className="soft small">{t('report.holds')}</p>
        <div className="row">
          <button type="submit" className="button primary" disabled={busy} data-testid="save-report"><Download aria-hidden size="1rem" /> {t('report.save')}</button>
          <button type="button" className="button" disabled={busy} onClick={() => void make(show)}><ExternalLink aria-hidden size="1rem" /> {t('report.open')}</button>
        </div>
      </form>
    </DialogFrame>
  )
}
