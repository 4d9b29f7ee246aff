import { Crosshair, RotateCcw, Undo2 } from 'lucide-react'
import type { Dispatch, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { canEnd, pointsOf, type Sketch, type SketchStep } from '../model/sketch'
import type { Drawn } from '../stores/viewSlice'

interface Props { readonly what: Drawn; readonly sketch: Sketch; readonly step: Dispatch<SketchStep>; readonly putCentre: () => void; readonly onClear: () => void; readonly chosen: boolean }

/** What the pointer and the keys do while something is drawn, as buttons. */
export function DrawButtons({ what, sketch, step, putCentre, onClear, chosen }: Props): ReactElement {
  const { t } = useTranslation()
  const { points, finished } = sketch
  const clear = (): void => { step({ kind: 'clear' }); onClear() }
  return (
    <div className="row draw-buttons">
      {!finished && !chosen && <button type="button" className="button" data-testid="draw-centre" title={t('draw.centreNote')} onClick={putCentre}><Crosshair aria-hidden size="1rem" /> {t('draw.centre')} <kbd>.</kbd></button>}
      {points.length > 0 && <button type="button" className="button" data-testid="draw-back" onClick={() => step({ kind: 'back' })}><Undo2 aria-hidden size="1rem" /> {t('draw.back')}</button>}
      {(points.length > 0 || chosen) && <button type="button" className="button" onClick={clear}><RotateCcw aria-hidden size="1rem" /> {t('draw.clear')}</button>}
      {!finished && pointsOf[what].most > 2 && points.length > 0 && <button type="button" className="button primary" data-testid="draw-end" disabled={!canEnd(what, sketch)} onClick={() => step({ kind: 'end' })}>{t('draw.end')} <kbd>Enter</kbd></button>}
    </div>
  )
}
