import { ToggleGroup } from 'radix-ui'
import type { ReactElement } from 'react'

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly text: string; readonly disabled?: boolean; readonly title?: string }[]
  readonly onChange: (value: T) => void
}

/** A few choices of which exactly one holds. */
export function Segments<T extends string>({ label, value, options, onChange }: Props<T>): ReactElement {
  return (
    <ToggleGroup.Root type="single" className="segments" aria-label={label} value={value} onValueChange={next => { if (next) onChange(next as T) }}>
      {options.map(option => (
        <ToggleGroup.Item key={option.value} value={option.value} className="segment" disabled={option.disabled ?? false} title={option.title}>
          {option.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
