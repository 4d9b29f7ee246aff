import { digitsFor } from '../../analysis'
import { language } from '../i18n'

const locale = (): string => (language() === 'zh' ? 'zh-CN' : 'en-GB')

export const whole = (value: number): string => Math.round(value).toLocaleString(locale())

export const fixed = (value: number, digits: number): string =>
  value.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** As many digits as a reader wants: 0.42, 4.2, 42, 4,200. */
export function brief(value: number): string {
  return fixed(value, digitsFor(value))
}

/** With its sign, a true minus, and ±0 as 0. */
export function signed(value: number, digits = digitsFor(value)): string {
  const text = fixed(Math.abs(value), digits)
  if (!/[1-9]/.test(text)) return '0'
  return value > 0 ? `+${text}` : `−${text}`
}

/** "HH:MM" of seconds after midnight. */
export function clock(seconds: number, withSeconds = false): string {
  const total = Math.max(0, Math.floor(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  const text = `${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}`
  return withSeconds ? `${text}:${two(total % 60)}` : text
}

/** "1:05" minutes and seconds, for durations. */
export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds))
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`
}

export const metres = (value: number): string => (value >= 1000 ? `${fixed(value / 1000, 1)} km` : `${whole(value)} m`)

export const squareMetres = (value: number): string => `${whole(value)} m²`

/** A moment as a reader of lists wants it: the time of today, else the date. */
export function moment(milliseconds: number): string {
  const date = new Date(milliseconds), now = new Date()
  const today = date.toDateString() === now.toDateString()
  const shown: Intl.DateTimeFormatOptions = today ? { hour: '2-digit', minute: '2-digit' }
    : { day: 'numeric', month: 'short', ...(date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }) }
  return new Intl.DateTimeFormat(locale(), shown).format(date)
}
