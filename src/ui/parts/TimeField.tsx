import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsOfDay } from '../../scenario'

interface Props {
  readonly label: string
  /** "HH:MM"; null shows the placeholder. */
  readonly value: string | null
  /** Shown where no time is given; without it there must be one. */
  readonly placeholder?: string
  readonly onChange: (value: string | null) => void
}

/**
 * A time of the simulated day, always by the 24-hour clock. What cannot be read stays as it was typed, marked invalid,
 * and does not count; a form that is not `isSound` is not sent while there is one.
 */
export function TimeField({ label, value, placeholder, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const id = useId()
  const readable = (text: string): boolean => (text.trim() === '' ? placeholder !== undefined : timeTyped(text) !== null)
  function type(text: string): void {
    setTyped(text)
    if (readable(text)) setWrong(false)
  }
  function commit(): void {
    if (typed === null) return
    setWrong(!readable(typed))
    if (!readable(typed)) return
    setTyped(null)
    onChange(typed.trim() === '' ? null : timeTyped(typed))
  }
  return (
    <>
      <input className="time-field" inputMode="numeric" maxLength={8} aria-label={label} aria-invalid={wrong} aria-describedby={wrong ? id : undefined} value={typed ?? value ?? ''} placeholder={placeholder}
        onChange={event => type(event.target.value)} onBlur={commit} onFocus={event => event.target.select()}
        onKeyDown={event => { if (event.key === 'Enter' && typed !== null) { event.preventDefault(); commit() } }} />
      {wrong && <span id={id} role="alert" className="field-problem">{t('field.time')}</span>}
    </>
  )
}

/** "HH:MM" of "7:30", "730" or "7"; null = no time of the day. */
export function timeTyped(text: string): string | null {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text.trim()) ?? []
  const time = `${hours.padStart(2, '0')}:${minutes}`
  return hours !== '' && secondsOfDay(time) !== null ? time : null
}
