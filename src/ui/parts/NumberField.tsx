import { useState, type ReactElement } from 'react'

interface Props {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
}

/** A whole number that counts when it is finished, not while it is typed. */
export function NumberField({ label, value, min, max, step, onChange }: Props): ReactElement {
  const [typed, setTyped] = useState<string | null>(null)
  function commit(): void {
    const next = Math.round(Number(typed))
    setTyped(null)
    if (typed !== null && typed.trim() !== '' && next >= min && next <= max && next !== value) onChange(next)
  }
  return (
    <label className="number-field">
      <span>{label}</span>
      <input type="number" className="time-field" min={min} max={max} step={step} value={typed ?? value} onChange={event => setTyped(event.target.value)}
        onBlur={commit} onKeyDown={event => { if (event.key === 'Enter') commit() }} />
    </label>
  )
}
