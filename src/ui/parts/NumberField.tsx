import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly label: string
  /** What it is called where no label stands beside it. */
  readonly name?: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** After the point; absent = a whole number. */
  readonly digits?: number
  readonly onChange: (value: number) => void
}

/**
 * A number that counts when it is finished, not while it is typed. One out of bounds stays as it was typed, marked
 * invalid with the bounds, and does not count; `EditForm` is not sent while there is one.
 */
export function NumberField({ label, name, value, min, max, step, digits = 0, onChange }: Props): ReactElement {
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const { t } = useTranslation()
  const id = useId()
  const within = (text: string | null): boolean => text === null || numberWithin(text, min, max, digits) !== null
  function type(text: string): void {
    setTyped(text)
    // While it is typed, not when the field is left: a line that goes then moves the button away from under the click.
    if (within(text)) setWrong(false)
  }
  function commit(): void {
    if (typed === null) return
    const next = numberWithin(typed, min, max, digits)
    setWrong(next === null)
    if (next === null) return
    setTyped(null)
    if (next !== value) onChange(next)
  }
  return (
    <label className="number-field">
      {label && <span>{label}</span>}
      <input type="number" className="time-field" aria-label={name} min={min} max={max} step={step} value={typed ?? value} aria-invalid={wrong} aria-describedby={wrong ? id : undefined} onChange={event => type(event.target.value)}
        onBlur={commit} onKeyDown={event => { if (event.key === 'Enter' && typed !== null) { event.preventDefault(); commit() } }} />
      {wrong && !within(typed) && <span id={id} role="alert" className="field-problem">{t('field.range', { min, max })}</span>}
    </label>
  )
}

/** What was typed, rounded to `digits` after the point; null = no number, or out of bounds. */
export function numberWithin(typed: string, min: number, max: number, digits: number): number | null {
  const next = typed.trim() === '' ? NaN : Number(Number(typed).toFixed(digits))
  return next >= min && next <= max ? next : null
}
