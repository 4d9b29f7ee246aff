import { loadAreas, toPlane } from '../city'
import { isEvent } from '../scenario'
import { insideRings } from '../sim'
import { store, type Selection, type Session } from '../ui'

/** What a click on open ground means: the ground that was drawn for an event, or the area of the city that lies there. */
export async function groundHit(x: number, y: number, { city }: Session, levels: readonly [number, number] | null): Promise<Selection | null> {
  const edits = store.getState().scenario?.edits ?? []
  const drawn = edits.find(edit => isEvent(edit) && edit.enabled && typeof edit.venue !== 'string' && edit.venue.ground !== undefined
    && insideRings([edit.venue.ground.outline.map(position => toPlane(...position))], x, y))
  if (drawn) return { kind: 'mark', id: drawn.id }
  if (!city) return null
  const shown = (height: number): boolean => levels === null || (height >= levels[0] && height < levels[1])
  const areas = await loadAreas(city.pack)
  const area = areas.find(({ space }) => space.floors.some(({ surface, height, outlines }) => surface === 'level' && shown(height) && insideRings(outlines, x, y)))
  return area ? { kind: 'area', id: area.id } : null
}
