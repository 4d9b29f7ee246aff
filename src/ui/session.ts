import { openPackUrl, type CityPack } from '../city'
import { cityNamed, parseScenarioText, type DocumentEdit, type Scenario } from '../scenario'
import type { Problem } from '../sim'
import { memoryMode, samePersons, SimClient, type RunInfo, type RunUpdate } from '../workers'
import { absentView, lightHours, type CityView } from './cityView'
import { openCityModel, type CityModel } from './model/cityModel'
import { openDistricts } from './model/districts'
import { closedLanesAt } from './model/closures'
import { namePair, openPlaces } from './model/places'
import { presetIds, presetUrl } from './model/presets'
import { meanSpeed, topJams } from './model/jams'
import { changesInOrder, rainAt } from './model/editsInForce'
import { clock } from './model/format'
import { i18n } from './i18n'
import type { Origin } from './stores/documentSlice'
import { store, type AppState } from './stores/store'
import { inspectSelection } from './inspectSelection'
import { showSettings } from './showSettings'

/** Problems of a refused file that are told in passing; the command line tells all. */
const TOLD = 3
/** ms between two looks at the run: what panels show changes at this rate, never per frame. */
const MEASURE_EVERY = 250
/** Simulated seconds run at full speed before the chosen speed takes over, so that the roads are full at once. */
const WARM_UP = 90
/** Simulated seconds of one step back, or on while one looks back. */
const LOOK = 10
/** Wall milliseconds after which a slow machine shows what it has. */
const WARM_UP_PATIENCE = 400

export interface SessionOptions {
  readonly scenarioUrl: string
  /** Base address under which the folders of the packs lie. */
  readonly packsUrl: string
  readonly seed?: number
  /** Second of the day to run ahead to. */
  readonly time?: number
}

/**
 * One sitting: the document, the worker that runs it, and the view that shows it, kept in step. Lives as long as the
 * page; a new run gets a new worker.
 */
export class Session {
  city: CityModel | null = null
  client: SimClient | null = null
  view: CityView = absentView
  #options: SessionOptions | null = null
  #timer: ReturnType<typeof setInterval> | undefined
  #followed: Scenario | null = null
  #updating: Promise<void> = Promise.resolve()
  #measures = 0
  /** The tick to look back at that was wished for last; undefined = no wish is open. */
  #wanted: number | null | undefined
  #closedKey = ''
  /** It runs ahead to a given time; the chosen pace waits until it is there. */
  #ahead: SimClient | null = null
  /** It stands until a run that is shown beside it has come as far. */
  #waits = false
  #onRun: (client: SimClient, info: RunInfo) => void = () => undefined
  #onPack: (pack: CityPack, url: string) => void = () => undefined
  #pack: { readonly url: string; readonly pack: CityPack } | null = null
  /** A worker that is starting while the document is still being fetched. */
  #spare: SimClient | null = null
  /** A document that the camera has yet to look at. */
  #unseen: Scenario | null = null
  /** A run has been shown before. */
  #opened = false

