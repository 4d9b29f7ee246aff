import { useEffect, useMemo, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer } from '../../../city'
import { useLayer } from '../../inspector/useLayer'
import { linesFrom } from '../../model/metro'
import { NumberField } from '../../parts/NumberField'

/** A headway that a rule orders, on a line as documents name it; '' = not chosen yet. */
interface Trains { readonly line: string; readonly minutes: number }

/** The line whose trains leave more or less often, and how often. Lines of the platforms come first, in their order. */
export function TrainFields({ line, minutes, platforms, onChange }: Trains & { readonly platforms: readonly string[]; readonly onChange: (trains: Trains) => void }): ReactElement | null {
  const { t } = useTranslation()
  const layer = useLayer(metroLayer)
  const lines = useMemo(() => (layer ? linesFrom(layer, platforms) : []), [layer, platforms])
  const first = lines[0]?.zh ?? ''
  useEffect(() => { if (line === '' && first !== '') onChange({ line: first, minutes }) }, [line, first, minutes, onChange])
  return layer && (
    <div className="times">
      <label className="number-field"><span>{t('metro.line')}</span>
        <select className="time-field" data-testid="rule-line" value={line} onChange={({ target }) => onChange({ line: target.value, minutes })}>
          {lines.map(each => <option key={each.row} value={each.zh}>{each.shown}</option>)}
        </select>
      </label>
      <NumberField label={t('metro.minutes')} value={minutes} min={1} max={60} step={0.5} digits={1} onChange={value => onChange({ line, minutes: value })} />
    </div>
  )
}
