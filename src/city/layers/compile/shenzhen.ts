import type { PackHead } from '../../pack/writePack'
import { FALSE_ORIGIN, PLANE_PROJ4, toPlane } from '../../projection'
import { DRAWN_BOUNDS } from './land'

/** The modelled core, degrees: west, south, east, north. */
export const CORE_LONLAT = [113.88, 22.48, 114.09, 22.605] as const

/** Head of the default city's manifest. */
export function shenzhenHead(): PackHead {
  const [west, south, east, north] = CORE_LONLAT
  const corners = [toPlane(west, south), toPlane(east, south), toPlane(west, north), toPlane(east, north)]
  const xs = corners.map(corner => corner[0])
  const ys = corners.map(corner => corner[1])
  return {
    format: 'pengcheng-city',
    version: 1,
    id: 'shenzhen',
    name: { zh: '深圳', en: 'Shenzhen' },
    crs: { epsg: 4547, proj4: PLANE_PROJ4, falseOrigin: FALSE_ORIGIN },
    bounds: DRAWN_BOUNDS,
    core: {
      bounds: [Math.floor(Math.min(...xs)), Math.floor(Math.min(...ys)), Math.ceil(Math.max(...xs)), Math.ceil(Math.max(...ys))],
      name: { zh: '南山—福田核心区', en: 'Nanshan and Futian core' },
    },
    compiler: 'pengcheng 0.1.0',
  }
}