  constructor() {
    store.subscribe((state, before) => {
      if (state.scenario !== before.scenario && state.scenario && this.#followed) this.#follow(state.scenario)
      if (state.speed !== before.speed || state.playing !== before.playing) this.#pace()
      if (state.selection !== before.selection) void inspectSelection(this.client, this.view)
      showSettings(this.view, state, before)
      if (state.light !== before.light) this.showLight()
    })
  }

  /** Who draws: told of the city's pack as soon as it is open, and of every new run. */
  connect(view: CityView, onPack: (pack: CityPack, url: string) => void, onRun: (client: SimClient, info: RunInfo) => void): void {
    this.view = view
    this.#onPack = onPack
    this.#onRun = onRun
    if (this.#pack) onPack(this.#pack.pack, this.#pack.url)
    if (this.client?.info) onRun(this.client, this.client.info)
    this.showLight()
    showSettings(view, store.getState())
    view.setClosedLanes(store.getState().closedLanes)
    void this.#frame()
  }

  /** Where packs lie; the worker starts while the document is still being found. */
  configure(options: SessionOptions): void {
    this.#options = options
    this.#opening('city', 0.05)
    this.#spare ??= this.#newClient()
  }

  /** Opens a scenario file of the server and runs it. */
  async openUrl(options: SessionOptions): Promise<void> {
    this.configure(options)
    let text: string
    try {
      const response = await fetch(options.scenarioUrl)
      if (!response.ok) throw new Error(`${options.scenarioUrl}: the server answers ${response.status} ${response.statusText}. Shipped scenarios: ${presetIds.join(', ')}.`)
      text = await response.text()
    } catch (error) {
      return this.#failed([{ code: 'scenario/unreadable', subject: { kind: 'file', id: options.scenarioUrl }, message: String(error instanceof Error ? error.message : error) }])
    }
    await this.openText(text, options.scenarioUrl, options, { kind: 'shipped', url: options.scenarioUrl })
  }

  /** Opens a shipped scenario. */
  async openPreset(id: string): Promise<void> {
    store.setState({ problems: [], phase: 'opening' })
    await this.openUrl({ packsUrl: this.#options?.packsUrl ?? './', scenarioUrl: presetUrl(id) })
  }

  /** Opens a scenario from its text: a file of the planner's, or one of ours; false = it was refused, and why is told. */
  async openText(text: string, source: string, { seed, time }: Pick<SessionOptions, 'seed' | 'time'> = {}, origin: Origin = { kind: 'given' }): Promise<boolean> {
    const parsed = parseScenarioText(text, source)
    if (!parsed.ok) {
      const problems = [...parsed.problems, ...await this.#cityProblems(text)]
      if (!this.client && origin.kind === 'shipped') this.#failed(problems)
      // What is open stays open, and what is being simulated goes on.
      else store.getState().say('bad', i18n.t('scenarios.refused', { name: source, count: problems.length }), problems.slice(0, TOLD).map(({ message }) => message).join(' '))
      return false
    }
    const scenario = seed === undefined ? parsed.value : { ...parsed.value, seed }
    await this.start(scenario, time, origin)
    return true
  }

  /** Runs a document in a new worker, from its first tick or ahead to a second of the day; with its undo history, if it has one. */
  async start(scenario: Scenario, time?: number, origin: Origin = { kind: 'given' }, history?: Pick<AppState, 'undoStack' | 'redoStack'>): Promise<void> {
    this.#stop()
    store.getState().open(scenario, origin, history)
    this.#unseen = scenario
    store.setState({ selection: null, linkReport: null, vehicleReport: null, personReport: null, problems: [], memory: memoryMode(), status: null, info: null, rules: null, trips: [], interventions: [], jams: [] })
    await this.#run(scenario, time)
  }

  /**
   * Runs the same document anew, undo history kept: after the run stopped, or when other persons travel.
   *
   * @param time  second of the day to run ahead to
   */
  async restart(time?: number): Promise<void> {
    const { scenario } = store.getState()
    if (!scenario) return this.#options ? this.openUrl(this.#options) : undefined
    this.#stop()
    // Until a given time is reached, the clock stays where the planner left it.
    store.setState(time === undefined ? { problems: [], status: null } : { problems: [] })
    await this.#run(scenario, time)
  }

  packUrl({ city }: Pick<Scenario, 'city'>): string {
    return `${this.#options?.packsUrl ?? './'}${city}/`
  }

  apply(edit: DocumentEdit): boolean {
    const outcome = store.getState().apply(edit)
    if (!outcome.ok) store.getState().say('bad', i18n.t('edits.refused'), outcome.problems[0]?.message)
    return outcome.ok
  }

  /** Runs ahead to a second of the day, then goes on at the chosen speed. */
  async runTo(time: number): Promise<void> {
    const { client } = this
    if (!client?.info) return
    const { startTime, dt } = client.info
    await client.ask(host => host.runTo(Math.ceil((time - startTime) / dt)))
    this.#pace()
    await this.#measure()
  }

  /** Runs or pauses; a run that has come to its end begins anew. */
  toggle(): void {
    const { playing, status, info } = store.getState()
    store.setState({ playing: !playing })
    if (!playing && status?.finished && info) void this.runTo(info.startTime)
  }

  /** Shows the run as it was at an earlier tick; null = as it stands. Of many wishes that come while one is fulfilled, the last counts. */
  review(tick: number | null): void {
    const { client } = this
    if (!client) return
    const idle = this.#wanted === undefined
    this.#wanted = tick
    if (idle) void this.#fulfil(client)
  }

  async #fulfil(client: SimClient): Promise<void> {
    let done: number | null | undefined
    while (this.#wanted !== done && this.client === client) {
      done = this.#wanted
      const outcome = await client.ask(host => host.review(done ?? null))
      if (outcome.ok && this.client === client) store.setState({ status: outcome.value })
    }
    this.#wanted = undefined
    await this.#measure()
  }

  /** A little back, or on: to the moment before or after while one looks back, else by a second of the run. */
  stepBy(steps: 1 | -1): void {
    const { info, status } = store.getState()
    if (!info || !status) return
    store.setState({ playing: false })
    const { totals: { tick }, reviewing, liveTick } = status
    const to = tick + steps * Math.round((reviewing || steps < 0 ? LOOK : 1) / info.dt)
    if (to < liveTick) this.review(Math.max(0, to))
    else if (reviewing) this.review(null)
    else void this.runTo(info.startTime + to * info.dt)
  }

  /** Light of the map: the simulated hour, or the one the planner chose. */
  showLight(): void {
    this.view.setTimeOfDay(this.secondOfDay())
  }

  /** Second of the day that the light is of: by the clock of the run, or as the planner fixed it. */
  secondOfDay(): number {
    const { light, lightAt, status, info } = store.getState()
    const time = info && status ? info.startTime + status.totals.tick * info.dt : info?.startTime ?? 8 * 3600
    return lightAt ?? (light === 'clock' ? time : lightHours[light])
  }

  async #run(scenario: Scenario, time: number | undefined): Promise<void> {
    const packUrl = this.packUrl(scenario)
    store.setState({ phase: 'opening' })
    this.#opening('city', 0.15)
    const client = this.#spare ?? this.#newClient()
    this.#spare = null
    this.client = client
    const [city, loaded] = await Promise.all([
      this.#openCity(packUrl),
      client.load(scenario, packUrl).then(outcome => { this.#opening('traffic', 0.75); return outcome }),
    ])
    if (this.client !== client || !city) return
    if (!loaded.ok) return this.#failed(loaded.problems)
    const info = loaded.value
    this.#follows(scenario)
    store.setState({ info, changes: info.changes })
    this.#onRun(client, info)
    await this.#warmUp(client, info, time)
    if (this.client !== client) return
    store.setState({ phase: store.getState().phase === 'failed' ? 'failed' : 'running' })
    this.#opened = true
    await this.#measure()
    this.#timer = setInterval(() => void this.#measure(), MEASURE_EVERY)
    void openDistricts(city.pack)
    void openPlaces(city.pack)
  }

  #newClient(): SimClient {
    const client: SimClient = new SimClient(problem => { if (this.client === client) this.#failed([problem]) })
    return client
  }

  async #openCity(url: string): Promise<CityModel | null> {
    try {
      if (this.#pack?.url !== url) {
        this.#pack = { url, pack: await openPackUrl(url) }
        this.#onPack(this.#pack.pack, url)
      }
      if (this.city?.pack !== this.#pack.pack) this.city = await openCityModel(this.#pack.pack)
      this.#opening('scenario', 0.45)
      void this.#frame()
      return this.city
    } catch (error) {
      this.#failed([{ code: 'pack/unreadable', subject: { kind: 'file', id: url }, message: error instanceof Error ? error.message : String(error) }])
      return null
    }
  }

  /** Looks at what the scenario is about, as soon as there are both a view and a city. */
  async #frame(): Promise<void> {
    const { city, view } = this
    const scenario = this.#unseen
    if (!scenario || !city || view === absentView) return
    this.#unseen = null
    if (scenario.edits.length === 0) return
    const { framingOf } = await import('./model/framing')
    const pose = await framingOf(scenario.edits, city).catch(() => null)
    if (!pose) return
    // The first picture is there at once; from then on the camera flies.
    if (this.#opened) view.flyTo(pose)
    else view.lookAt(pose)
  }

  /** What the city lacks of a document that was refused, so that all its problems are told in one go. */
  async #cityProblems(text: string): Promise<readonly Problem[]> {
    const id = cityNamed(text)
    const city = id === null ? null : await this.#openCity(this.packUrl({ city: id }))
    return city ? (await import('./model/cityProblems')).cityProblems(text, city.pack) : []
  }

  async #warmUp(client: SimClient, info: RunInfo, time: number | undefined): Promise<void> {
    /** Nothing is shown yet that the clock could jump away from. */
    const first = store.getState().status === null
    const target = time === undefined ? WARM_UP : Math.max(WARM_UP, time - info.startTime)
    const toTick = Math.min(info.endTick, Math.ceil(target / info.dt))
    this.#ahead = time === undefined ? null : client
    const reached = client.ask(host => host.runTo(toTick)).then(() => {
      if (this.#ahead === client) this.#ahead = null
      if (this.client === client) this.#pace()
      return true
    })
    const within = (wait: number): Promise<boolean> => Promise.race([reached, new Promise<false>(done => setTimeout(done, wait, false))])
    // A slow machine shows what it has and goes on warming up before the planner's eyes.
    if (time === undefined) return void await within(WARM_UP_PATIENCE)
    // Who asked for a time sees how far it is until it is reached. A worker that was let go answers no more.
    while (this.client === client && !await within(MEASURE_EVERY)) {
      void client.status().then(outcome => {
        if (!outcome.ok || this.client !== client) return
        if (first) store.setState({ status: outcome.value })
        this.#showAhead(info, outcome.value.totals.tick, toTick)
      })
    }
  }

  #showAhead({ startTime, dt }: RunInfo, tick: number, toTick: number): void {
    const share = 0.75 + (0.25 * tick) / Math.max(1, toTick)
    store.setState({ opening: { step: 'ahead', share, now: clock(startTime + tick * dt), until: clock(startTime + toTick * dt) } })
  }

  #follow(scenario: Scenario): void {
    const { client } = this
    if (!client) return
    this.#updating = this.#updating.then(async () => {
      const before = this.#followed
      if (this.client !== client) return
      if (before && onlyTexts(before, scenario)) return this.#follows(scenario)
      if (before && !samePersons(before, scenario)) return this.#startAgain(scenario)
      store.setState({ updating: true })
      const outcome = await client.update(scenario)
      store.setState({ updating: false })
      if (!outcome.ok) {
        store.getState().say('bad', i18n.t('edits.refused'), outcome.problems[0]?.message)
        this.#takeBack(scenario)
        return
      }
      this.#follows(scenario)
      store.setState({ changes: outcome.value.changes, status: outcome.value.status })
      this.#announce(outcome.value, before, scenario)
      this.#showClosed()
      await this.#measure()
    })
  }

  /** Other persons travel: the day is simulated again up to now, or the change is taken back. */
  async #startAgain(scenario: Scenario): Promise<void> {
    const time = timeNow()
    await this.restart(time)
    const { phase, problems, say } = store.getState()
    if (problems[0]?.code.startsWith('scenario/')) {
      say('bad', i18n.t('edits.refused'), problems[0].message)
      this.#takeBack(scenario)
      await this.restart(time)
    } else if (phase === 'running') say('good', i18n.t('edits.restarted', { time: clock(timeNow()) }))
  }

