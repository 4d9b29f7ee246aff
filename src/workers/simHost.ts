import { openPackUrl, type CityPack } from '../city'
import { compileScenario, cutOffs, loadScenarioCity, networkChanges, ruleSource, secondsOfDay, type CompiledScenario, type CutOff, type Scenario } from '../scenario'
import {
  createCrew, createWorld, followChanges, isShared, peopleEngine, restoreWorld, ruleEngine, saveWorld, scheduleChanges, snapshotLayout,
  stateHash, step, totals, writeSnapshot,
  type Crew, type HelperPort, type NetworkChange, type Outcome, type Problem, type World, type WorldInput,
} from '../sim'
import { Checkpoints } from './checkpoints'
import { planUpdate, samePersons, type JoinTicks } from './editPlan'
import { planRules, sameDepartures, sameRules, type RuleJoinTicks } from './rulePlan'
import { joinLines, planGround, sameGround } from './groundPlan'
import { History, type MomentReports } from './history/history'
import { Review } from './history/review'
import { Pacer } from './pacer'
import { problemOf } from './problemOf'
import type { LoadRequest, RunInfo, RunStatus, RunUpdate, SimHost } from './protocol'
import { ringBytes, ringSink, transferSink, type SnapshotSink } from './snapshotRing'

/** What the host needs from its surroundings, so that the same host runs in a worker and in a test. */
export interface HostEnvironment {
  /** Seconds of a steady clock. */
  now(): number
  /** Lets waiting messages in; `seconds` is how long there is nothing to do. */
  pause(seconds: number): Promise<void>
  openPack?(url: string): Promise<CityPack>
  /** Logical processors. */
  readonly cores?: number
  /** Starts a thread that serves a crew, and moves `crowds` too; absent = there can be none. */
  startHelper?(crowds: boolean): StartedHelper
}

/** A helper, and when it began to listen. */
export interface StartedHelper extends HelperPort { readonly listens: Promise<void> }

/** Threads for vehicles and crowds by default: the page, the picture and the browser need some too. */
const threadsFor = (cores: number): number => (cores >= 8 ? 4 : cores >= 4 ? 2 : 1)

/** Wall seconds of simulation between two looks at the message queue. */
const SLICE = 0.012
/** Wall seconds between two snapshots: 20 Hz, the rate the renderer interpolates from. */
const PUBLISH_EVERY = 0.045
/** Simulated seconds between two regular checkpoints. */
const CHECKPOINT_EVERY = 900

/** One run, everything that changes when it is loaded anew. */
interface Run {
  scenario: Scenario
  pack: CityPack
  input: WorldInput
  world: World
  sink: SnapshotSink
  pacer: Pacer
  checkpoints: Checkpoints
  history: History
  /** Set while an earlier moment is shown and the run stands still. */
  review: Review | null
  joined: JoinTicks
  rulesJoined: RuleJoinTicks
  endTick: number
}

