import { streetLevelOfService, type ComparedKpi } from '../../analysis'
import { isEvent, secondsOfDay } from '../../scenario'
import { EMPTY_SLOT, kmPerHour, type Network, type PeopleReport, type RuleReport, type RunTotals, type Snapshot } from '../../sim'
import { i18n, language } from '../i18n'
import { editName } from '../model/labels'
import { whatOf, whereOf } from '../model/describeEdit'
import { districtAt } from '../model/districts'
import { stateOf, type EditState } from '../model/editsInForce'
import { roadTitle } from '../model/roadTitle'
import { session, timeNow } from '../session'
import { store } from '../stores/store'

/** The state of the whole city at one moment. */
export interface BriefingContent {
  readonly title: string
  /** Second of the day. */
  readonly time: number
  readonly totals: RunTotals
  /** km/h, of all on the road. */
  readonly speed: number
  /** Share of the vehicles that drive where the level of service is E or F, 0..1. */
  readonly poorService: number
  /** Since the beginning, at recorded moments. */
  readonly vehicles: readonly number[]
  readonly jams: readonly { readonly name: string; readonly queue: number; readonly cause: number; /** Where it begins, if that is another road. */ readonly from: string | null }[]
  readonly people: PeopleReport | null
  /** Where most taxis set out in the last quarter of an hour; null = none did. */
  readonly taxis: { readonly place: string; readonly calls: number } | null
  /** Second of the day at which the run began; times of people count from there. */
  readonly start: number
  readonly events: readonly { readonly name: string; readonly what: string; readonly state: EditState; readonly window: string }[]
  readonly changes: readonly { readonly name: string; readonly what: string; readonly window: string }[]
  readonly rules: RuleReport | null
  /** Of the last comparison, if there was one. */
  readonly kpis: readonly ComparedKpi[] | null
}

const JAMS = 3

/** Asks the run and the document for everything that a briefing says. */
export async function collectBriefing(): Promise<BriefingContent> {
  const { scenario, status, info, jams, comparison, speedMean } = store.getState()
  const { client, city } = session
  if (!client?.info || !city || !scenario || !status || !info) throw new Error('no run is loaded')
  const t = i18n.t.bind(i18n)
  const now = timeNow()
  const [causes, recorded, rules, demand] = await Promise.all([
    client.ask(host => host.jams(jams.slice(0, JAMS).map(({ link }) => link))), client.ask(host => host.recorded()), client.ask(host => host.ruleLog()), client.ask(host => host.demandNow()),
  ])
  const road = (link: number): string => roadTitle(city, link)
  const told = (edit: (typeof scenario.edits)[number]): { name: string; what: string; window: string; state: EditState } => ({
    name: editName(edit, t), what: [whereOf(edit, t), whatOf(edit, t)].filter(Boolean).join(' · '),
    window: `${edit.window.start.slice(0, 5)}–${edit.window.end.slice(0, 5)}`, state: stateOf(edit, now),
  })
  const newest = client.feed?.newest()
  const taxis = demand.ok ? demand.value.taxis[0] : undefined
  return {
    title: scenario.name[language()], time: now, totals: status.totals, speed: kmPerHour(speedMean), poorService: newest ? poorShare(city.network, newest) : 0,
    vehicles: recorded.ok ? recorded.value.filter(({ tick }) => tick <= status.totals.tick).map(({ running }) => running) : [],
    jams: jams.slice(0, JAMS).map(({ link, queue }, at) => {
      const found = causes.ok ? causes.value[at] : undefined
      const source = found && found.chain.length > 1 ? road(found.chain.at(-1)!) : null
      return { name: road(link), queue, cause: found?.cause ?? 0, from: source === road(link) ? null : source }
    }),
    people: status.people, taxis: taxis ? { place: districtAt(city.pack, taxis.x, taxis.y), calls: taxis.calls } : null, start: info.startTime,
    // Also those whose people are still on their way.
    events: scenario.edits.filter(edit => isEvent(edit) && edit.enabled && secondsOfDay(edit.window.end)! > info.startTime - 7200).map(told),
    changes: scenario.edits.filter(edit => !isEvent(edit)).map(told).filter(({ state }) => state === 'active'),
    rules: rules.ok ? rules.value : null,
    kpis: comparison.result?.kpis ?? null,
  }
}

/** Snapshots tell speeds of links by their limits, in 254ths. */
function poorShare({ lanes }: Network, { head, path, linkSpeed }: Snapshot): number {
  let all = 0, poor = 0
  for (let slot = 0; slot < head[2]!; slot++) {
    const on = path[slot]!
    if (on === EMPTY_SLOT || on >= lanes.rows) continue
    const share = linkSpeed[lanes.link[on]!]!
    if (share === 255) continue
    all++
    const grade = streetLevelOfService(share, 254)
    if (grade === 'E' || grade === 'F') poor++
  }
  return all > 0 ? poor / all : 0
}
