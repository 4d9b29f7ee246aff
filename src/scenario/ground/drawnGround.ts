import { drawArea, surroundings, toPlane, type AreaDrawing, type CityArea, type CityPack } from '../../city'
import type { Network } from '../../sim'
import type { EventPlace, Position, ScenarioEdit } from '../document'
import { isEvent } from '../editKinds'
import { drawnId, outlineProblem } from '../outings/area'

/** Walk spaces of the ground that is drawn for events; a drawing without free ground or without a way out gives none. */
export async function drawnAreas(edits: readonly ScenarioEdit[], pack: CityPack, network: Network): Promise<CityArea[]> {
  const places = edits.flatMap(edit => (isEvent(edit) && typeof edit.venue !== 'string' && edit.venue.ground ? [edit.venue] : []))
    .filter(place => outlineProblem(place) === null)
  if (places.length === 0) return []
  const drawings = [...new Map(places.map(place => [drawnId(place), drawingOf(place)])).values()]
  const around = await surroundings(pack, network, drawings.map(({ outline }) => outline))
  return drawings.flatMap(drawing => drawArea(drawing, around) ?? [])
}

function drawingOf(place: EventPlace): AreaDrawing {
  const { outline, exits } = place.ground!
  return {
    id: drawnId(place), name: place.name, outline: outline.map(plane),
    ...(exits ? { exits: exits.map(([from, to]): [[number, number], [number, number]] => [plane(from), plane(to)]) } : {}),
  }
}

const plane = ([longitude, latitude]: Position): [number, number] => [...toPlane(longitude, latitude)]
