import { useEffect, useRef, type ReactElement } from 'react'
import { createPortal } from 'react-dom'
import { session } from '../session'

/** A word or figure that stands at a place of the map, or a button there. */
export interface MapTag {
  readonly id: string
  readonly at: readonly [number, number]
  /** m above the sea; null = on the ground. */
  readonly height: number | null
  readonly text: string
  readonly title?: string
  readonly tone?: string
  /** m from the eye up to which it shows. */
  readonly within: number
  readonly onClick?: () => void
}

const LIFT = 26 // px above the place
const ROOM = 4 // px between two

/** Tags over the map that keep to their places as the camera moves; where two would overlap, the later one waits. */
export function MapTags({ tags }: { tags: readonly MapTag[] }): ReactElement | null {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let frame = requestAnimationFrame(function place() {
      frame = requestAnimationFrame(place)
      const taken: { left: number; top: number; right: number; bottom: number }[] = []
      for (const [index, tag] of tags.entries()) {
        const element = list.current?.children[index] as HTMLElement | undefined
        if (!element) continue
        const seen = session.view.screenOf(tag.at[0], tag.at[1], tag.height)
        const shown = seen !== null && seen.distance < tag.within
        const half = element.offsetWidth / 2, high = element.offsetHeight
        const box = { left: (seen?.left ?? 0) - half - ROOM, right: (seen?.left ?? 0) + half + ROOM, top: (seen?.top ?? 0) - LIFT - high - ROOM, bottom: (seen?.top ?? 0) - LIFT + ROOM }
        const free = shown && taken.every(other => box.left > other.right || box.right < other.left || box.top > other.bottom || box.bottom < other.top)
        if (free) taken.push(box)
        element.style.visibility = free ? 'visible' : 'hidden'
        if (free) element.style.transform = `translate(${Math.round(seen.left - half)}px, ${Math.round(seen.top - LIFT - high)}px)`
      }
    })
    return () => cancelAnimationFrame(frame)
  }, [tags])
  const layer = document.querySelector('.city')
  return layer && createPortal(
    <div ref={list} className="map-tags">
      {tags.map(({ id, text, title, tone, onClick }) => (onClick
        ? <button key={id} type="button" className="map-tag" data-tone={tone} title={title} data-tag={id} onClick={onClick}>{text}</button>
        : <span key={id} className="map-tag" data-tone={tone} data-tag={id}>{text}</span>))}
    </div>, layer)
}
