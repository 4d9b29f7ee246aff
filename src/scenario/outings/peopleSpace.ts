import type { CityArea } from '../../city'
import type { Goal, WalkSpace } from '../../sim'
import { ringArea } from '../ground/ring'

/** Open ground above so many m² has cells of 1 m for its flow fields: a quarter of the work, and no way out there is narrower than 3 m. */
const WIDE = 20_000
const WIDE_CELL = 1
/** m that a crowd keeps from walls there: without it thousands turn the corner of a building at one point of it. Assumed. */
const BERTH = 6
/** s between two persons through the door of a train, for each metre of its width: two streams of one a second in 1.4 m. */
const DOOR_SERVICE = 0.7
/** m that people keep who wait their turn, as in lines before gates: in stands and the ring behind them, station halls and on escalators; and in a throng that does not press, 5 to 6 a m²: on platforms. Assumed. */
const TURN_GAP = 0.25
const THRONG_GAP = 0.12
/** A walk along the ring behind the stands counts so many times: whoever comes down leaves by a door nearby instead of the one nearest to their train. Without it four of the twelve doors stand empty (measured). Assumed. */
const RING_RELUCTANCE = 1.5

const mannersOn = (floor: string): Pick<WalkSpace['floors'][number], 'orderly' | 'reluctance'> => {
  if (floor === 'stadium:ring') return { orderly: TURN_GAP, reluctance: RING_RELUCTANCE }
  if (/^stadium:sector|:concourse$|:up$|:down$/.test(floor)) return { orderly: TURN_GAP }
  return /:platform:[^:]+(:[fr])?$/.test(floor) ? { orderly: THRONG_GAP } : {}
}

/** Several areas as the one walk space of those who are simulated, with the area's id before every name and how people behave on each floor. */
export function peopleSpace(areas: readonly CityArea[]): WalkSpace {
  const named = <T extends { readonly id: string }>(pick: (space: WalkSpace) => readonly T[], more: (item: T, name: (id: string) => string) => Partial<T>): T[] =>
    areas.flatMap(({ id, space }) => {
      const name = (own: string): string => `${id}/${own}`
      return pick(space).map(item => ({ ...item, id: name(item.id), ...more(item, name) }))
    })
  return {
    floors: named(({ floors }) => floors, ({ id, outlines: [outer], cell }) => ({ ...(ringArea(outer!) > WIDE ? { cell: Math.max(cell, WIDE_CELL), berth: BERTH } : { cell }), ...mannersOn(id) })),
    joins: named(({ joins }) => joins, ({ floors: [a, b] }, name) => ({ floors: [name(a), name(b)] })),
    barriers: named(({ barriers }) => barriers, ({ floor }, name) => ({ floor: name(floor) })),
    gates: named(({ gates }) => gates, ({ floor }, name) => ({ floor: name(floor) })),
    queues: named(({ queues }) => queues, ({ floor }, name) => ({ floor: name(floor) })),
    lifts: named(({ lifts }) => lifts, ({ landings }, name) => ({ landings: landings.map(landing => ({ ...landing, floor: name(landing.floor) })) })),
    // People spread over the doors of a train, since those ahead at each take their time. A rank is left by whoever reaches it: the line for taxis is kept by the rank itself.
    goals: named(({ goals }) => goals, (goal, name): Partial<Goal> => ({ floor: name(goal.floor), ...(goal.id === 'taxi' ? { kind: 'exit' } : goal.id.startsWith('door:') ? { service: DOOR_SERVICE } : {}) })),
  }
}
