import type { RunRecord } from '../analysis'
import { placeName, type PlaceNaming } from '../city'
import type { CompiledScenario, Scenario, ScenarioCity } from '../scenario'
import { AlarmKind, type LocalName, type PeopleReport } from '../sim'

const alarmNames = Object.fromEntries(Object.entries(AlarmKind).map(([name, kind]) => [kind, name]))

/** What `run --json` prints of people: the report, with the names of places in both languages beside their ids. */
export function peopleJson(report: PeopleReport, naming: PlaceNaming) {
  const { alarms, platforms, queues, exits, densest, exposure, ...rest } = report
  return {
    ...rest,
    personMinutes: { at4: exposure[0] / 60, at5: exposure[1] / 60 },
    densest: densest && { ...densest, place: placeName(densest.floor, naming) },
    alarms: alarms.map(({ kind, floor, ...alarm }) => ({ kind: alarmNames[kind], ...alarm, floor, place: floor === null ? footways : placeName(floor, naming) })),
    platforms: platforms.map(platform => ({ place: placeName(platform.floor, naming), ...platform })),
    queues: queues.map(queue => ({ place: placeName(queue.id, naming), ...queue })),
    exits: exits.map(exit => ({ place: placeName(exit.goal, naming), ...exit })),
  }
}

const footways: LocalName = { zh: '人行道', en: 'footways' }

/** What places of a run are named by. */
export function namingOf({ edits }: Scenario, { areas }: Pick<ScenarioCity, 'areas'>, { people }: CompiledScenario): PlaceNaming {
  return {
    areas, stationsEn: new Map((people?.transitNames?.stations ?? []).map(({ zh, en }) => [zh, en])),
    edits: new Map(edits.map(({ id, label }) => [id, label ?? id])),
  }
}

/** Lines of plain text about people: where they are, what stands out. */
export function peopleText({ report }: NonNullable<RunRecord['people']>, naming: PlaceNaming): string[] {
  const { places, ranks, lines, platforms, alarmCount, clearByEvent } = report
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : (seconds / 60).toFixed(1))
  const named = (id: string): string => placeName(id, naming).en
  return [
    '', `${'persons'.padEnd(24)} ${report.persons}`, ...Object.entries(places).filter(([, count]) => count > 0).map(([place, count]) => `  ${place.padEnd(22)} ${count}`),
    ...clearByEvent.map(({ event, expected, left, t50, t95, t100 }) => `  ${event}: ${left} of ${expected} have left; T50 ${minutes(t50)}, T95 ${minutes(t95)}, T100 ${minutes(t100)} min`),
    ...ranks.map(rank => `  taxis at ${rank.name}: ${rank.served} parties served, ${rank.line} in line, ${rank.taxis} taxis waiting`),
    ...lines.map(({ id, toLeft, toRight, peak, limit }) => `  line ${id}: ${toLeft} to the left, ${toRight} to the right, peak ${(peak?.flow ?? 0).toFixed(1)} p/m/min (limit ${limit})`),
    ...platforms.filter(({ most }) => most > 0).map(({ floor, most, clearMost }) => `  ${named(floor)}: at most ${most} persons, clear in ${clearMost.platform.toFixed(1)} min`),
    `${'alarms'.padEnd(24)} ${alarmCount}`,
  ]
}
