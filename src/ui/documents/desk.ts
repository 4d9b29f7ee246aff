import { formatTimeOfDay, secondsOfDay, type Scenario } from '../../scenario'
import { i18n, language } from '../i18n'
import { clock } from '../model/format'
import { session, timeNow, type SessionOptions } from '../session'
import { store } from '../stores/store'
import type { Toast } from '../stores/viewSlice'
import { holdDocument } from './hold'
import { listDocuments, readDocument, removeDocument, writeDocument, type History, type KeptDocument } from './library'
import { derivedName, forkOf } from './names'
import { carriesDocument, lastPlace, rememberPlace } from './place'
import { textOfLink } from './shareLink'

/** ms between two looks at how far the run is, which is kept beside the document. */
const RUN_EVERY = 10_000
/** Simulated seconds that a run moves on before that is written. */
const TIME_MOVED = 30
/** Simulated seconds from the start of a run from which it is worth going on where it was. */
const WORTH_GOING_ON = 300

/** The document that this tab holds and writes. */
interface Held {
  readonly key: string
  release: (() => void) | null
  /** As it was read or written last; null = not yet written. */
  last: { readonly revision: number; readonly history: History } | null
  /** Second of the day of its run that was written last. */
  time: number
}

/**
 * The desk on which documents are opened and kept. Whatever a planner changes is written to the library at once: what
 * came from elsewhere becomes one of the planner's own first. Nothing is written over that another tab has written.
 */
class Desk {
  #held: Held | null = null
  #writing: Promise<void> | null = null
  #again = false
  #failedBefore = false