  /** Only the city could tell that this change cannot be made: the document goes back to what the run follows. */
  #takeBack(refused: Scenario): void {
    if (store.getState().scenario !== refused) return
    store.getState().undo()
    store.setState({ redoStack: store.getState().redoStack.slice(0, -1) })
  }

  #announce(update: RunUpdate, before: Scenario | null, after: Scenario): void {
    const { say, info } = store.getState()
    for (const { links, km, names } of update.cutOffs) {
      const roads = names.map(name => (this.city ? namePair(this.city.pack, name).name : name)).join(i18n.t('edits.comma'))
      say('bad', i18n.t('edits.cutOff', { count: links, km: km.toFixed(1) }), `${roads}${roads ? '\n' : ''}${i18n.t('edits.cutOffAdvice')}`)
    }
    const taken = (before?.edits ?? []).some(edit => !after.edits.some(({ id }) => id === edit.id))
    if (taken) {
      const seconds = update.replayedTicks * (info?.dt ?? 0.5)
      say('good', seconds > 0 ? i18n.t('edits.undone', { time: `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}` }) : i18n.t('edits.undoneNow'))
    } else if (info) {
      say('good', i18n.t('edits.applied', { time: clock(info.startTime + update.status.totals.tick * info.dt, true) }))
    }
  }

  /** Has the run stand still for one beside it that has fallen behind. */
  wait(waits: boolean): void {
    if (waits === this.#waits) return
    this.#waits = waits
    this.#pace()
  }

  #pace(): void {
    if (this.#ahead && this.#ahead === this.client) return
    const { playing, speed } = store.getState()
    void this.client?.ask(host => host.setSpeed(playing && !this.#waits ? speed : 0))
  }

  /** Reads status and measures of the run into the store. */
  async #measure(): Promise<void> {
    const { client, city } = this
    if (!client?.info) return
    const outcome = await client.status()
    if (this.client !== client || !outcome.ok) return
    const status = outcome.value
    if (status.failure) return this.#failed([status.failure])
    const ended = status.finished && !store.getState().status?.finished
    const newest = client.feed?.newest()
    const slow = this.#measures++ % 4 === 0
    store.setState({
      status,
      ...(ended ? { playing: false } : {}),
      ...(newest ? { speedMean: meanSpeed(newest) } : {}),
      ...(newest && slow && city ? { jams: topJams(city.network, newest, 12) } : {}),
    })
    if (slow && (status.rules || store.getState().rules)) {
      const rules = await client.ask(host => host.ruleLog())
      if (rules.ok && this.client === client) {
        const before = store.getState().rules?.log.length ?? Infinity
        store.setState({ rules: rules.value })
        for (const entry of rules.value?.log.slice(before) ?? []) void import('./model/tellRule').then(({ tellRule }) => tellRule(entry))
      }
    }
    this.#showClosed()
    this.showLight()
    this.view.setRain(rainAt(store.getState().scenario?.edits ?? [], timeNow()))
    await inspectSelection(this.client, this.view)
    if (slow && status.totals.unreachable !== store.getState().trips.length) {
      const trips = await client.ask(host => host.unreachable())
      if (trips.ok && this.client === client) store.setState({ trips: trips.value })
    }
    if (slow && status.totals.interventions !== store.getState().interventions.length) {
      const interventions = await client.ask(host => host.interventions())
      if (interventions.ok && this.client === client) store.setState({ interventions: interventions.value })
    }
  }

  #showClosed(): void {
    const { changes, rules, status } = store.getState()
    const lanes = closedLanesAt(changesInOrder(changes, rules?.changes), status?.totals.tick ?? 0)
    const key = lanes.join()
    if (key === this.#closedKey) return
    this.#closedKey = key
    store.setState({ closedLanes: lanes })
    this.view.setClosedLanes(lanes)
  }

  #opening(step: 'city' | 'scenario' | 'traffic' | 'view', share: number): void {
    if (store.getState().opening.share < share || step === 'city') store.setState({ opening: { step, share } })
  }

  #failed(problems: readonly Problem[]): void {
    clearInterval(this.#timer)
    store.setState({ phase: 'failed', problems })
  }

  #follows(scenario: Scenario | null): void {
    this.#followed = scenario
    store.setState({ followed: scenario })
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.client?.dispose()
    this.client = null
    this.#follows(null)
  }
}

export const session = new Session()

/** A name is nothing to a run. */
function onlyTexts(before: Scenario, after: Scenario): boolean {
  const { name: _, description: __, ...rest } = before
  return (Object.keys(after) as (keyof Scenario)[]).every(key => key === 'name' || key === 'description' || after[key] === before[key])
    && Object.keys(rest).every(key => key in after)
}

/** Present second of the simulated day. */
export function timeNow(): number {
  const { info, status } = store.getState()
  return info ? info.startTime + (status?.totals.tick ?? 0) * info.dt : 0
}
