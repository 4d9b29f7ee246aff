import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { waysOf, type RuleMeasured, type ScenarioEdit } from '../../../scenario'
import { useGrounds } from '../../inspector/useGrounds'
import { labelOf } from '../../model/labels'
import { linkName } from '../../model/cityModel'
import { namePair } from '../../model/places'
import { middle, positionOf } from '../../model/walkGround'
import { areaName, wayName } from '../../model/wayName'
import { session } from '../../session'
import { useApp } from '../../stores/store'
import { usePlaceName } from '../people/usePlaceName'

/** Something that can be measured, by its name. */
export interface MeasureChoice { readonly key: string; readonly text: string; readonly measured: RuleMeasured }
/** A way of an area at which people can be let in by so many a minute. */
export interface WayChoice { readonly id: string; readonly text: string }

/** m: of the circle before a way in which a crowd is measured, and by which its middle lies before it. */
const BEFORE_WAY = 12
const BEFORE = 1.5

/** What of this run can be watched, kind by kind, where entry can be controlled, and platforms people ride from. */
export function useMeasureChoices(road: string): { readonly measures: readonly MeasureChoice[]; readonly ways: readonly WayChoice[]; readonly platforms: readonly string[] } {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const { areas, edits } = useGrounds()
  const people = useApp(state => state.status?.people ?? null)
  return useMemo(() => {
    const roads: MeasureChoice[] = road ? (['roadQueue', 'roadSpeed'] as const).map(measure => ({ key: measure, text: `${t(`rules.measure.${measure}`)} · ${session.city ? namePair(session.city.pack, road).name : road}`, measured: { measure, target: { road } } })) : []
    if (!people) return { measures: roads, ways: [], platforms: [] }
    // Where people of the run walk: that is what its platforms and exits tell.
    const walked = areas.filter(({ id }) => [...people.platforms.map(({ floor }) => floor), ...people.exits.map(({ goal }) => goal), ...people.queues.map(({ floor }) => floor)].some(place => place.startsWith(`${id}/`)))
    const entrances = walked.flatMap(area => waysOf(area).filter(({ kind }) => kind === 'entrance').map(way => ({ way, area, text: wayName(way, area, t) })))
    const crowds = [
      ...entrances.map(({ way, text }): MeasureChoice => {
        const [[ax, ay], [bx, by]] = way.line
        const length = Math.hypot(bx - ax, by - ay)
        const [x, y] = middle(way.line)
        return { key: `before ${way.id}`, text: t('rules.before', { place: text }), measured: { measure: 'crowdDensity', place: { middle: positionOf([x + ((by - ay) / length) * BEFORE, y - ((bx - ax) / length) * BEFORE]), radiusM: BEFORE_WAY } } }
      }),
      ...walked.map((area): MeasureChoice => ({ key: area.id, text: `${t('rules.measure.crowdDensity')} · ${areaName(area)}`, measured: { measure: 'crowdDensity', place: area.id } })),
    ]
    const named = (measured: RuleMeasured, key: string, place: string): MeasureChoice => ({ key: `${measured.measure} ${key}`, text: `${t(`rules.measure.${measured.measure}`)} · ${place}`, measured })
    const ofEdits = edits.filter(({ enabled }) => enabled).flatMap((edit: ScenarioEdit): MeasureChoice[] => {
      const place = labelOf(edit) ?? edit.id
      return edit.kind === 'gate' ? [named({ measure: 'gateQueue', gate: edit.id }, edit.id, place)] : edit.kind === 'countLine' ? [named({ measure: 'lineFlow', line: edit.id }, edit.id, place)] : []
    })
    const platforms = people.platforms.map(({ floor }) => floor)
    const loads = platforms.map(floor => named({ measure: 'platformLoad', station: floor }, floor, nameOf(floor)))
    const ranks = people.ranks.map(({ name }) => named({ measure: 'rankQueue', rank: name }, name, nameOf(name)))
    return { measures: [...roads, ...crowds, ...loads, ...ranks, ...ofEdits], ways: entrances.map(({ way, text }) => ({ id: way.id, text })), platforms }
  }, [road, people, areas, edits, t, nameOf])
}

/** Name of the road that is selected on the map, or of the first one that the document changes; empty = none. */
export function useRoadAtHand(): string {
  return useApp(({ selection, scenario }) => {
    const selected = selection?.kind === 'link' && session.city ? linkName(session.city.network, selection.link) : null
    return selected ?? scenario?.edits.flatMap(edit => ('target' in edit && 'road' in edit.target ? [edit.target.road] : []))[0] ?? ''
  })
}
