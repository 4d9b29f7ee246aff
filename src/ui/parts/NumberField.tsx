import { useState, type ReactElement } from 'react'

interface Props {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** After the point; absent = a whole number. */
  readonly digits?: number
  readonly onChange: (value: number) => void
}

/** A number that counts when it is finished, not while it is typed; one out of bounds is put at the nearer bound. */
export function NumberField({ label, value, min, max, step, digits = 0, onChange }: Props): ReactElement {
  const [typed, setTyped] = useState<string | null>(null)
  function commit(): void {
    const next = Math.min(max, Math.max(min, Number(Number(typed).toFixed(digits))))
    setTyped(null)
    if (typed !== null && typed.trim() !== '' && !Number.isNaN(next) && next !== value) onChange(next)
  }
  return (
    <label className="number-field">
      <span>{label}</span>
      <input type="number" className="time-field" min={min} max={max} step={step} value={typed ?? value} onChange={event => setTyped(event.target.value)}
        onBlur={commit} onKeyDown={event => { if (event.key === 'Enter' && typed !== null) { event.preventDefault(); commit() } }} />
    </label>
  )
}
