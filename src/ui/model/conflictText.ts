import type { TFunction } from 'i18next'
import type { Conflict, ScenarioEdit } from '../../scenario'
import { session } from '../session'
import { editName } from './labels'
import { fixed } from './format'
import { namePair } from './places'

const LINES_SHOWN = 6

/** What a conflict says to the planner, in a sentence. */
export function conflictText(conflict: Conflict, edits: readonly ScenarioEdit[], t: TFunction): string {
  const list = (names: readonly string[]): string => names.join(t('edits.comma'))
  const nameOf = (id: string): string => {
    const edit = edits.find(each => each.id === id)
    return edit ? editName(edit, t) : id
  }
  switch (conflict.kind) {
    case 'cutOff': {
      const roads = conflict.names.map(name => (session.city ? namePair(session.city.pack, name).name : name))
      return t('conflict.cutOff', { count: conflict.links, km: fixed(conflict.km, 1), roads: roads.length > 0 ? t('conflict.suchAs', { roads: list(roads) }) : '' })
    }
    case 'overlap': return t(`conflict.overlap.${conflict.what}`, { other: nameOf(conflict.other), holds: nameOf(conflict.holds), count: conflict.links })
    case 'closedTwice': return t('conflict.closedTwice', { other: nameOf(conflict.other), count: conflict.links })
    case 'onClosed': return t('conflict.onClosed', { other: nameOf(conflict.other), count: conflict.links, of: conflict.of })
    case 'eventShut': return t('conflict.eventShut', { other: nameOf(conflict.other), count: conflict.links, of: conflict.of })
    case 'estateShut': return t('conflict.estateShut', { other: nameOf(conflict.other), count: conflict.links, of: conflict.of })
    case 'metroIdle': return t('conflict.metroIdle')
    case 'outside': return t(conflict.all ? 'conflict.outsideAll' : 'conflict.outside')
    case 'busStops': {
      const { lines, stops } = conflict
      const more = lines.length - LINES_SHOWN
      return t('conflict.busStops', { count: stops, lines: lines.length, names: list(lines.slice(0, LINES_SHOWN)) + (more > 0 ? t('conflict.more', { more }) : '') })
    }
  }
}
