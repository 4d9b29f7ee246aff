import { ChevronLeft, ChevronRight, Radio, SkipForward } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from './model/format'
import { IconButton } from './parts/IconButton'
import { session, timeNow } from './session'
import { store, useApp } from './stores/store'

/** While an earlier moment is shown: which, a wide line to move along, and the ways back to the run. */
export default function ReviewBar(): ReactElement | null {
  const { t } = useTranslation()
  const info = useApp(state => state.info)
  const status = useApp(state => state.status)
  if (!info || !status) return null
  const { totals: { tick }, liveTick, recordedFrom } = status
  const timeOf = (at: number): string => clock(info.startTime + at * info.dt, true)
  return (
    <section className="review glass-strong" aria-label={t('review.title')} data-testid="review">
      <div className="review-head">
        <b>{t('review.title')}</b> <time>{timeOf(tick)}</time>
        <span className="soft grow">{t('review.note', { time: timeOf(liveTick) })}</span>
        <button type="button" className="button" onClick={goOnFromHere}><SkipForward aria-hidden size="1rem" /> {t('review.fromHere')}</button>
        <button type="button" className="button primary" data-testid="review-end" onClick={() => session.review(null)}><Radio aria-hidden size="1rem" /> {t('review.end')}</button>
      </div>
      <div className="review-line">
        <IconButton icon={ChevronLeft} label={t('review.back')} keys="," onClick={() => session.stepBy(-1)} />
        <input type="range" min={Math.max(0, recordedFrom)} max={liveTick} step={1} value={tick} aria-label={t('review.line')} aria-valuetext={timeOf(tick)}
          onChange={event => session.review(Number(event.target.value))} />
        <IconButton icon={ChevronRight} label={t('review.forward')} keys="." onClick={() => session.stepBy(1)} />
      </div>
    </section>
  )
}

/** The run begins anew where one looks; what came after is simulated again. */
function goOnFromHere(): void {
  const time = timeNow()
  store.setState({ playing: false })
  void session.runTo(time)
}
