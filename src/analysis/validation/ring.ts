import { drivers, kmPerHour, metresPerSecond, type World } from '../../sim'
import { advance, bed, bodies, mean, slope } from './bed'
import { ring } from './networks'
import { between, relative, type Finding, type ValidationCase } from './row'

/** Car drivers of the model: time gap s, standstill gap m, length m. */
const T = drivers.timeGap[0]!
const S0 = drivers.gapMin[0]!
const LENGTH = drivers.length[0]!

/** Seconds in which all cars enter a ring. */
const ENTRY = 30

/** `count` cars at equal distances on a ring, that drive round and round. */
class Ring {
  readonly world: World
  readonly circumference: number

  constructor(metres: number, count: number, speedLimit: number, mixed = false) {
    const network = ring(metres, speedLimit)
    const { links, turns } = network
    this.circumference = links.length[0]! + links.length[1]! + turns.length[0]! + turns.length[1]!
    const half = Math.ceil(count / 2)
    // As even as the joints of the two halves let it be.
    const spacing = Math.min(this.circumference / count, (links.length[0]! - LENGTH - 3) / Math.max(1, half - 1))
    const rows = Array.from({ length: count }, (_, at) => {
      const link = at < half ? 0 : 1
      return { depart: 0, from: link, to: 1 - link, fromOffset: LENGTH + 0.5 + spacing * (at < half ? at : at - half) }
    })
    // Everybody all but stands until the last has entered.
    const changes = [0, 1].flatMap(row => [
      { tick: 0, kind: 'speedLimit', row, speedLimit: 0.1, source: 'start' } as const, { tick: 2 * ENTRY, kind: 'speedLimit', row, source: 'start' } as const])
    this.world = bed(network, rows, { changes, mixed })
    const round = new Set<number>()
    advance(this.world, ENTRY, () => this.#goRound(round))
    if (round.size !== count) throw new Error(`only ${round.size} of ${count} cars could enter the ring`)
  }

  /** Makes the end of each route its beginning: a chunk of hops that is its own successor. */
  #goRound(done: Set<number>): void {
    const { slots, routes, cells, input } = this.world
    const { lanes } = input.network
    for (const { slot, path } of bodies(this.world)) {
      if (done.has(slot)) continue
      done.add(slot)
      if (path < lanes.rows) slots.nextTurn[slot] = lanes.turnFirst[path]!
      cells.marks[slots.cell[slot]!] = 0
      const chunk = slots.routeChunk[slot]!
      routes.hops.fill(0, chunk * 32, (chunk + 1) * 32)
      routes.next[chunk] = chunk
    }
  }

  /** Metres from the start of the first link, and speed, of every car, by slot. */
  places(): { place: number; speed: number }[] {
    const { links, turns, lanes } = this.world.input.network
    const start = (path: number): number => path === 0 ? 0 : path === 1 ? links.length[0]! + turns.length[0]! : path - lanes.rows === 0 ? links.length[0]! : links.length[0]! + turns.length[0]! + links.length[1]!
    return bodies(this.world).map(({ path, offset, speed }) => ({ place: start(path) + offset, speed }))
  }
}

/** Speed at a density, m/s: cars keep s0 + v T behind one another, and none drives faster than the limit. */
const equilibriumSpeed = (density: number, limit: number): number => Math.min(limit, (1 / density - LENGTH - S0) / T)

const diagram = (count: number): ValidationCase => ({
  name: `ring/density-${count}`,
  source: 'equilibrium of IDM+: q = k min(v0, (1/k - l - s0) / T); Schakel, van Arem & Netten (2010), IEEE ITSC; Treiber & Kesting (2013), ch. 11',
  run() {
    const limit = metresPerSecond(50)
    const track = new Ring(1000, count, limit)
    const density = count / track.circumference
    let metres = 0
    let seconds = 0
    advance(track.world, 600, time => {
      if (time <= 320) return
      for (const { speed } of track.places()) metres += speed * track.world.input.dt
      seconds += track.world.input.dt
    })
    const flow = metres / seconds / track.circumference
    return [{ measured: flow * 3600, unit: 'veh/h', ...relative(3600 * density * equilibriumSpeed(density, limit), 0.05) }]
  },
})

/**
 * Stop-and-go wave on the ring of the experiment. The wave's place is where the slowest car is; it is followed
 * backwards round the ring.
 */
function sugiyama(): Finding[] {
  const track = new Ring(230, 22, metresPerSecond(30))
  const { circumference, world } = track
  advance(world, 1200)
  const path: [number, number][] = []
  const slowest: number[] = []
  const spread: number[] = []
  let unrolled = NaN
  advance(world, 300, time => {
    const cars = track.places()
    const speeds = cars.map(({ speed }) => speed)
    spread.push(Math.max(...speeds) - Math.min(...speeds))
    slowest.push(Math.min(...speeds))
    // Circular mean of places, weighed by how much slower than the fastest each car is.
    let x = 0
    let y = 0
    const most = Math.max(...speeds)
    for (const { place, speed } of cars) {
      x += (most - speed) ** 2 * Math.cos((2 * Math.PI * place) / circumference)
      y += (most - speed) ** 2 * Math.sin((2 * Math.PI * place) / circumference)
    }
    const place = (Math.atan2(y, x) / (2 * Math.PI)) * circumference
    const shift = Number.isNaN(unrolled) ? 0 : place - unrolled
    unrolled = Number.isNaN(unrolled) ? place : unrolled + shift - Math.round(shift / circumference) * circumference
    path.push([time, unrolled])
  })
  const amplitude = mean(spread)
  return [
    { name: 'speed-range', measured: kmPerHour(amplitude), unit: 'km/h', ...between(10, 30) },
    { name: 'slowest-car', measured: kmPerHour(mean(slowest)), unit: 'km/h', expected: 0, tolerance: 5 },
    { name: 'wave-speed', measured: amplitude > 1 ? -kmPerHour(slope(path)) : NaN, unit: 'km/h', ...between(15, 25) },
  ]
}

export const ringCases: readonly ValidationCase[] = [
  ...[15, 30, 40, 60, 80, 100, 120].map(diagram),
  {
    name: 'ring/sugiyama',
    source: 'Sugiyama et al. (2008), New J. Phys. 10, 033001: 22 cars on 230 m at 30 km/h; cars come to a stop in a jam that moves back at about 20 km/h',
    run: sugiyama,
  },
]