  constructor() {
    store.subscribe((state, before) => {
      if (state.origin !== before.origin) this.#adopt()
      else if (state.scenario !== before.scenario || state.undoStack !== before.undoStack) this.#changed()
    })
    addEventListener('hashchange', () => { if (carriesDocument(location.hash)) void this.openLink() })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') this.#keepTime() })
    setInterval(() => this.#keepTime(), RUN_EVERY)
    if (store.getState().scenario) {
      this.#adopt()
      if (store.getState().undoStack.length > 0) this.#changed()
    }
  }

  /** Opens what the address carries, or what was open before; false = nothing of the kind. */
  async openAtStart(options: SessionOptions): Promise<boolean> {
    if (carriesDocument(location.hash)) return this.openLink(options)
    const last = lastPlace()
    if (!last) return false
    if ('own' in last.place) return this.openOwn(last.place.own, last.ofThisTab ? 'again' : 'unlessBusy')
    await session.openUrl({ ...options, scenarioUrl: last.place.shipped })
    return true
  }

  /** Opens the document of the address, which is then kept like any other; the address is cleared, so that a reload opens what became of it. */
  async openLink(options: Pick<SessionOptions, 'time'> = {}): Promise<boolean> {
    const text = textOfLink(location.hash)
    history.replaceState(null, '', location.pathname + location.search)
    if (text === null) {
      store.getState().say('bad', i18n.t('documents.linkDamaged'), i18n.t('documents.linkDamagedAdvice'))
      return false
    }
    return session.openText(text, i18n.t('documents.link'), options)
  }

  /**
   * Opens one of the planner's own documents with its history.
   *
   * @param restored  it was open before: offers to go on where its run was; `unlessBusy`: not where another tab has it
   * @returns false = it is not opened; where it cannot be, why is told
   */
  async openOwn(key: string, restored: 'again' | 'unlessBusy' | false = false): Promise<boolean> {
    const { say } = store.getState()
    await this.settled()
    const found = await readDocument(key).catch((error: unknown) => this.#unreadable(error))
    if (!found) {
      if (found === null) say('bad', i18n.t('documents.gone'))
      return false
    }
    if (!found.ok) {
      say('bad', i18n.t('documents.damaged'), `${found.problems[0]!.message} ${i18n.t('documents.damagedAdvice')}`)
      return false
    }
    const { kept, scenario, undoStack, redoStack, historyLost } = found.value
    const name = kept.name[language()]
    const release = this.#held?.key === key ? this.#held.release : await holdDocument(key, () => this.#lost(key))
    if (!release && restored === 'unlessBusy') {
      say('info', i18n.t('documents.elsewhere', { name }), i18n.t('documents.notOpenedHere'), this.#workHere(key))
      return false
    }
    if (release) this.#hold({ key, release, last: { revision: kept.revision, history: { undoStack, redoStack } }, time: kept.time ?? 0 })
    const opening = session.start(scenario, undefined, release ? { kind: 'own', key } : { kind: 'elsewhere', key }, { undoStack, redoStack })
    if (!release) say('info', i18n.t('documents.elsewhere', { name }), i18n.t('documents.elsewhereNote'), this.#workHere(key))
    if (historyLost) say('bad', i18n.t('documents.historyLost', { name }))
    void opening.then(() => { if (restored && release) this.#offerRun(kept, scenario) })
    return true
  }

  /** The choice of who has a document open that another tab works on. */
  #workHere(key: string): Toast['action'] & object {
    return { text: i18n.t('documents.workHere'), act: () => void this.takeOver(key), stays: true }
  }

  /** Goes on with a document here that another tab has open; that tab goes on with a copy as soon as something is changed in it. */
  async takeOver(key: string): Promise<void> {
    await this.settled()
    const release = await holdDocument(key, () => this.#lost(key), true)
    this.#hold({ key, release, last: null, time: 0 })
    await this.openOwn(key)
  }

  /** Another tab has taken the open document over: what is changed here is no longer written to it. */
  #lost(key: string): void {
    const { scenario, say } = store.getState()
    if (this.#held?.key !== key) return
    this.#held = null
    store.setState({ origin: { kind: 'elsewhere', key } })
    say('info', i18n.t('documents.taken', { name: scenario?.name[language()] }), i18n.t('documents.elsewhereNote'), this.#workHere(key))
  }

  /** A document of the default city without any change, open under a name. */
  async create(name: string): Promise<void> {
    const { scenario } = store.getState()
    const { city, window, seed, demand } = scenario ?? { city: 'shenzhen', window: { start: '07:00', end: '09:00' }, seed: 1, demand: { scale: 1, rerouteShare: 0.3 } }
    await this.settled()
    await session.start({ format: 'pengcheng-scenario', version: 1, id: newId(), name: { zh: name, en: name }, city, window, seed, demand, edits: [] }, undefined, { kind: 'given' })
  }

  /** Goes on with a copy of the open document under another name; the run goes on as well. */
  async saveAs(name: string): Promise<void> {
    await this.settled()
    this.#fork({ zh: name, en: name })
    await this.settled()
    if (store.getState().keeping === 'saved') store.getState().say('good', i18n.t('documents.savedAs', { name }))
  }

  /** Writes the open document now, also one that is as it was shipped. */
  async save(): Promise<void> {
    const { origin, scenario } = store.getState()
    if (origin.kind === 'own') this.#changed()
    else if (scenario) this.#fork(await this.#derived(scenario.name, origin.kind === 'elsewhere' ? 'copy' : 'version'))
    await this.settled()
    if (store.getState().keeping === 'saved') store.getState().say('good', i18n.t('documents.saved', { name: store.getState().scenario?.name[language()] }))
  }

  async duplicate(key: string): Promise<void> {
    const found = await readDocument(key)
    if (!found?.ok) return
    const { scenario, undoStack, redoStack } = found.value
    const name = await this.#derived(scenario.name, 'copy')
    await writeDocument(newId(), { scenario: { ...scenario, name }, undoStack, redoStack, time: null }, null)
  }

  /** Renames a document: the open one as a change that can be undone. */
  async rename(key: string, name: string): Promise<void> {
    const { origin, scenario } = store.getState()
    if (scenario && (origin.kind === 'own' || origin.kind === 'elsewhere') && origin.key === key) {
      session.apply({ kind: 'setText', name: { zh: name, en: name }, description: scenario.description ?? null })
      return this.settled()
    }
    const release = await holdDocument(key)
    if (!release) return store.getState().say('bad', i18n.t('documents.busy'))
    const found = await readDocument(key)
    if (found?.ok) {
      const { kept, scenario: other, undoStack, redoStack } = found.value
      const history = { undoStack, redoStack }
      await writeDocument(key, { ...history, scenario: { ...other, name: { zh: name, en: name } }, time: kept.time }, { revision: kept.revision, history })
    }
    release()
  }

  /** Removes a document; the notice puts it back. */
  async remove({ key, name }: KeptDocument): Promise<void> {
    const { origin, say } = store.getState()
    const open = origin.kind === 'own' && origin.key === key
    const release = open ? this.#held!.release : await holdDocument(key)
    if (!release) return say('bad', i18n.t('documents.busy'))
    await this.settled()
    if (open) await session.openPreset('morning-peak')
    const putBack = await removeDocument(key)
    release()
    say('info', i18n.t('documents.removed', { name: name[language()] }), undefined, {
      text: i18n.t('top.undo'), act: () => void putBack().then(() => (open ? this.openOwn(key) : undefined)),
    })
  }

  /** Settles when what was changed is written. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  #hold(held: Held | null): void {
    if (this.#held?.key !== held?.key) this.#held?.release?.()
    this.#held = held
  }

  /** Another document was opened. */
  #adopt(): void {
    const { origin, scenario } = store.getState()
    if (!scenario) return
    switch (origin.kind) {
      case 'own': return rememberPlace({ own: origin.key })
      case 'given': return this.#fork(scenario.name)
      case 'shipped': this.#hold(null); return rememberPlace({ shipped: origin.url })
      case 'elsewhere': return this.#hold(null)
    }
  }

  #changed(): void {
    const { origin, scenario } = store.getState()
    if (!scenario) return
    if (origin.kind === 'own') { this.#write(); return }
    this.#fork(scenario.name)
    // The name waits for a look at those that are taken; the change is safe by then.
    const held = this.#held
    void this.#derived(scenario.name, origin.kind === 'elsewhere' ? 'copy' : 'version').then(name => { if (this.#held === held) this.#rename(name) })
    if (origin.kind === 'elsewhere') store.getState().say('info', i18n.t('documents.becameCopy'))
  }

  #rename(name: Scenario['name']): void {
    const { scenario } = store.getState()
    if (scenario) store.setState({ scenario: { ...scenario, name } })
  }

  async #derived(name: Scenario['name'], mark: 'version' | 'copy'): Promise<Scenario['name']> {
    const taken = await listDocuments().catch(() => [])
    return derivedName(name, mark, taken.map(document => document.name))
  }

  /** From here on the open document is one of the planner's own, under a key of its own. */
  #fork(name: Scenario['name']): void {
    const { scenario, origin } = store.getState()
    if (!scenario) return
    const held: Held = { key: newId(), release: null, last: null, time: 0 }
    this.#hold(held)
    void holdDocument(held.key, () => this.#lost(held.key)).then(release => { if (this.#held === held) held.release = release; else release?.() })
    store.setState({ scenario: forkOf(scenario, name, origin), origin: { kind: 'own', key: held.key } })
    this.#write()
  }

  #keepTime(): void {
    const { origin, info } = store.getState()
    if (origin.kind === 'own' && info && this.#held && Math.abs(timeNow() - this.#held.time) > TIME_MOVED) this.#write()
  }

  /** Writes what is open; a change while it is being written is written after. */
  #write(): void {
    this.#again = true
    this.#writing ??= this.#writeAll().finally(() => { this.#writing = null })
  }

  async #writeAll(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const held = this.#held
      const { scenario, origin, undoStack, redoStack, info } = store.getState()
      if (!held || !scenario || origin.kind !== 'own' || origin.key !== held.key) continue
      const history = { undoStack, redoStack }
      const time = info ? timeNow() : null
      held.time = time ?? held.time
      store.setState({ keeping: 'saving' })
      try {
        const kept = await writeDocument(held.key, { scenario, ...history, time }, held.last)
        if (this.#held !== held) continue
        if (kept) {
          held.last = { revision: kept.revision, history }
          this.#failedBefore = false
          store.setState({ keeping: 'saved' })
        } else {
          // Overtaken by another tab: its document stays as it is, and this one goes on as a copy.
          this.#fork(await this.#derived(scenario.name, 'copy'))
          store.getState().say('info', i18n.t('documents.becameCopy'))
        }
      } catch (error) {
        this.#unreadable(error)
      }
    }
  }

  #unreadable(error: unknown): undefined {
    store.setState({ keeping: 'failed' })
    if (this.#failedBefore) return
    this.#failedBefore = true
    const newer = error instanceof DOMException && error.name === 'VersionError'
    const full = error instanceof DOMException && error.name === 'QuotaExceededError'
    store.getState().say('bad', i18n.t('documents.notKept'), `${i18n.t(newer ? 'documents.newer' : full ? 'documents.full' : 'documents.closed')} ${newer || full ? '' : String(error)}`.trim())
  }

  /** Where the run was when the page went: it can go on there. */
  #offerRun({ time, name, changes }: KeptDocument, { window }: Scenario): void {
    const start = secondsOfDay(window.start)!
    const worth = time !== null && time - start > WORTH_GOING_ON && time <= secondsOfDay(window.end)!
    const text = i18n.t('documents.restored', { name: name[language()], count: changes })
    if (worth) store.getState().say('info', text, i18n.t('documents.reached', { time: clock(time) }), { text: i18n.t('run.runTo', { time: clock(time) }), act: () => void session.runTo(secondsOfDay(formatTimeOfDay(Math.floor(time)))!) })
    else store.getState().say('info', text)
  }
}

/** A name that no other document has; also a sound id of a scenario. */
const newId = (): string => `plan-${Date.now().toString(36)}-${Math.floor(Math.random() * 0xffffffff).toString(36)}`

export const desk = new Desk()
