import { current } from '../current'
import type { GlobeSurface, GlobeView } from './globeView'

export type { GlobeSurface, GlobeView } from './globeView'

/** An open globe, and how to leave it: the city view takes over where the globe was. */
export interface OpenGlobe { readonly view: GlobeView; close(): void }

/**
 * Fetches Cesium and opens the globe over the city view, from where that looks; the globe shows what the city view is
 * told to show. Not a byte of Cesium is loaded before this is called.
 *
 * @param centre  where the globe touches the city's plane, m from the false origin: the middle of the modelled area
 * @param base    address under which Cesium's own files lie, with a slash at its end
 */
export async function openGlobe(container: HTMLElement, centre: readonly [number, number], base: string, surface: GlobeSurface = {}): Promise<OpenGlobe> {
  const { GlobeView } = await import('./globeView')
  const city = current.view
  if (!city) throw new Error('the globe shows what the city view shows, and there is none')
  const view = new GlobeView(container, centre, base, city.tier, surface)
  view.flyTo(city.rig.pose(), false)
  city.coverWith(view)
  view.flyOut()
  return {
    view,
    close() {
      const pose = view.pose()
      city.coverWith(null)
      view.dispose()
      if (pose) city.flyTo(pose, false)
    },
  }
}
