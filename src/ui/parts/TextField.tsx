import type { ReactElement } from 'react'

interface Props { readonly label: string; readonly value: string; readonly placeholder?: string; readonly longest?: number; /** Where a dialog begins. */ readonly first?: boolean; readonly onChange: (value: string) => void }

/** A line of text. */
export function TextField({ label, value, placeholder, longest = 100, first = false, onChange }: Props): ReactElement {
  return (
    <label className="number-field">
      <span>{label}</span>
      <input type="text" className="time-field" value={value} placeholder={placeholder} maxLength={longest} autoComplete="off" autoFocus={first} onFocus={event => { if (first) event.target.select() }} onChange={({ target }) => onChange(target.value)} />
    </label>
  )
}
