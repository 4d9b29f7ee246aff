import type { PackManifest } from '../../city'
import type { Network } from '../../sim'
import type { GlobeView } from './globeView'

export type { GlobeView } from './globeView'

/**
 * Fetches Cesium, and opens the globe over the modelled area. Not a byte of it is loaded before this is called.
 *
 * @param base  address under which Cesium's own files lie, with a slash at its end
 */
export async function openGlobe(container: HTMLElement, network: Network, core: PackManifest['core'], base: string): Promise<GlobeView> {
  const { GlobeView } = await import('./globeView')
  return GlobeView.open(container, network, core, base)
}
