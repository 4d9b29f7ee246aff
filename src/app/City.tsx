import type { ReactElement } from 'react'

/** The 3D view joined to the panels. */
export function City(): ReactElement {
  return <div />
}
