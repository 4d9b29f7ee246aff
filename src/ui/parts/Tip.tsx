import { cloneElement, lazy, Suspense, useEffect, useId, useState, type ComponentType, type FocusEvent, type HTMLAttributes, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import type { BubbleProps } from './TipBubble'

/** ms of a pointer at rest before a tip shows. */
const DELAY = 350
/** What places the tip is no part of opening the city; where it cannot be had, names are still read out. */
const TipBubble = lazy<ComponentType<BubbleProps>>(() => import('./TipBubble').catch(() => ({ default: () => null })))

interface Props {
  readonly text: ReactNode
  readonly keys?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactElement<HTMLAttributes<HTMLElement>>
}

/** A short explanation at pointer or focus; `keys` is the shortcut that does the same. */
export function Tip({ text, keys, side = 'bottom', children }: Props): ReactElement {
  const [anchor, setAnchor] = useState<DOMRect | null>(null)
  /** Under the pointer, which may come to rest there. */
  const [over, setOver] = useState<HTMLElement | null>(null)
  const id = useId()
  function hide(): void {
    setOver(null)
    setAnchor(null)
  }
  useEffect(() => {
    if (!over) return undefined
    const timer = setTimeout(() => setAnchor(over.getBoundingClientRect()), DELAY)
    return () => clearTimeout(timer)
  }, [over])
  const { props } = children
  const handlers: HTMLAttributes<HTMLElement> = {
    onPointerEnter(event: PointerEvent<HTMLElement>) {
      props.onPointerEnter?.(event)
      if (event.pointerType !== 'touch') setOver(event.currentTarget)
    },
    onPointerLeave(event: PointerEvent<HTMLElement>) { props.onPointerLeave?.(event); hide() },
    onPointerDown(event: PointerEvent<HTMLElement>) { props.onPointerDown?.(event); hide() },
    onFocus(event: FocusEvent<HTMLElement>) {
      props.onFocus?.(event)
      if (event.currentTarget.matches(':focus-visible')) setAnchor(event.currentTarget.getBoundingClientRect())
    },
    onBlur(event: FocusEvent<HTMLElement>) { props.onBlur?.(event); hide() },
    ...(anchor ? { 'aria-describedby': id } : {}),
  }
  return <>
    {cloneElement(children, handlers)}
    {anchor && <Suspense fallback={null}><TipBubble id={id} anchor={anchor} text={text} keys={keys} side={side} onHide={hide} /></Suspense>}
  </>
}
