import type { CityArea } from '../../city'
import type { Network, Stage, TransitService, TripTable } from '../../sim'
import type { WalkingCity } from '../city'
import { tickOf, type RunClock } from '../closures'
import { middleOf, portalsOf } from './area'
import { rideTime, type EventPerson } from './eventPeople'
import { between, nearestWay, nodeNear, waysTowards } from './offer'
import type { Outing } from './peopleInput'

/** s that people allow for the wait for a train or bus, and m/s that they reckon to walk. */
const WAIT = 180
const WALK_SPEED = 1.2

/** One leg of a plan, before rows are given: of the crowd, what is done there. */
export type DraftLeg =
  | { readonly kind: 'crowd'; readonly area: CityArea; /** Goal where one enters; null = at the door of one's train. */ readonly enter: string | null; readonly stages: readonly Stage[]; readonly own?: boolean }
  | { readonly kind: 'footway'; readonly from: number; readonly to: number }
  | { readonly kind: 'transit'; readonly from: number; readonly to: number }
  | { readonly kind: 'transfer'; readonly seconds: number }
  | { readonly kind: 'drive' | 'taxi'; readonly trip: number }

export interface Draft { readonly person: EventPerson; readonly startTick: number; readonly legs: readonly DraftLeg[] }

/** Makes the plan of a person: the way there, unless the show or the run has begun without it, the stay, and the way back. */
export function planner(trips: TripTable, tripRow: ReadonlyMap<number, number>, network: Network, walking: WalkingCity, transit: TransitService, clock: RunClock): (outing: Outing, person: EventPerson) => Draft {
  const nodes = new Map<string, number>()
  const near = (x: number, y: number): number => {
    const key = `${x} ${y}`
    const node = nodes.get(key) ?? nodeNear(walking.sidewalks, x, y)
    nodes.set(key, node)
    return node
  }
  const portal = (area: CityArea, goal: string): number => walking.portalNode.get(`${area.id}/${goal}`) ?? near(...placeOf(area, goal))
  const metres = (a: number, b: number): number => {
    const { x, y } = walking.sidewalks.nodes
    return 1.3 * Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!)
  }

  /** Legs to the portal or platform of the area, the goal where one enters there (null = a train's door), and s that they take. */
  const wayThere = ({ area, offer }: Outing, person: EventPerson): { readonly legs: DraftLeg[]; readonly enter: string | null; readonly time: number } => {
    const { there } = person
    if (there?.kind === 'train') {
      const { area: station, stop } = offer.trains[there.train]!
      const { change, far } = there
      const legs: DraftLeg[] = change
        ? [{ kind: 'transit', from: far, to: change.other }, { kind: 'transfer', seconds: change.walk }, { kind: 'transit', from: change.own, to: stop }]
        : [{ kind: 'transit', from: far, to: stop }]
      const time = WAIT + (change ? rideTime(transit, far, change.other) + change.walk + WAIT + rideTime(transit, change.own, stop) : rideTime(transit, far, stop))
      if (station === area) return { legs, enter: null, time }
      const exits = portalsOf(station)
      const [from, way] = between(exits, offer.portals)
      const street = portal(area, way.goal)
      legs.push({ kind: 'crowd', area: station, enter: null, stages: [{ kind: 'walk', goals: exits.map(({ goal }) => goal) }] }, { kind: 'footway', from: -1, to: street })
      return { legs, enter: way.goal, time: time + WAIT + metres(portal(station, from.goal), street) / WALK_SPEED }
    }
    if (there?.kind === 'bus') {
      const { node, stop, x, y } = offer.buses[there.bus]!
      const way = nearestWay(offer.portals, x, y)
      const street = portal(area, way.goal)
      return { legs: [{ kind: 'transit', from: there.far, to: stop }, { kind: 'footway', from: node, to: street }], enter: way.goal, time: WAIT + rideTime(transit, there.far, stop) + metres(node, street) / WALK_SPEED }
    }
    const street = portal(area, person.way.goal)
    if (person.home < 0) return { legs: [], enter: person.way.goal, time: 0 }
    return { legs: [{ kind: 'footway', from: person.home, to: street }], enter: person.way.goal, time: metres(person.home, street) / WALK_SPEED }
  }

  /** Goals by which one leaves the area, and the legs from there on. */
  const wayBack = ({ area, offer, parties }: Outing, person: EventPerson): { readonly exits: readonly string[]; readonly legs: DraftLeg[] } => {
    const { back } = person
    const outbound = person.party < 0 ? -1 : parties[person.party]!.outbound
    if (outbound >= 0) {
      const { taxi, gate } = parties[person.party]!
      if (taxi && offer.rank !== null) return { exits: [offer.rank], legs: [{ kind: 'taxi', trip: outbound }] }
      const [x, y] = middleOf(network, gate)
      return { exits: waysTowards(offer.portals, x, y), legs: [{ kind: 'footway', from: -1, to: near(x, y) }, { kind: 'drive', trip: outbound }] }
    }
    if (back?.kind === 'train') {
      const { area: station, doors } = offer.trains[back.train]!
      const { change, far } = back
      const rides: DraftLeg[] = change
        ? [{ kind: 'transit', from: -1, to: change.own }, { kind: 'transfer', seconds: change.walk }, { kind: 'transit', from: change.other, to: far }]
        : [{ kind: 'transit', from: -1, to: far }]
      if (station === area) return { exits: doors, legs: rides }
      const [entrance] = between(portalsOf(station), offer.portals)
      return {
        exits: waysTowards(offer.portals, entrance.x, entrance.y),
        legs: [{ kind: 'footway', from: -1, to: portal(station, entrance.goal) }, { kind: 'crowd', area: station, enter: entrance.goal, stages: [{ kind: 'walk', goals: doors }] }, ...rides],
      }
    }
    if (back) {
      const { node, stop, x, y } = back.kind === 'bus' ? offer.buses[back.bus]! : offer.shuttle!
      return { exits: waysTowards(offer.portals, x, y), legs: [{ kind: 'footway', from: -1, to: node }, { kind: 'transit', from: stop, to: back.kind === 'bus' ? back.far : stop + 1 }] }
    }
    return { exits: offer.portals.map(({ goal }) => goal), legs: person.home >= 0 ? [{ kind: 'footway', from: -1, to: person.home }] : [] }
  }

  return (outing, person) => {
    const { area, parties, choice } = outing
    const party = person.party < 0 ? null : parties[person.party]!
    const legs: DraftLeg[] = []
    let start = person.come
    let enter: string | null = person.stand
    // Who came before the run began is there already.
    const there = (party?.inbound ?? -1) < 0 && person.come <= clock.start
    if (party && party.inbound >= 0) {
      start = clock.start + trips.departTick[tripRow.get(party.inbound)!]! * clock.dt
      enter = person.way.goal
      legs.push({ kind: 'drive', trip: party.inbound }, { kind: 'footway', from: near(...middleOf(network, party.gate)), to: portal(area, enter) })
    } else if (!there) {
      const way = wayThere(outing, person)
      start -= way.time
      enter = way.enter
      legs.push(...way.legs)
    }
    const { exits, legs: home } = wayBack(outing, person)
    const stages: Stage[] = [...(there ? [] : [{ kind: 'walk' as const, goals: [person.stand] }]), { kind: 'stay', own: true }, { kind: 'walk', goals: exits, ...(isWayOut(exits) ? choice : {}) }]
    legs.push({ kind: 'crowd', area, own: there, enter, stages }, ...home)
    return { person, startTick: there ? 0 : Math.max(0, tickOf(clock, start)), legs }
  }
}

/** Whether one leaves the ground by these goals, and not by the doors of a train, over which people spread by themselves. */
const isWayOut = (goals: readonly string[]): boolean => goals.length > 1 && goals.every(goal => goal.startsWith('portal:'))

function placeOf(area: CityArea, goal: string): readonly [number, number] {
  const found = area.space.goals.find(({ id }) => id === goal)
  if (!found) throw new Error(`area ${area.id} has no goal ${goal}`)
  return found.shape[0]!
}
