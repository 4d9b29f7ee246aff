import '../styles/results.css'
import { Printer } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Briefing } from '../briefing/Briefing'
import { collectBriefing, type BriefingContent } from '../briefing/collectBriefing'
import { download } from '../model/download'
import { usePlaceName } from '../panels/people/usePlaceName'
import { openHtml } from '../report/htmlDocument'
import { store } from '../stores/store'
import { DialogFrame } from './DialogFrame'

/** The state of the whole city by one key, as it was when the key was pressed. */
export default function BriefingDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const [content, setContent] = useState<BriefingContent | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => { collectBriefing().then(setContent, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error))) }, [])

  async function print(shown: BriefingContent): Promise<void> {
    try {
      const { printBriefing } = await import('../briefing/printBriefing')
      const html = printBriefing(shown, nameOf)
      if (!openHtml(html)) download('pengcheng-briefing.html', html, 'text/html')
    } catch (error) {
      store.getState().say('bad', t('report.failed'), error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <DialogFrame title={t('briefing.name')} closeLabel={t('report.close')} onClose={onClose} wide>
      {problem && <p className="notice" data-tone="bad">{problem}</p>}
      {content && <Briefing content={content} nameOf={nameOf} />}
      {content && <div className="row briefing-foot"><button type="button" className="button primary" onClick={() => void print(content)}><Printer aria-hidden size="1rem" /> {t('briefing.print')}</button></div>}
    </DialogFrame>
  )
}
