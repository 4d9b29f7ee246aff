import type { CityView as RenderView, GlobeView } from '../render'
import { snapshotBytes, viewSnapshot, type SnapshotLayout } from '../sim'
import { session, store } from '../ui'

/**
 * What browser tests and the screenshot command hold on to, as `window.__pengcheng`. Harmless: it can do nothing that
 * the page's own controls cannot.
 */
export interface ExposedApp {
  /** True as soon as the whole city stands and traffic moves. */
  readonly ready: boolean
  /** What panels ask of the map: flights, colours, highlights. */
  readonly view: typeof session.view
  /** The render core: camera, statistics of frames. */
  readonly render: RenderView | null
  /** The globe while it is open. */
  readonly globe: GlobeView | null
  /** The page's end of the simulation worker. */
  readonly client: typeof session.client
  readonly session: typeof session
  readonly store: typeof store
  /** ms since the navigation began; 0 = not yet. */
  readonly timings: { firstFrame: number; interactive: number; complete: number }
  /** Names of the fixed views, and a jump to one of them at a second of the day. */
  readonly poses: readonly string[]
  showPose(name: string, seconds: number): void
  /** Puts made-up vehicles on the lanes instead of the run's, all moving, twenty times a second: for measuring frames. */
  drive(fleet: { readonly vehicles: number; readonly lanes: number; readonly layout: SnapshotLayout }): { stop(): void }
}

export const timings = { firstFrame: 0, interactive: 0, complete: 0 }
let render: RenderView | null = null
let globe: GlobeView | null = null
let poses: readonly { readonly name: string; readonly pose: Parameters<RenderView['flyTo']>[0] }[] = []

/** Tells the exposed object of the view as soon as there is one. */
export function exposeView(view: RenderView, named: typeof poses): void {
  render = view
  poses = named
}

export function exposeGlobe(view: GlobeView | null): void { globe = view }

export function exposeForTests(): void {
  const app: ExposedApp = {
    get ready() { return store.getState().phase === 'running' && timings.complete > 0 },
    get view() { return session.view },
    get render() { return render },
    get globe() { return globe },
    get client() { return session.client },
    session,
    store,
    timings,
    get poses() { return poses.map(({ name }) => name) },
    showPose(name, seconds) {
      const found = poses.find(pose => pose.name === name)
      if (!found || !render) throw new Error(`no view "${name}"`)
      store.setState({ playing: false, lightAt: seconds })
      session.showLight()
      render.flyTo(found.pose, false)
    },
    drive,
  }
  Object.defineProperty(window, '__pengcheng', { value: app, configurable: true })
  store.subscribe(({ phase, cityVisible }) => {
    if (timings.interactive === 0 && phase === 'running' && cityVisible) timings.interactive = performance.now()
  })
}

function drive({ vehicles, lanes, layout }: Parameters<ExposedApp['drive']>[0]): { stop(): void } {
  const own = { ...layout, capacity: vehicles }
  const ring = [0, 1, 2].map(() => viewSnapshot(own, new ArrayBuffer(snapshotBytes(own))))
  let tick = 0
  const write = (): void => {
    const { head, path, state } = ring[tick % 3]!
    for (let slot = 0; slot < vehicles; slot++) {
      path[slot] = Math.imul(slot, 7919) % lanes >>> 0
      state[slot] = (((slot * 977 + tick * 300) & 0xffff) | (40 << 16)) >>> 0
    }
    head.set([2 * (tick + 1), tick, vehicles, vehicles, layout.links, layout.groups])
    tick += 1
  }
  write()
  const timer = setInterval(write, 50)
  render?.setFeed({ layout: own, newest: () => ring[(tick - 1) % 3]!, secondsPerTick: 0.5 })
  return {
    stop() {
      clearInterval(timer)
      render?.setFeed(session.client?.feed ?? null)
    },
  }
}
