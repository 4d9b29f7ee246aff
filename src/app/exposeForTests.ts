import { session, store } from '../ui'

/**
 * What browser tests and the screenshot command hold on to: the view, the client of the simulation worker, and the
 * store. Harmless: it can do nothing that the page's own controls cannot.
 */
export interface ExposedApp {
  /** True as soon as the city stands and traffic moves. */
  readonly ready: boolean
  readonly view: typeof session.view
  readonly client: typeof session.client
  readonly session: typeof session
  readonly store: typeof store
}

export function exposeForTests(): void {
  const app: ExposedApp = {
    get ready() { return store.getState().phase === 'running' },
    get view() { return session.view },
    get client() { return session.client },
    session,
    store,
  }
  Object.defineProperty(window, '__pengcheng', { value: app, configurable: true })
}
