import { useEffect, useRef, type ReactElement } from 'react'
import type { GlobeView } from '../render'
import { session, store, useApp } from '../ui'

/** ms between two looks at the clock: the sun moves slowly. */
const SUN_EVERY = 1000

/** The same run on the globe, over the 3D city while it is open. */
export function Globe(): ReactElement | null {
  const open = useApp(state => state.globe)
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const container = holder.current
    const { city, client } = session
    if (!open || !container || !city) return undefined
    let globe: GlobeView | null = null
    let closed = false
    import('../render').then(({ openGlobe }) => openGlobe(container, city.network, city.pack.manifest.core, new URL('./cesium/', document.baseURI).href)).then(view => {
      if (closed) { view.dispose(); return }
      globe = view
      if (client?.feed) view.setFeed(client.feed)
      view.setTimeOfDay(session.secondOfDay())
    }).catch((error: unknown) => {
      store.getState().setGlobe(false)
      store.getState().say('bad', error instanceof Error ? error.message : String(error))
    })
    const sun = setInterval(() => globe?.setTimeOfDay(session.secondOfDay()), SUN_EVERY)
    return () => {
      closed = true
      clearInterval(sun)
      globe?.dispose()
    }
  }, [open])
  return open ? <div ref={holder} className="globe" /> : null
}
