import { WebGLRenderer } from 'three'
import { loadAreas, networkLayer, openPackUrl } from '../src/city'
import { cameraPoses, CityView } from '../src/render'
import type { Network } from '../src/sim'
import { SyntheticCrowd, type SyntheticPlace } from './syntheticCrowd'
import { SyntheticFeed } from './syntheticFeed'

/**
 * One page on the renderer alone: render.html?pose=futian-noon&hour=13&quality=medium&x=0&y=0&distance=500&pitch=30
 * &bearing=0&agents=15000&people=100000&floors=-12:-1&heat=levels. With `still` it draws only when `render.draw()` is called, so that pictures need no clock.
 */
const canvas = document.querySelector<HTMLCanvasElement>('#view')!
const renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance' })
const first = new URLSearchParams(location.search)
const view = new CityView(renderer, canvas, (first.get('quality') ?? 'medium') as 'medium')
const resize = (): void => {
  renderer.setSize(innerWidth, innerHeight, false)
  view.resize(innerWidth, innerHeight)
}
resize()
addEventListener('resize', resize)

/** Applies an address' query: pose by name, single numbers of it, hour. */
function apply(text: string): void {
  const query = new URLSearchParams(text)
  const named = cameraPoses.find(({ name }) => name === query.get('pose')) ?? cameraPoses[2]!
  const number = (key: keyof typeof named.pose): number => Number(query.get(key) ?? named.pose[key])
  view.flyTo({ x: number('x'), y: number('y'), distance: number('distance'), pitch: number('pitch'), bearing: number('bearing') }, false)
  view.setFloors(query.has('floors') ? query.get('floors')!.split(':').map(Number) as [number, number] : null)
  view.setCrowdHeat((query.get('heat') ?? 'none') as 'levels')
  view.setTimeOfDay(query.has('hour') ? Number(query.get('hour')) * 3600 : named.time)
}

const state = { feed: null as SyntheticFeed | null, view, ready: false, frames: 0, failure: '', apply, draw }
Object.assign(window, { render: state })

/** Draws one frame and waits until the graphics card has finished it; answers the ms that took. */
function draw(): number {
  const start = performance.now()
  view.frame(performance.now())
  renderer.getContext().finish()
  state.frames++
  return performance.now() - start
}

/** On the Civic Center square: people walk all over it, a ring walks round, an audience looks at the building, and some wait below for trains. */
function civicCenter(people: number): SyntheticPlace[] {
  const ring = Math.min(3000, people >> 3), audience = people >> 2, below = Math.min(1500, people >> 4)
  const side = Math.sqrt(audience / 2.2 / 2.4)
  return [
    { x: 520, y: 55, size: 200, sizeNorth: 120, z: 5, shape: 'square', people: people - ring - audience - below },
    { x: 420, y: -20, size: 45, z: 5, shape: 'ring', people: ring },
    { x: 606, y: 60, size: side, sizeNorth: side * 0.6, z: 5, shape: 'audience', people: audience },
    { x: 842, y: -36, size: 66, sizeNorth: 5, z: -11, shape: 'square', people: below >> 1 },
    { x: 790, y: 20, size: 60, sizeNorth: 50, z: -2, shape: 'square', people: below - (below >> 1) },
  ]
}

const url = new URL('../shenzhen/', location.href).href
openPackUrl(url).then(async pack => {
  apply(location.search)
  const loaded = view.load({ url, core: pack.manifest.core.bounds }, [view.rig.pose().x, view.rig.pose().y])
  view.buildRest()
  await loaded
  view.setAreas(await loadAreas(pack))
  const agents = Number(first.get('agents') ?? 15000), people = Number(first.get('people') ?? 0)
  if (agents + people > 0) {
    const crowd = people > 0 ? new SyntheticCrowd(civicCenter(people)) : null
    const feed = new SyntheticFeed(await pack.layer(networkLayer) as unknown as Network, Math.max(1, agents), 7, crowd)
    state.feed = feed
    view.setFeed(feed)
    if (!first.has('still')) setInterval(() => feed.advance(), feed.secondsPerTick * 1000)
  }
  apply(location.search)
  state.ready = true
}).catch((error: Error) => { state.failure = error.message })

if (first.has('still')) view.freeze(10_000)
else {
  const loop = (now: number): void => {
    view.frame(now)
    state.frames++
    requestAnimationFrame(loop)
  }
  requestAnimationFrame(loop)
}
