import type { CityView } from './cityView'
import type { AppState } from './stores/store'
import type { LayerName } from './stores/viewSlice'

/** Tells the map what of its settings has changed: colours of roads, palette, layers, crowds. @param before  absent = all is told */
export function showSettings(view: CityView, state: AppState, before?: AppState): void {
  const { roadColours, difference, comparison, palette, layers, crowdHeat, levels } = state
  if (roadColours !== before?.roadColours || difference !== before.difference || comparison.result !== before.comparison.result) {
    view.setRoadColours(roadColours, roadColours === 'difference' ? comparison.result?.maps[difference] : undefined)
  }
  if (palette !== before?.palette) view.setPalette(palette)
  if (layers !== before?.layers) for (const [name, visible] of Object.entries(layers)) view.setLayer(name as LayerName, visible)
  if (crowdHeat !== before?.crowdHeat || levels !== before.levels) {
    view.setCrowdHeat(crowdHeat)
    view.setLevels(levels)
  }
}
