import type { CityArea } from '../../city'
import { Draw, TravelMode, uniform, type Journey } from '../../sim'
import type { EventEdit } from '../document'
import { ARRIVAL_MINUTES, LEAVING_MINUTES, PERSONS_PER_TAXI, seconds, triangular, type EventParty } from '../events'
import { secondsOfDay } from '../timeOfDay'

/** One person of an event, before rows are given. */
export interface EventPerson {
  readonly id: number
  readonly mode: number
  /** Row in the parties of the event; -1 = alone. */
  readonly party: number
  /** Who go together share it; -1 = alone. */
  readonly group: number
  /** s of the day: when the person comes to the area, and leaves the stands. */
  readonly come: number
  readonly leave: number
  /** Goal in the area where the person stays. */
  readonly stand: string
  /** Goals where the person comes in and goes out. */
  readonly enter: readonly string[]
  readonly exits: readonly string[]
}

/** Person ids begin above all trip ids of events, so that one number never means two things. */
const PERSON_IDS = 0x60000000
const EVENT_PERSONS = 1 << 20
/** Whoever stays on open ground takes this of it, m²: 2 persons a square metre, as planners have it (FIELD: Green Guide allows 4.7). */
const GROUND_EACH = 0.5
/** Companions who walk together, at most: larger parties break up. */
const GROUP_MAX = 6

/** Parts of the ground in which an audience stands, at most: the middle ones. */
const STANDS_MAX = 8
/** Ways to parked cars, at most: spread over the edge of the area. */
const WAYS_MAX = 6

/** What an area has for an event. */
export interface AreaOffer {
  readonly stands: readonly { readonly id: string; readonly room: number }[]
  readonly portals: readonly { readonly goal: string; readonly x: number; readonly y: number }[]
  /** Those that lead to parked cars. */
  readonly parkingPortals: AreaOffer['portals']
  /** Doors of trains by line and direction. */
  readonly trains: readonly (readonly string[])[]
  readonly rank: string | null
}

export function offerOf({ space, portals }: CityArea): AreaOffer {
  const named = (prefix: string): CityArea['space']['goals'] => space.goals.filter(({ id }) => id.startsWith(prefix))
  const seats = named('seats:')
  const ways = portals.map(({ goal, at }) => ({ goal, x: at[0], y: at[1] }))
  const trains = new Map<string, string[]>()
  for (const { id } of named('door:')) {
    const line = id.replace(/:[^:]*$/, '')
    trains.set(line, [...trains.get(line) ?? [], id])
  }
  return {
    stands: (seats.length > 0 ? seats : middleOnes(named('stand:'))).map(({ id, shape, room }) => ({ id, room: room ?? Math.floor(ringArea(shape) / GROUND_EACH) })),
    portals: ways,
    parkingPortals: spread(ways),
    trains: [...trains.values()],
    rank: space.goals.some(({ id }) => id === 'taxi') ? 'taxi' : null,
  }
}

/** The goals nearest to the middle of all. */
function middleOnes(goals: CityArea['space']['goals']): CityArea['space']['goals'] {
  const middle = (axis: 0 | 1): number => goals.reduce((sum, { shape }) => sum + shape[0]![axis], 0) / goals.length
  const [x, y] = [middle(0), middle(1)]
  const off = ({ shape: [corner] }: (typeof goals)[number]): number => (corner![0] - x) * (corner![0] - x) + (corner![1] - y) * (corner![1] - y)
  return goals.toSorted((a, b) => off(a) - off(b)).slice(0, STANDS_MAX)
}

/** Some portals, each as far from those before as can be. */
function spread(portals: AreaOffer['portals']): AreaOffer['portals'] {
  const chosen = portals.slice(0, 1)
  while (chosen.length < Math.min(WAYS_MAX, portals.length)) {
    const off = ({ x, y }: { x: number; y: number }): number => Math.min(...chosen.map(other => (other.x - x) * (other.x - x) + (other.y - y) * (other.y - y)))
    chosen.push(portals.reduce((best, portal) => (off(portal) > off(best) ? portal : best)))
  }
  return chosen
}

const ringArea = (ring: readonly (readonly [number, number])[]): number =>
  Math.abs(ring.reduce((sum, [x, y], at) => { const [u, v] = ring[(at + 1) % ring.length]!; return sum + x * v - u * y }, 0)) / 2

