import { loadAreas, type CityPack } from '../city'
import type { CityView } from '../render'

/** Shows where people walk: squares, stadiums and stations of the pack. */
export async function showAreas(view: CityView, pack: CityPack): Promise<void> {
  const areas = await loadAreas(pack)
  if (areas.length > 0) view.setAreas(areas)
}
