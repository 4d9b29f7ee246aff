import { Minus, Plus } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { IconButton } from './IconButton'

interface Props {
  readonly value: string
  readonly less: string
  readonly more: string
  /** null where it can go no further. */
  readonly onLess: (() => void) | null
  readonly onMore: (() => void) | null
  readonly children?: ReactNode
}

/** A value that goes down and up by steps. */
export function Stepper({ value, less, more, onLess, onMore, children }: Props): ReactElement {
  return (
    <div className="stepper">
      {children}
      <IconButton icon={Minus} label={less} disabled={onLess === null} onClick={() => onLess?.()} />
      <output>{value}</output>
      <IconButton icon={Plus} label={more} disabled={onMore === null} onClick={() => onMore?.()} />
    </div>
  )
}
