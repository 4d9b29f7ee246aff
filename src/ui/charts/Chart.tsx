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
    if (width > 0) room.current!.replaceChildren(draw(width))
  }, [width, draw])
  return <div ref={room} className="chart" role="img" aria-label={label} />
}