/** The simulation host: receives, calls `sim`, sends back. It runs by itself and looks for messages between slices. */
export function createSimHost(environment: HostEnvironment): SimHost {
  const { now, pause, openPack = openPackUrl, cores = 1, startHelper } = environment
  let helpers: StartedHelper[] = []
  let helpCrowds = false
  let crew: Crew | null = null
  let run: Run | null = null
  let port: MessagePort | null = null
  let looping = false
  /** Mutating calls in progress; the loop stands still while there is one. */
  let locks = 0
  let queue: Promise<unknown> = Promise.resolve()
  let runToTick: number | null = null
  let waiters: { tick: number; done: () => void }[] = []
  let replay: RunStatus['replay'] = null
  let failure: Problem | null = null
  let publishedAt = -1
  let hash = { tick: -1, text: '' }

  const loaded = (): Run => {
    if (!run) throw new Error('no run is loaded')
    return run
  }

  /** Has so many threads drive, and move `crowds` if there are any, from when they all listen; until then, and if they cannot be had, this one does it alone. */
  function startCrew(threads: number, crowds: boolean): void {
    if (helpers.length === threads - 1 && (helpCrowds || !crowds)) return
    stopCrew()
    if (!startHelper || threads < 2) return
    const started = Array.from({ length: threads - 1 }, () => startHelper(crowds))
    helpCrowds = crowds
    helpers = started
    Promise.all(started.map(({ listens }) => listens)).then(() => {
      if (helpers === started) crew = createCrew(started, cores)
    }, stopCrew)
  }

  function stopCrew(): void {
    if (crew) crew.close()
    else for (const helper of helpers) helper.close()
    crew = null
    helpers = []
  }

  /** One mutating call after the other, with the loop at rest. */
  function exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(async () => {
      locks += 1
      try { return await work() } finally { locks -= 1; void loop() }
    })
    queue = result.catch(() => undefined)
    return result
  }

  function publish(current: Run): void {
    current.sink.publish(snapshot => writeSnapshot(current.world, snapshot))
    publishedAt = now()
  }

  const peopleNow = ({ world, input }: Run): MomentReports['people'] => world.people && peopleEngine().report(world.people, input.dt)
  const reportsNow = (current: Run): MomentReports => ({ totals: { ...totals(current.world) }, people: peopleNow(current) })

  /** Shows the run again as it stands. */
  function endReview(current: Run): void {
    if (!current.review) return
    current.review = null
    publish(current)
  }

  /** Looks back from an earlier tick on; as early as there is something to see. */
  async function lookBack(current: Run, tick: number): Promise<void> {
    const { history, sink, world } = current
    const from = Math.max(tick, history.firstTick)
    if (from < 0 || from >= world.tick) return endReview(current)
    current.review ??= new Review(history, sink)
    await current.review.goTo(from)
  }

  /** Goes on looking back, until it has caught up with the run. */
  async function playReview(current: Run, review: Review, due: number): Promise<void> {
    const ticks = Math.min(due, current.history.every)
    const next = review.clock + ticks
    current.pacer.ran(ticks, next, now())
    if (next >= current.world.tick) endReview(current)
    else await review.goTo(next)
  }

  /** Over shared memory where there are threads to share it with. */
  const makeWorld = (input: WorldInput, saved?: ArrayBuffer): World =>
    (saved ? restoreWorld(input, saved, helpers.length > 0) : createWorld(input, helpers.length > 0))

  /** Ticks until `limit`, at most one slice of wall time; returns those done. */
  function runSlice(current: Run, limit: number): number {
    const { world, checkpoints, history } = current
    const until = now() + SLICE
    const first = world.tick
    const every = Math.round(CHECKPOINT_EVERY / current.input.dt)
    while (world.tick < limit) {
      if (world.tick % every === 0) checkpoints.add({ tick: world.tick, saved: saveWorld(world) }, false)
      if (crew && isShared(world.counts)) crew.step(world)
      else step(world)
      if (history.wants(world.tick)) history.add(world.tick, snapshot => writeSnapshot(world, snapshot), { ...totals(world) }, () => peopleNow(current))
      if (now() >= until) break
    }
    return world.tick - first
  }

  async function loop(): Promise<void> {
    if (looping) return
    looping = true
    try {
      for (;;) {
        const current = run
        if (!current || failure || locks > 0) break
        const { pacer, world } = current
        const target = Math.min(current.endTick, runToTick ?? Infinity)
        const wall = now()
        const due = runToTick === null ? pacer.due(wall) : Infinity
        if (current.review) {
          if (due > 0) await playReview(current, current.review, due)
        } else if (world.tick >= target) settle(current)
        else if (due > 0) {
          const ticks = runSlice(current, Math.min(target, world.tick + due))
          pacer.ran(ticks, world.tick, now())
          if (now() - publishedAt >= PUBLISH_EVERY || world.tick >= target) publish(current)
        }
        if (pacer.speed === 0 && runToTick === null) break
        await pause(current.review ? PUBLISH_EVERY : due > 0 ? 0 : Math.min(0.05, pacer.untilNext()))
      }
    } catch (error) {
      failure = problemOf(error, 'run/stopped')
      stopCrew()
      release(Infinity)
    } finally {
      looping = false
    }
  }

  /** The target is reached: rest there. */
  function settle(current: Run): void {
    current.pacer.setSpeed(0, now())
    runToTick = null
    publish(current)
    release(current.world.tick)
  }

  function release(tick: number): void {
    const ready = waiters.filter(waiter => waiter.tick <= tick)
    waiters = waiters.filter(waiter => waiter.tick > tick)
    for (const { done } of ready) done()
  }

  async function compile(scenario: Scenario, pack: CityPack): Promise<Outcome<CompiledScenario>> {
    try {
      return await compileScenario(scenario, pack)
    } catch (error) {
      return { ok: false, problems: [problemOf(error, 'scenario/not-compiled')] }
    }
  }

  /** The quick half of compiling: an edit of the network leaves all trips as they are. */
  async function changesOnly({ pack, input, scenario: before }: Run, scenario: Scenario): Promise<Outcome<{ changes: readonly NetworkChange[]; cutOffs: readonly CutOff[] }>> {
    const clock = { start: input.startTime, end: secondsOfDay(scenario.window.end)!, dt: input.dt }
    const city = await loadScenarioCity(pack)
    const { changes, applied, problems } = networkChanges(scenario, city, clock)
    if (problems.length > 0) return { ok: false, problems }
    const fresh = new Set(scenario.edits.filter(edit => !before.edits.some(old => JSON.stringify(old) === JSON.stringify(edit))).map(({ id }) => id))
    return { ok: true, value: { changes, cutOffs: cutOffs(scenario, city, applied, fresh) } }
  }

  function statusNow(): RunStatus {
    const current = loaded()
    const { world, pacer, endTick, review, history } = current
    const resting = ((pacer.speed === 0 && runToTick === null) || failure !== null) && !review
    if (resting && hash.tick !== world.tick) hash = { tick: world.tick, text: stateHash(world) }
    return {
      ...(review?.reports ?? reportsNow(current)), stateHash: resting && !replay ? hash.text : '', speedFactor: pacer.speed,
      rules: world.rules !== null, threads: crew?.threads ?? 1, realTimeFactor: pacer.realTimeFactor(), finished: world.tick >= endTick && !review, replay, failure,
      liveTick: world.tick, reviewing: review !== null, recordedFrom: history.firstTick,
    }
  }

  /** Simulates up to `tick` again, letting messages in. */
  async function replayTo(current: Run, tick: number): Promise<number> {
    const from = current.world.tick
    replay = { fromTick: from, toTick: tick }
    try {
      while (current.world.tick < tick) {
        runSlice(current, tick)
        if (now() - publishedAt >= PUBLISH_EVERY) publish(current)
        await pause(0)
      }
    } finally {
      replay = null
    }
    return tick - from
  }

  /** The same run at an earlier tick: from the state saved last before it, simulated again up to it. */
  async function goBack(current: Run, tick: number): Promise<void> {
    const { input, checkpoints, history } = current
    runToTick = null
    release(Infinity)
    current.pacer.setSpeed(0, now())
    history.dropAfter(tick)
    const checkpoint = checkpoints.before(tick)
    current.world = makeWorld(input, checkpoint?.saved)
    followChanges(current.world, input.changes)
    await replayTo(current, tick)
    hash.tick = -1
    publish(current)
  }

  async function follow(current: Run, scenario: Scenario): Promise<Outcome<RunUpdate>> {
    const compiled = samePersons(current.scenario, scenario) && sameGround(current.scenario, scenario) && sameRules(current.scenario, scenario)
      ? await changesOnly(current, scenario) : await compile(scenario, current.pack)
    if (!compiled.ok) return compiled
    endReview(current)
    const { world, checkpoints, history } = current
    const tick = world.tick
    const plan = planUpdate(current.scenario, scenario, current.input.changes, compiled.value.changes, current.joined, tick)
    const base = 'trips' in compiled.value ? compiled.value : current.input
    const { crowd } = base.people ?? {}
    const ground = crowd && base !== current.input ? planGround(current.input.people?.crowd.changes ?? [], crowd.changes, plan.joined, tick, Math.round(base.dt / crowd.dt)) : null
    const log = world.rules ? ruleEngine().report(world, world.rules).log : []
    const ruled = planRules(current.scenario, scenario, current.input.rules ?? [], base.rules ?? [], log, current.rulesJoined, tick, base.dt)
    // With other trains to spare the tables of a saved state are of another size.
    const again = plan.kind === 'restart' || !sameDepartures(current.input.people?.transit, base.people?.transit)
    let replayedTicks = 0
    if (plan.kind === 'schedule' && base === current.input) {
      if (plan.added.length > 0) {
        checkpoints.add({ tick, saved: saveWorld(world) }, true)
        scheduleChanges(world, [...plan.added])
      }
      current.input = { ...current.input, changes: plan.changes }
    } else {
      current.input = { ...base, changes: plan.changes, ...(ruled.rules.length > 0 ? { rules: ruled.rules } : {}), ...(ground ? { people: { ...base.people!, crowd: { ...crowd!, changes: ground.changes }, countLines: joinLines(base.people!.countLines ?? [], plan.joined, base.dt) } } : {}) }
      const fromTick = Math.min(plan.fromTick, ground?.fromTick ?? tick, ruled.fromTick)
      const checkpoint = again ? undefined
        : fromTick >= tick ? { tick, saved: saveWorld(world) } : checkpoints.before(fromTick)
      startCrew(helpers.length + 1, current.input.people !== undefined)
      current.world = makeWorld(current.input, checkpoint?.saved)
      // A saved world brings the changes that it was made with, and those of its rules; up to its tick they are the same ones.
      followChanges(current.world, plan.changes)
      checkpoints.dropAfter(again ? -1 : current.world.tick)
      history.dropAfter(current.world.tick)
      if (checkpoint && checkpoint.tick === tick) checkpoints.add(checkpoint, true)
      replayedTicks = await replayTo(current, tick)
    }
    current.scenario = scenario
    current.joined = plan.joined
    current.rulesJoined = ruled.joined
    hash.tick = -1
    publish(current)
    return { ok: true, value: { status: statusNow(), changes: plan.changes, replayedTicks, cutOffs: 'cutOffs' in compiled.value ? compiled.value.cutOffs : [] } }
  }

  return {
    async connectSnapshots(snapshotPort) { port = snapshotPort },

    load: (request: LoadRequest) => exclusive(async (): Promise<Outcome<RunInfo>> => {
      let pack: CityPack
      try {
        pack = await openPack(request.cityUrl)
      } catch (error) {
        return { ok: false, problems: [problemOf(error, 'pack/unreadable')] }
      }
      const compiled = await compile(request.scenario, pack)
      if (!compiled.ok) return compiled
      const input = compiled.value
      try {
        startCrew(request.shared ? request.threads ?? threadsFor(cores) : 1, input.people !== undefined)
        const world = makeWorld(input)
        const layout = snapshotLayout(world)
        const ring = request.shared ? new SharedArrayBuffer(ringBytes(layout)) : undefined
        if (!ring && !port) throw new Error('no port for snapshots: call connectSnapshots first')
        const pacer = new Pacer(input.dt)
        run = {
          scenario: request.scenario, pack, input, world, pacer, endTick: input.endTick, checkpoints: new Checkpoints(), history: new History(layout, input.dt), review: null,
          sink: ring ? ringSink(layout, ring) : transferSink(layout, port!),
          joined: new Map(request.scenario.edits.map(edit => [edit.id, 0])), rulesJoined: new Map(),
        }
        failure = null
        runToTick = null
        hash.tick = -1
        publish(run)
        return { ok: true, value: {
          layout, dt: input.dt, startTime: input.startTime, endTick: input.endTick, trips: input.trips.rows,
          ...(ring ? { ring } : {}), changes: input.changes,
        } }
      } catch (error) {
        return { ok: false, problems: [problemOf(error, 'run/not-started')] }
      }
    }),

    async setSpeed(factor) {
      loaded().pacer.setSpeed(factor, now())
      if (factor === 0) { runToTick = null; release(Infinity) }
      void loop()
    },

    async runTo(tick) {
      const { world, endTick } = loaded()
      await exclusive(async () => endReview(loaded()))
      const target = Math.max(0, Math.min(tick, endTick))
      if (target < world.tick) await exclusive(() => goBack(loaded(), target))
      if (world.tick < target && !failure) {
        runToTick = target
        const reached = new Promise<void>(done => waiters.push({ tick: target, done }))
        void loop()
        await reached
      }
      return statusNow()
    },

    review: tick => exclusive(async () => {
      const current = loaded()
      if (tick === null) endReview(current)
      else await lookBack(current, Math.floor(tick))
      return statusNow()
    }),

    update: scenario => exclusive(async () => {
      try {
        return await follow(loaded(), scenario)
      } catch (error) {
        failure = problemOf(error, 'run/stopped')
        return { ok: false, problems: [failure] }
      }
    }),

    async status() { return statusNow() },
    async stateHash() { return stateHash(loaded().world) },

    async inspectLink(link) {
      const { linkNow } = await import('./answers'), { world, review } = loaded()
      return linkNow(world, link, review?.picture)
    },
    async inspectVehicle(slot) { const { vehicleNow } = await import('./answers'), { world, review } = loaded(); return review ? null : vehicleNow(world, slot) },
    async inspectPerson(slot) {
      const { world, review } = loaded()
      return world.people && !review ? peopleEngine().person(world, world.people, slot) : null
    },
    async findNumber(id) { return (await import('./answers')).numberNow(loaded().world, id) },
    async ruleLog() {
      const { world } = loaded()
      return world.rules && { ...ruleEngine().report(world, world.rules), changes: world.changes.filter(({ source }) => world.rules!.rules.some(({ id }) => source === ruleSource(id))) }
    },
    async unreachable() { return (await import('./answers')).unreachable(loaded().world) },
    async conflicts(scenario) { const { pack, input } = loaded(); return (await import('./answers')).conflictsOf(scenario, pack, input.dt) },
    async interventions() { return (await import('./answers')).interventions(loaded().world) },
    async demandNow() { const { demandNow } = await import('./answers'), { world, scenario } = loaded(); return demandNow(world, scenario) },
    async jams(links) { return (await import('./answers')).jams(loaded().world, links) },
    async routes(question) { return (await import('./answers')).routes(loaded().world, question) },
    async signalAdvice(program, masks) { return (await import('./signalAdvice')).signalAdvice(loaded().world, program, masks) },
    async recorded() { return loaded().history.totals() },
    async peopleByMinute() { return peopleNow(loaded())?.placesByMinute ?? null },
    exportRun: () => exclusive(async () => {
      const { scenario, pack, input, world } = loaded()
      const { zipRun } = await import('./exportRun')
      return zipRun({ scenario, manifest: pack.manifest, city: await loadScenarioCity(pack), input, world })
    }),
  }
}
