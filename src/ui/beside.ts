import { baselineOf, usualBaseline } from '../analysis'
import type { Scenario } from '../scenario'
import { samePersons, SimClient } from '../workers'
import { i18n } from './i18n'
import { closedLanesAt } from './model/closures'
import { session } from './session'
import { nothingBeside, type BesideState } from './stores/beside'
import { store } from './stores/store'

/** ms between two looks at how far both runs have come. */
const LOOK_EVERY = 250
/** Simulated seconds by which one run may be ahead of the other before it waits, or is simulated on at full speed. */
const APART = 2
/** Simulated seconds from which the run that is looked at waits for the one beside, or that one begins anew from earlier. */
const FAR_APART = 20

/** Runs the document without its changes in a worker of its own, and keeps it at the moment that the map shows. */
class Beside {
  #client: SimClient | null = null
  #runs: Scenario | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #wasReviewing = false

  constructor() {
    store.subscribe((state, before) => {
      if (this.#client && (state.beside.mode !== before.beside.mode || state.beside.at !== before.beside.at)) this.#divide()
    })
  }

  /** Puts the run without the changes of the document beside the one with them. */
  async open(): Promise<void> {
    this.close()
    const { followed } = store.getState()
    const main = session.client
    if (!followed || !main) return
    const baseline = baselineOf(followed, usualBaseline(followed))
    const client: SimClient = new SimClient(problem => { if (this.#client === client) this.#failed(problem.message) })
    this.#client = client
    store.getState().showOwnTraffic()
    this.#runs = baseline
    show({ phase: 'loading', tick: -1 })
    const loaded = await client.load(baseline, session.packUrl(baseline))
    if (this.#client !== client) return
    if (!loaded.ok) return this.#failed(loaded.problems.map(({ message }) => message).join(' '))
    show({ phase: 'ahead', tick: 0 })
    await session.view.setBeside(client.feed)
    if (this.#client !== client) return
    this.#divide()
    await this.#keepUp(client, main)
  }

  close(): void {
    clearTimeout(this.#timer)
    if (!this.#client) return
    this.#client.dispose()
    this.#client = this.#runs = null
    void session.view.setBeside(null)
    session.view.divide(null)
    session.wait(false)
    show({ phase: 'off', tick: -1 })
  }

  toggle(): void {
    if (this.#client) this.close()
    else void this.open()
  }

  #failed(message: string): void {
    this.close()
    store.getState().say('bad', i18n.t('beside.failed'), message)
  }

  #divide(): void {
    const { mode, at } = store.getState().beside
    session.view.divide({ mode, at })
  }

  /** Again and again: brings the run beside to the moment that is shown. */
  async #keepUp(client: SimClient, main: SimClient): Promise<void> {
    if (this.#client !== client) return
    // Another run is looked at: what stood beside the last one says nothing about it.
    if (session.client !== main) return this.close()
    const { followed, status, info } = store.getState()
    if (followed && info && status && !await this.#follows(client, followed)) return
    if (info && status && this.#client === client) await this.#meet(client, info.dt)
    if (this.#client !== client) return
    this.#timer = setTimeout(() => void this.#keepUp(client, main), LOOK_EVERY)
  }

  /** Changes that the baseline keeps, such as events, are taken over; false = it was begun anew. */
  async #follows(client: SimClient, followed: Scenario): Promise<boolean> {
    const baseline = baselineOf(followed, usualBaseline(followed))
    if (JSON.stringify(baseline) === JSON.stringify(this.#runs)) return true
    if (!samePersons(this.#runs!, baseline)) {
      void this.open()
      return false
    }
    this.#runs = baseline
    const outcome = await client.update(baseline)
    if (this.#client === client && !outcome.ok) this.#failed(outcome.problems.map(({ message }) => message).join(' '))
    return outcome.ok
  }

  async #meet(client: SimClient, dt: number): Promise<void> {
    const answer = await client.status()
    if (!answer.ok || this.#client !== client) return
    const { status, speed, playing, updating } = store.getState()
    if (!status) return
    const own = answer.value
    const { totals: { tick }, liveTick, reviewing } = status
    show({ tick: own.totals.tick })
    session.view.setClosedBeside(closedLanesAt(client.info!.changes, own.totals.tick))
    if (updating) return
    if (reviewing || this.#wasReviewing) {
      this.#wasReviewing = reviewing
      if (own.liveTick >= tick) return void await client.ask(host => host.review(reviewing ? tick : null))
    }
    const behind = (liveTick - own.liveTick) * dt
    const { phase } = store.getState().beside
    if (behind > APART || behind < -FAR_APART) {
      session.wait(Math.abs(behind) > FAR_APART)
      await Promise.race([client.ask(host => host.runTo(liveTick)), new Promise(done => setTimeout(done, LOOK_EVERY))])
      return
    }
    if (phase !== 'on') show({ phase: 'on' })
    session.wait(false)
    await client.ask(host => host.setSpeed(playing && !reviewing && behind > -APART ? speed : 0))
  }
}

function show(part: Partial<BesideState>): void {
  store.setState({ beside: { ...store.getState().beside, ...(part.phase === 'off' ? { ...nothingBeside, mode: store.getState().beside.mode } : {}), ...part } })
}

export const beside = new Beside()
