import type { CityView as RenderView } from '../render'
import { store, type CityView, type Session } from '../ui'
import { timings } from './exposeForTests'
import { onClick } from './onClick'
import { pickOnScreen } from './pickOnScreen'

/** Where the first picture looks: along 深南大道 through Futian and Nanshan, the bay on the left. */
const opening = { x: -1500, y: 300, distance: 5200, pitch: 30, bearing: 345 }
/** Where meshes are built first. */
export const openingFocus: readonly [number, number] = [opening.x, opening.y]
const FLY_DISTANCE = 1400 // m
/** A frame with more than this shows ground and roads, not only sky. */
const TRIANGLES_OF_GROUND = 20_000

/** Joins the 3D view to the session: what panels ask for is done by the view, what is clicked goes to the store. */
export function joinView(view: RenderView, session: Session): void {
  const port: CityView = {
    flyTo: ({ x, y, distance = FLY_DISTANCE }) => view.flyTo({ ...view.rig.pose(), x, y, distance, pitch: 42 }),
    lookAt: pose => view.flyTo(pose, false),
    home: () => view.flyTo(opening),
    follow: slot => view.follow(slot ?? -1),
    setTimeOfDay: seconds => view.setTimeOfDay(seconds),
    setRoadColours: () => undefined,
    highlightLinks: () => undefined,
    setClosedLanes: () => undefined,
    setLayer: () => undefined,
  }
  view.flyTo(opening, false)
  onClick(view.element, (x, y) => {
    const { city, client } = session
    if (!city) return
    const { tool, select } = store.getState()
    const snapshot = tool === 'close' ? null : client?.feed?.newest() ?? null
    const picked = pickOnScreen(view, city.network, snapshot, x, y)
    select(picked?.kind === 'vehicle' ? { ...picked, trip: -1 } : picked)
  })
  session.connect(port, (pack, url) => {
    void view.load({ url, core: pack.manifest.core.bounds }, openingFocus).catch((error: unknown) => {
      store.setState({ viewProblem: { code: 'view/not-drawn', subject: { kind: 'worker', id: 'geometry' }, message: error instanceof Error ? error.message : String(error) } })
    })
    const watch = setInterval(() => {
      if (view.stats().triangles < TRIANGLES_OF_GROUND) return
      clearInterval(watch)
      if (timings.firstFrame === 0) timings.firstFrame = performance.now()
      store.setState({ cityVisible: true })
    }, 50)
  }, client => view.setFeed(client.feed))
}
