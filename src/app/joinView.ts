import type { CityArea } from '../city'
import type { CityView as RenderView, Pick } from '../render'
import { store, watchLanguage, type CityView, type Mark, type PointerWatch, type Selection, type Session } from '../ui'
import { timings } from './exposeForTests'
import { onClick } from './onClick'
import { openingFocus, openingPose } from './openingPose'
import { watchContext } from './watchContext'

const FLY_DISTANCE = 1400 // m
const rainStrength = { light: 0.35, medium: 0.65, heavy: 1 } as const
/** A frame with more than this shows ground and roads, not only sky. */
const TRIANGLES_OF_GROUND = 20_000

/** Joins the 3D view to the session: what panels ask for is done by the view, what is clicked goes to the store. */
export function joinView(view: RenderView, session: Session): void {
  let pointer: { readonly x: number; readonly y: number } | null = null
  /** Who has the clicks: the last that asked for them. */
  const watches: PointerWatch[] = []
  let marks: readonly Mark[] = []
  let drawnAreas: readonly CityArea[] = []
  /** Does nothing until the city stands. */
  let showGround: (drawn: readonly CityArea[]) => void = () => undefined
  /** A place of the ground and what a pixel spans there, m. */
  function placeAt(px: number, py: number, height: number | null): { at: readonly [number, number]; pixel: number } | null {
    const place = view.groundUnder(px, py, height), beside = view.groundUnder(px + 1, py, height)
    return place && beside && { at: [place.x, place.y], pixel: Math.hypot(beside.x - place.x, beside.y - place.y) }
  }
  watchContext(view.element)
  view.element.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    pointer = { x: offsetX, y: offsetY }
    const watch = watches.at(-1), place = watch && placeAt(offsetX, offsetY, watch.height())
    if (place) watch.move(place.at, place.pixel)
  })
  view.element.addEventListener('dblclick', () => watches.at(-1)?.end())
  view.element.addEventListener('pointerleave', () => { pointer = null })
  const port: CityView = {
    flyTo: ({ distance = FLY_DISTANCE, pitch = 42, ...place }) => view.flyTo({ ...view.rig.pose(), ...place, distance, pitch }),
    lookAt: pose => view.flyTo(pose, false),
    home: () => view.flyTo(openingPose),
    follow: slot => view.follow(slot ?? -1),
    followPerson: slot => view.followPerson(slot ?? -1),
    setTimeOfDay: seconds => view.setTimeOfDay(seconds),
    setRain: rain => view.setRain(rain === null ? 0 : rainStrength[rain]),
    setPalette: palette => view.setPalette(palette),
    setRoadColours: (mode, values) => view.setRoadColours(mode, values),
    highlightLinks: links => view.highlightLinks(links),
    setClosedLanes: lanes => view.setClosedLanes(lanes),
    setLayer: (name, visible) => view.setLayer(name, visible),
    setMarks(shown, chosen) {
      marks = shown
      view.setMarks(shown, shown.findIndex(({ id }) => id === chosen))
    },
    setDrawnAreas(areas) {
      drawnAreas = areas
      showGround(areas)
    },
    setSketch: sketch => view.setSketch(sketch),
    watchPointer(next) {
      watches.push(next)
      return () => void watches.splice(watches.indexOf(next), 1)
    },
    centre: height => placeAt(view.element.clientWidth / 2, view.element.clientHeight / 2, height),
    screenOf: (x, y, height) => view.screenOf(x, y, height ?? view.groundAt(x, y)),
    setBeside: feed => view.setBeside(feed),
    setClosedBeside: lanes => view.setClosedBeside(lanes),
    divide: division => view.divide(division),
    setCrowdHeat: mode => view.setCrowdHeat(mode),
    setLevels: levels => view.setFloors(levels),
    crowdDensity() {
      const place = pointer && view.groundUnder(pointer.x, pointer.y, store.getState().levels?.[0] ?? null)
      return { underPointer: place && view.crowdDensityAt(place.x, place.y), densest: view.densestCrowd() }
    },
  }
  document.documentElement.toggleAttribute('data-blur', view.tier !== 'low')
  view.flyTo(openingPose, false)
  session.connect(port, (pack, url) => {
    view.load({ url, core: pack.manifest.core.bounds }, openingFocus).then(() => {
      timings.complete = performance.now()
      showGround = drawn => void import('./showAreas').then(({ showAreas }) => showAreas(view, pack, drawn))
      showGround(drawnAreas)
    }, (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      store.setState({ viewProblem: { code: 'view/not-drawn', subject: { kind: 'worker', id: 'geometry' }, message } })
    })
    buildRestWhenRunning(view)
    const watch = setInterval(() => {
      const { drawCalls, triangles } = view.stats()
      if (drawCalls > 0 && timings.firstFrame === 0) timings.firstFrame = performance.now()
      if (triangles < TRIANGLES_OF_GROUND) return
      clearInterval(watch)
      store.setState({ cityVisible: true })
    }, 50)
  }, client => view.setFeed(client.feed))
  watchLanguage(language => view.setLabelLanguage(language))
  // Both keep themselves up to date.
  const panels = document.getElementsByClassName('glass'), tags = document.getElementsByClassName('map-tag')
  view.setPanels(() => [...Array.from(panels), ...Array.from(tags).filter(tag => (tag as HTMLElement).style.visibility === 'visible')].map(panel => panel.getBoundingClientRect()))
  onClick(view.element, (x, y) => {
    const watch = watches.at(-1)
    if (watch) {
      const place = placeAt(x, y, watch.height())
      if (place) watch.click(place.at, place.pixel)
      return
    }
    void view.pick(x, y).then(async picked => {
      if (picked?.kind === 'mark') return store.getState().select({ kind: 'mark', id: marks[picked.row]!.id })
      if (picked) return store.getState().select(selectionOf(picked, session))
      const { groundHit } = await import('./groundHit')
      const levels = store.getState().levels
      const place = view.groundUnder(x, y, levels && levels[0] + 0.5)
      store.getState().select(place && await groundHit(place.x, place.y, session, levels))
    })
  })
}

/** On few threads the buildings wait until traffic moves, or will not. */
function buildRestWhenRunning(view: RenderView): void {
  const settled = (): boolean => ['running', 'failed'].includes(store.getState().phase)
  if (settled()) return view.buildRest()
  const stop = store.subscribe(() => {
    if (!settled()) return
    stop()
    view.buildRest()
  })
}

/** What a hit means; while a road is to be closed, a vehicle stands for the road that it is on. */
function selectionOf({ kind, row }: Pick, session: Session): Selection | null {
  if (kind === 'link') return { kind, link: row }
  if (kind === 'mark') return null
  const closing = store.getState().tool === 'close'
  if (kind === 'person') return closing ? null : { kind, slot: row }
  if (kind === 'vehicle') {
    if (!closing) return { kind, slot: row, trip: -1 }
    const path = session.client?.feed?.newest()?.path[row] ?? -1
    const link = session.city?.network.lanes.link[path] ?? -1
    return link >= 0 ? { kind: 'link', link } : null
  }
  return closing ? null : { kind, row }
}

/** The legend shows the very colours that the map draws. */
export function showRamps(ramps: Readonly<Record<string, readonly string[]>>): void {
  for (const [name, colours] of Object.entries(ramps)) {
    document.documentElement.style.setProperty(`--ramp-${name}`, `linear-gradient(90deg, ${colours.join(', ')})`)
    for (const [k, colour] of colours.entries()) document.documentElement.style.setProperty(`--ramp-${name}-${k}`, colour)
  }
}
