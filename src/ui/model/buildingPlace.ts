import { openBuildings, type Buildings, type LayerOf, type buildingsLayer } from '../../city'

type BuildingsLayer = LayerOf<typeof buildingsLayer>
const opened = new WeakMap<BuildingsLayer, Buildings>()

/** Middle of a building's outline, m. Outlines are decoded when the first building is asked for. */
export function buildingMiddle(layer: BuildingsLayer, row: number): { x: number; y: number } {
  let buildings = opened.get(layer)
  if (!buildings) opened.set(layer, buildings = openBuildings(layer))
  const { polygons, rings, points } = buildings
  const ring = polygons.ringFirst[row]!
  const first = rings.pointFirst[ring]!
  const count = rings.pointCount[ring]!
  let [x, y] = [0, 0]
  for (let i = first; i < first + count; i++) {
    x += points.x[i]! / count
    y += points.y[i]! / count
  }
  return { x, y }
}
