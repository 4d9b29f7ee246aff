import { useState, type ReactElement } from 'react'
import { secondsOfDay } from '../../scenario'

interface Props {
  readonly label: string
  /** "HH:MM"; null shows the placeholder. */
  readonly value: string | null
  readonly placeholder?: string
  readonly onChange: (value: string | null) => void
}

/** A time of the simulated day, always by the 24-hour clock. "730" and "7:30" mean 07:30. */
export function TimeField({ label, value, placeholder, onChange }: Props): ReactElement {
  const [typed, setTyped] = useState<string | null>(null)
  function commit(): void {
    if (typed === null) return
    setTyped(null)
    if (typed.trim() === '') { if (placeholder !== undefined) onChange(null); return }
    const digits = typed.replace(/\D/g, '').padStart(typed.includes(':') ? 0 : 4, '0')
    const text = typed.includes(':') ? typed.trim().padStart(5, '0') : `${digits.slice(0, 2)}:${digits.slice(2, 4)}`
    if (secondsOfDay(text) !== null) onChange(text)
  }
  return (
    <input className="time-field" inputMode="numeric" maxLength={5} aria-label={label} value={typed ?? value ?? ''} placeholder={placeholder}
      onChange={event => setTyped(event.target.value)} onBlur={commit} onFocus={event => event.target.select()}
      onKeyDown={event => { if (event.key === 'Enter' && typed !== null) { event.preventDefault(); commit() } }} />
  )
}
