import type { ReactElement } from 'react'

interface Props {
  readonly name: string
  readonly figure: string
  /** Of the longest bar, 0..1. */
  readonly share?: number
  readonly more?: string
  /** Absent = its place is not known. */
  readonly go?: () => void
}

/** One place of a list, with its figure; a click flies there. */
export function PlaceRow({ name, figure, share, more, go }: Props): ReactElement {
  return (
    <li>
      <button type="button" className="row-button" disabled={!go} onClick={go}>
        <b>{name}</b>
        <span className="soft">{figure}{more ? ` · ${more}` : ''}</span>
        {share !== undefined && <i className="bar" style={{ width: `${100 * share}%` }} />}
      </button>
    </li>
  )
}
