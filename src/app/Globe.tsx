import { useEffect, useRef, type ReactElement } from 'react'
import type { OpenGlobe } from '../render'
import { i18n, session, store, useApp } from '../ui'
import { exposeGlobe } from './exposeForTests'

/** `?imagery=` and `?terrain=`: what lies around the city, see docs/globe.md. */
function surface(): { imagery?: string; terrain?: string } {
  const given = new URLSearchParams(location.search)
  return Object.fromEntries(['imagery', 'terrain'].flatMap(name => {
    const address = given.get(name)
    return address ? [[name, new URL(address, document.baseURI).href.replaceAll('%7B', '{').replaceAll('%7D', '}')]] : []
  }))
}

/** The same run on the globe, over the 3D city while it is open. */
export function Globe(): ReactElement | null {
  const open = useApp(state => state.globe)
  const holder = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const container = holder.current
    const { city } = session
    if (!open || !container || !city) return undefined
    let globe: OpenGlobe | null = null
    let closed = false
    const [west, south, east, north] = city.pack.manifest.core.bounds
    import('../render').then(({ openGlobe }) => openGlobe(container, [(west + east) / 2, (south + north) / 2], new URL('./cesium/', document.baseURI).href, surface())).then(opened => {
      if (closed) { opened.close(); return }
      globe = opened
      exposeGlobe(opened.view)
    }).catch((error: unknown) => {
      store.getState().setGlobe(false)
      store.getState().say('bad', `${i18n.t('part.missing')} ${i18n.t('part.advice')}`, error instanceof Error ? error.message : String(error))
    })
    return () => {
      closed = true
      globe?.close()
      exposeGlobe(null)
    }
  }, [open])
  return open ? <div ref={holder} className="globe" /> : null
}
