import { resolveTarget, secondsOfDay } from '../scenario'
import { createRoutePlanner, Direction, planRoute, VehicleClass, type NetworkChange, type PlannedRoute, type RoutePlanner } from '../sim'
import { Failure, failWith, UsageError } from './failure'
import { loadCity, openScenario, type LoadedCity } from './input'
import { printJson } from './output'
import { englishNames, findPlace, type FoundPlace } from './places'

export interface RouteOptions { class: string; language: string; scenario?: string; at?: string; avoid: string[]; city: string; pack?: string; json?: boolean }

/** One road of a route, as a driver would be told. */
interface Step { readonly turn: string; readonly road: string; readonly metres: number; readonly seconds: number; readonly links: number }

const turnWords = {
  zh: { start: '出发', [Direction.right]: '右转', [Direction.straight]: '直行', [Direction.left]: '左转', [Direction.uTurn]: '掉头', unnamed: '无名路' },
  en: { start: 'start', [Direction.right]: 'right', [Direction.straight]: 'straight', [Direction.left]: 'left', [Direction.uTurn]: 'U-turn', unnamed: 'unnamed road' },
} as const
/** Stable names of turns in the JSON document. */
const turnNames = ['right', 'straight', 'left', 'uTurn']

/** `route`: the quickest way on the empty road, with the closures and limits of a scenario in force at a time. */
export async function routeCommand(from: string, to: string, options: RouteOptions): Promise<void> {
  const type = VehicleClass[options.class as keyof typeof VehicleClass]
  if (type === undefined) throw new UsageError('--class', `--class ${options.class}: is no class of vehicle.`, `Choose from ${Object.keys(VehicleClass).join(', ')}.`)
  if (options.language !== 'zh' && options.language !== 'en') throw new UsageError('--language', `--language ${options.language}: is not known.`, 'Choose zh or en.')
  const { city, changes, tick } = await roadsAt(options)
  const planner = createRoutePlanner(city.network, [...avoided(options.avoid, city), ...changes], tick)
  const isOpen = (link: number): boolean => (planner.router.closed[link]! & (1 << type)) === 0
  const [start, goal] = [await findPlace(from, city, isOpen), await findPlace(to, city, isOpen)]
  const route = planRoute(planner, start.link, goal.link, type)
  if (!route) {
    const message = `${from} to ${to}: there is no way for a vehicle of class ${options.class}.`
    const remedy = 'Another class, another time or fewer roads to avoid may have one.'
    throw new Failure(`${message} ${remedy}`, [{ code: 'route/none', subject: { kind: 'route', id: `${from} to ${to}` }, message: `${message} ${remedy}`, remedy }])
  }
  const { links, strings } = city.network
  const last = links.length[goal.link]!
  const seconds = route.milliseconds / 1000 + planner.index.linkTime[goal.link]!
  const metres = route.metres + last
  const steps = stepsOf(route, planner, options.language, options.language === 'en' ? await englishNames(city) : new Map())
  if (options.json) {
    return printJson({
      city: city.id, class: options.class, scenario: options.scenario ?? null, at: options.at ?? null, from: tell(from, start, city), to: tell(to, goal, city),
      metres: Math.round(metres), seconds: Math.round(seconds * 1000) / 1000, links: route.links.map(link => strings[links.id[link]!]!), steps,
    })
  }
  const words = turnWords[options.language]
  const [there, here] = options.language === 'en' ? [goal.nameEn, start.nameEn] : [goal.name, start.name]
  process.stdout.write(`${here} - ${there}: ${(metres / 1000).toFixed(1)} km, ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s\n`)
  for (const { turn, road, metres: length } of steps) {
    const word = turn === 'start' ? words.start : words[turnNames.indexOf(turn) as 0 | 1 | 2 | 3]
    process.stdout.write(`  ${word}  ${road}  ${Math.round(length)} m\n`)
  }
}

/** The city, and what has changed of it by the time asked for. */
async function roadsAt({ scenario, at, city, pack }: RouteOptions): Promise<{ city: LoadedCity; changes: readonly NetworkChange[]; tick: number }> {
  if (at !== undefined && secondsOfDay(at) === null) throw new UsageError('--at', `--at ${at}: is not a time of day.`, 'Write it as HH:MM, such as 08:00.')
  if (scenario === undefined) {
    if (at !== undefined) throw new UsageError('--at', '--at: says when the closures of a scenario are looked at.', 'Add --scenario, or leave it out.')
    return { city: await loadCity(city, pack), changes: [], tick: 0 }
  }
  const opened = await openScenario(scenario, pack === undefined ? {} : { pack })
  const { startTime, dt, endTick } = opened.compiled
  const tick = at === undefined ? 0 : Math.round((secondsOfDay(at)! - startTime) / dt)
  if (tick < 0 || tick > endTick) throw new UsageError('--at', `--at ${at}: lies outside the scenario's window;`, `it must be from ${opened.scenario.window.start} to ${opened.scenario.window.end}.`)
  return { city: opened.city, changes: opened.compiled.changes, tick }
}

/** Closures of all lanes of the roads and links to avoid. */
function avoided(names: readonly string[], city: LoadedCity): NetworkChange[] {
  const { links, strings } = city.network
  const rows = new Map(Array.from({ length: links.rows }, (_, link) => [strings[links.id[link]!]!, link]))
  return names.flatMap(name => {
    const outcome = rows.has(name) ? { ok: true as const, value: [rows.get(name)!] } : resolveTarget({ road: name }, city, `--avoid ${name}`)
    if (!outcome.ok) return failWith(`--avoid ${name}:`, outcome.problems)
    return outcome.value.flatMap(link => Array.from({ length: links.laneCount[link]! }, (_, at): NetworkChange =>
      ({ tick: 0, kind: 'closeLane', row: links.laneFirst[link]! + at, source: `avoid ${name}` })))
  })
}

/** Joins links of one name that follow one another. */
function stepsOf(route: PlannedRoute, { network, index, router }: RoutePlanner, language: 'zh' | 'en', english: ReadonlyMap<string, string>): Step[] {
  const { links, turns, strings } = network
  const direction = new Int8Array(index.nextLink.length).fill(-1)
  for (let turn = 0; turn < turns.rows; turn++) direction[index.turnHop[turn]!] = turns.direction[turn]!
  const nameOf = (link: number): string => {
    const name = links.name[link]! < 0 ? '' : strings[links.name[link]!]!
    return name === '' ? turnWords[language].unnamed : english.get(name) ?? name
  }
  const steps: Step[] = []
  let turn = 'start'
  for (const [at, link] of route.links.entries()) {
    const next = route.links[at + 1]
    const hop = next === undefined ? -1 : index.nextLink.indexOf(next, index.nextFirst[link])
    const metres = next === undefined ? links.length[link]! : index.hopLength[hop]!
    const seconds = next === undefined ? index.linkTime[link]! : router.cost[hop]! / 1000
    const before = steps.at(-1)
    const road = nameOf(link)
    if (before && before.road === road && turn !== 'uTurn') steps[steps.length - 1] = { ...before, metres: before.metres + metres, seconds: before.seconds + seconds, links: before.links + 1 }
    else steps.push({ turn, road, metres, seconds, links: 1 })
    turn = turnNames[direction[hop] ?? -1] ?? 'straight'
  }
  return steps.map(step => ({ ...step, metres: Math.round(step.metres), seconds: Math.round(step.seconds * 10) / 10 }))
}

const tell = (given: string, { name, link, metres }: FoundPlace, { network }: LoadedCity): object =>
  ({ given, name, link: network.strings[network.links.id[link]!]!, metresToLink: Math.round(metres) })
