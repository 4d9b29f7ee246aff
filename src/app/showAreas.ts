import { loadAreas, type CityArea, type CityPack } from '../city'
import type { CityView } from '../render'

/** Shows where people walk: squares, stadiums and stations of the pack, and what is drawn for events. */
export async function showAreas(view: CityView, pack: CityPack, drawn: readonly CityArea[]): Promise<void> {
  const areas = [...await openedOnce(pack), ...drawn]
  if (areas.length > 0) view.setAreas(areas)
}

const opened = new WeakMap<CityPack, Promise<readonly CityArea[]>>()

/** The very same areas every time, so that the view need not build them again. */
function openedOnce(pack: CityPack): Promise<readonly CityArea[]> {
  const areas = opened.get(pack) ?? loadAreas(pack)
  opened.set(pack, areas)
  return areas
}
