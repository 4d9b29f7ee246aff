import type { ReactElement } from 'react'

interface Props { readonly label: string; readonly value: string; readonly placeholder?: string; readonly longest?: number; readonly onChange: (value: string) => void }

/** A line of text. */
export function TextField({ label, value, placeholder, longest = 100, onChange }: Props): ReactElement {
  return (
    <label className="number-field">
      <span>{label}</span>
      <input type="text" className="time-field" value={value} placeholder={placeholder} maxLength={longest} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
    </label>
  )
}
