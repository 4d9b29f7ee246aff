import type { ReactElement } from 'react'

/** A control with its name beside it. */
export function Field({ label, children }: { label: string; children: ReactElement }): ReactElement {
  return <div className="field"><span>{label}</span>{children}</div>
}