/**
 * Draws the people of an event. Person n is the same whatever else the scenario holds: cars first, then taxis, then
 * those with the metro, then those who walk. Where the area has no trains or no rank, these walk to the street.
 */
export function drawPeople(edit: EventEdit, slot: number, offer: AreaOffer, parties: readonly EventParty[], gateAt: (link: number) => readonly [number, number], seed: number): EventPerson[] {
  const arrive = seconds(edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES, -60)
  const depart = seconds(edit.leavingMinutesAfter ?? LEAVING_MINUTES, 60)
  const begin = secondsOfDay(edit.window.start)!
  const finish = secondsOfDay(edit.window.end)!
  const cars = parties.filter(({ taxi }) => !taxi).length
  const carPersons = Math.round(edit.attendance * edit.carShare)
  const ends = new Int32Array(parties.length)
  for (let party = 0; party < parties.length; party++) {
    ends[party] = party < cars ? Math.floor(((party + 1) * carPersons) / cars) : (party < cars ? 0 : carPersons) + (party - cars + 1) * PERSONS_PER_TAXI
  }
  const riders = ends.at(-1) ?? 0
  const metro = offer.trains.length > 0 ? Math.round(edit.attendance * edit.onFoot!.metroShare) : 0
  const street = offer.portals.map(({ goal }) => goal)
  const rooms = offer.stands.reduce<number[]>((sums, { room }) => [...sums, (sums.at(-1) ?? 0) + room], [])
  const people: EventPerson[] = []
  for (let n = 0, party = 0; n < edit.attendance; n++) {
    const id = PERSON_IDS + slot * EVENT_PERSONS + n
    while (party < parties.length && n >= ends[party]!) party++
    const own = n < riders ? parties[party]! : null
    const first = party === 0 ? 0 : ends[party - 1]!
    // Companions sit together: their stand is drawn by the first of them.
    const key = own ? PERSON_IDS + slot * EVENT_PERSONS + first : id
    const draw = uniform(seed, Draw.personPlace, key, 0) * rooms.at(-1)!
    const stand = offer.stands[rooms.findIndex(sum => draw < sum)]!.id
    const common = { id, stand, group: own && ends[party]! - first > 1 && ends[party]! - first <= GROUP_MAX ? id - (n - first) : -1 }
    if (own) {
      const near = nearest(offer.parkingPortals, gateAt(own.gate))
      const exits = own.taxi && offer.rank !== null ? [offer.rank] : [near]
      const rides = own.outbound >= 0
      people.push({ ...common, mode: rides ? (own.taxi ? TravelMode.taxi : TravelMode.car) : TravelMode.walk, party: rides || own.inbound >= 0 ? party : -1, come: own.come, leave: own.leave, enter: [near], exits: rides ? exits : street })
      continue
    }
    const come = begin + triangular(arrive, uniform(seed, Draw.departure, id, 0))
    const leave = finish + triangular(depart, uniform(seed, Draw.departure, id, 1))
    const byTrain = n < riders + metro
    const train = byTrain ? offer.trains[Math.floor(uniform(seed, Draw.personPlace, id, 1) * offer.trains.length)]! : street
    const enter = train[Math.floor(uniform(seed, Draw.personPlace, id, 2) * train.length)]!
    people.push({ ...common, mode: byTrain ? TravelMode.metro : TravelMode.walk, party: -1, come, leave, enter: [enter], exits: train })
  }
  return people
}

function nearest(portals: AreaOffer['portals'], [x, y]: readonly [number, number]): string {
  let best = portals[0]!
  let least = Infinity
  for (const portal of portals) {
    const square = (portal.x - x) * (portal.x - x) + (portal.y - y) * (portal.y - y)
    if (square < least) { least = square; best = portal }
  }
  return best.goal
}

/** What a person does within the area: from the stand to the way out, after walking in unless they are there from the start. */
export const journeyOf = ({ stand, exits }: EventPerson, there: boolean): Omit<Journey, 'id'> => ({
  stages: [...(there ? [] : [{ kind: 'walk' as const, goals: [stand] }]), { kind: 'stay', own: true }, { kind: 'walk', goals: exits }],
})
