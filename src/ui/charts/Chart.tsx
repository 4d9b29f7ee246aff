import { useEffect, useRef, useState, type ReactElement } from 'react'

interface Props {
  readonly label: string
  /** Draws for so many px; called again when the room or what is drawn changes. */
  readonly draw: (width: number) => Element
}

/** A chart as wide as its room. */
export function Chart({ label, draw }: Props): ReactElement {
  const room = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    watch.observe(room.current!)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    if (width === 0) return
    const chart = draw(width)
    // The room says in one label what it shows; marks of a picture have no names of their own (axe: aria-prohibited-attr).
    for (const mark of chart.querySelectorAll('[aria-label]')) mark.removeAttribute('aria-label')
    room.current!.replaceChildren(chart)
  }, [width, draw])
  return <div ref={room} className="chart" role="img" aria-label={label} />
}
