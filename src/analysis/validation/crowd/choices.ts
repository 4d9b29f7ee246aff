import { mean } from '../../statistics'
import { between, type Finding, type ValidationCase } from '../row'
import { areaOf, CrowdRun, drawn, exitOf, floorOf, joinOf, once, spaceOf, spread, walkersAt, type Walker } from './bed'
import type { Rectangle } from './plan'

const RIMEA = 'RiMEA guideline 4.1.1'
const IMO = 'IMO MSC.1/Circ.1533, annex 3'
const NIST = 'NIST Technical Note 1822'

/** s that who does not know a place goes longer, on average, to be where all others go; assumed, no source yet. */
const FOLLOWS = 5

/** Twelve cabins on both sides of a corridor, 23 persons; four cabins are assigned to the second exit. How many left where they were not to. */
const cabins = once((): Finding[] => {
  const corridor: Rectangle = [0, 4.2, 18, 5.2]
  const rooms = Array.from({ length: 12 }, (_, at): Rectangle => {
    const west = 3 * (at % 6)
    return at < 6 ? [west + 0.1, 5.4, west + 2.9, 9.4] : [west + 0.1, 0, west + 2.9, 4]
  })
  const doors = rooms.map(([west], at): Rectangle => (at < 6 ? [west + 0.95, 5.2, west + 1.85, 5.4] : [west + 0.95, 4, west + 1.85, 4.2]))
  const space = spaceOf({
    floors: [floorOf('cabins', corridor, [-3, 4.2, 0, 5.2], [18, 4.2, 21, 5.2], ...rooms, ...doors)],
    goals: [exitOf('main', 'cabins', [21, 4.2], [21, 5.2]), exitOf('second', 'cabins', [-3, 4.2], [-3, 5.2])],
  })
  // Cabins 5, 6, 11 and 12 of the guideline's plan, the pair at the far end of either side, go to the second exit.
  const walkers = rooms.flatMap(([west, south], at): Walker[] => Array.from({ length: at === 11 ? 1 : 2 }, (_, k) => ({ x: west + 0.9 + k, y: south + 2, journey: at % 6 < 2 ? 1 : 0 })))
  const run = new CrowdRun({ space, journeys: [['main'], ['second']], walkers })
  run.advance(300)
  const assigned = (id: number): string => (walkers[id - 1]!.journey === 1 ? 'second' : 'main')
  const leavings = run.leavings()
  return [
    { name: 'left', measured: leavings.length, unit: 'p', expected: 23, tolerance: 0 },
    { name: 'elsewhere', measured: leavings.filter(({ id, exit }) => exit !== assigned(id)).length, unit: 'p', expected: 0, tolerance: 0 },
  ]
})

/** A short way on the ground against a detour over an upper floor: who takes which of the two. */
function shortOrUpper(): Finding[] {
  const rise = 3
  const space = spaceOf({
    floors: [
      floorOf('ground', [0, 0, 30, 2]),
      { ...floorOf('up', [4, 2, 10, 4]), surface: 'stairs', ascent: { from: [4, 3], to: [10, 3], rise } },
      { ...floorOf('upper', [10, 2, 20, 4]), height: rise },
      { ...floorOf('down', [20, 2, 26, 4]), surface: 'stairs', ascent: { from: [26, 3], to: [20, 3], rise } },
      floorOf('west', [2, 2, 4, 4]), floorOf('east', [26, 2, 28, 4]),
    ],
    joins: [
      joinOf('a', 'ground', 'west', [2, 2], [4, 2]), joinOf('b', 'west', 'up', [4, 2], [4, 4]), joinOf('c', 'up', 'upper', [10, 2], [10, 4]),
      joinOf('d', 'upper', 'down', [20, 2], [20, 4]), joinOf('e', 'down', 'east', [26, 2], [26, 4]), joinOf('f', 'ground', 'east', [26, 2], [28, 2]),
    ],
    goals: [exitOf('out', 'ground', [30, 0], [30, 2])],
  })
  const run = new CrowdRun({ space, journeys: [['out']], walkers: walkersAt(spread(10, [0, 0, 2, 2])) })
  const upstairs = new Set<number>()
  run.advance(200, () => { for (const { id, floor } of run.bodies()) if (floor === 2) upstairs.add(id) })
  return [{ name: 'by-the-upper-floor', measured: upstairs.size, unit: 'p', expected: 0, tolerance: 0 }, { name: 'left', measured: run.leavings().length, unit: 'p', expected: 10, tolerance: 0 }]
}

/** A building of three storeys with rooms on a corridor and one staircase; its time as people walk faster. */
function threeStoreys(): Finding[] {
  const times = [0.8, 1.1, 1.4].map(speed => {
    const storey = (level: number): Parameters<typeof floorOf> => [`storey ${level}`, [0, 0, 20, 6], [20, 2, 22, 4], [9.5, 6, 10.5, 6.2], [0, 6.2, 20, 12]]
    // Flights lie beside each other in plan: the stairs of each storey end where those of the next begin.
    const flights = [1, 2].map(level => ({
      ...floorOf(`flight ${level}`, level === 1 ? [22, 2, 27, 4] : [22, 4.5, 27, 6.5]), height: (level - 1) * 3, surface: 'stairs' as const,
      ascent: level === 1 ? { from: [22, 3] as const, to: [27, 3] as const, rise: 3 } : { from: [27, 5.5] as const, to: [22, 5.5] as const, rise: 3 },
    }))
    const space = spaceOf({
      floors: [
        floorOf(...storey(0)), { ...floorOf('storey 1', [27, 2, 29, 6.5], [29, 0, 49, 6], [38.5, 6, 39.5, 6.2], [30, 6.2, 49, 12]), height: 3 },
        { ...floorOf('storey 2', [20, 4.5, 22, 6.5], [0, 4.5, 20, 8]), height: 6 }, ...flights,
      ],
      joins: [
        joinOf('1a', 'storey 0', 'flight 1', [22, 2], [22, 4]), joinOf('1b', 'flight 1', 'storey 1', [27, 2], [27, 4]),
        joinOf('2a', 'storey 1', 'flight 2', [27, 4.5], [27, 6.5]), joinOf('2b', 'flight 2', 'storey 2', [22, 4.5], [22, 6.5]),
      ],
      goals: [exitOf('out', 'storey 0', [0, 0], [0, 6])],
    })
    const people = [spread(40, [1, 7, 19, 12], 1), spread(40, [31, 7, 48, 12], 2), spread(40, [1, 4.5, 19, 8], 3)]
    const run = new CrowdRun({ space, journeys: [['out']], walkers: people.flatMap((places, floor) => walkersAt(places, () => ({ floor, speed }))) })
    run.advance(900)
    return run.cleared()
  })
  return [{ name: '0.8-less-1.1-m-s', measured: times[0]! - times[1]!, unit: 's', ...between(1, 200) }, { name: '1.1-less-1.4-m-s', measured: times[1]! - times[2]!, unit: 's', ...between(0.5, 200) }]
}

/** A lift between two floors: a person takes it; how long that is, and that nobody is lost in it. */
function lift(): Finding[] {
  const cabin: Rectangle = [10, 1, 12, 3]
  const space = spaceOf({
    floors: [floorOf('upper', [0, 0, 12, 4]), floorOf('lower', [0, 0, 12, 4])].map((floor, at) => ({ ...floor, height: at === 0 ? 4 : 0 })),
    lifts: [{ id: 'lift', landings: ['upper', 'lower'].map(floor => ({ floor, area: areaOf('', floor, cabin).shape })), capacity: 8, doorTime: 5, travelTime: 10 }],
    goals: [exitOf('out', 'lower', [0, 0], [0, 4])],
  })
  const run = new CrowdRun({ space, journeys: [['out']], walkers: [{ x: 5, y: 2, speed: 1 }] })
  let rode = false
  run.advance(200, () => { rode ||= run.totals.inLift > 0 })
  // 5 m to the lift and 10 m from it at 1 m/s, 10 s of travel, and at most a full round of doors and travel to wait.
  return [
    { name: 'time', measured: run.cleared(), unit: 's', ...between(5 + 10 + 9, 5 + 10 + 11 + 2 * (5 + 10) + 5) }, { name: 'rode', measured: rode ? 1 : 0, unit: '1', expected: 1, tolerance: 0 },
  ]
}

/** Five groups of a slow member and four fast ones, 20 m: s between the first and the last of a group. */
function groups(): Finding[] {
  const walkers = Array.from({ length: 25 }, (_, at): Walker => ({ x: 1 + 0.7 * (at % 5), y: 1.2 + 2 * Math.floor(at / 5) + 0.35 * ((at % 2) - 0.5), group: Math.floor(at / 5) + 1, speed: at % 5 === 0 ? 0.5 : 1.25 }))
  const run = new CrowdRun({ space: spaceOf({ floors: [floorOf('room', [0, 0, 24, 11])], goals: [exitOf('out', 'room', [23, 0], [23, 11])] }), journeys: [['out']], walkers })
  run.advance(200)
  run.cleared()
  const spreads = [1, 2, 3, 4, 5].map(group => {
    const times = run.leavings().filter(({ id }) => walkers[id - 1]!.group === group).map(({ time }) => time)
    return Math.max(...times) - Math.min(...times)
  })
  return [{ name: 'spread-of-arrival', measured: Math.max(...spreads), unit: 's', ...between(0, 10) }]
}

/** A room of 30 m x 20 m with two exits of 1 m; everybody has been told to take the one that is farther. */
function allocation(): Finding[] {
  const space = spaceOf({
    floors: [floorOf('room', [0, 0, 30, 20], [30, 9.5, 30.2, 10.5], [30.2, 8, 34, 12], [-0.2, 9.5, 0, 10.5], [-4, 8, -0.2, 12])],
    goals: [exitOf('east', 'room', [33, 8], [33, 12]), exitOf('west', 'room', [-3, 8], [-3, 12])],
  })
  const walkers = walkersAt(spread(100, [0, 0, 30, 20]), at => ({ journey: at % 4 === 0 ? 1 : 0 }))
  const run = new CrowdRun({ space, journeys: [['east'], ['west']], walkers })
  run.advance(300)
  const wrong = run.leavings().filter(({ id, exit }) => exit !== (walkers[id - 1]!.journey === 1 ? 'west' : 'east')).length
  return [{ name: 'elsewhere', measured: wrong, unit: 'p', expected: 0, tolerance: 0 }, { name: 'left', measured: run.leavings().length, unit: 'p', expected: 100, tolerance: 0 }]
}

/**
 * Two exits, a person within 2 m of the middle who does not know the place: alone, and seeing ten others take one of the
 * exits, once either. Influence: by how much more often the person takes the exit of the others, over draws.
 */
function socialInfluence(): Finding[] {
  const space = spaceOf({
    floors: [floorOf('room', [0, 0, 20, 15])],
    goals: [exitOf('left', 'room', [0, 6.5], [0, 8.5]), exitOf('right', 'room', [20, 6.5], [20, 8.5])],
  })
  const takes = (side: 1 | -1, others: boolean): number => {
    let same = 0
    for (let seed = 1; seed <= 20; seed++) {
      const leaders = Array.from({ length: 10 }, (_, at): Walker => ({ x: 10 + side * (1 + (at % 5)), y: 7.2 + 0.6 * Math.floor(at / 5), journey: 1 }))
      const person: Walker = { x: drawn(8, 12, seed, 32), y: 3, reaction: 2 }
      const exit = side > 0 ? 'right' : 'left'
      const run = new CrowdRun({ space, journeys: [[{ kind: 'walk', goals: ['left', 'right'], follows: FOLLOWS }], [exit]], walkers: [person, ...(others ? leaders : [])], seed })
      run.advance(60)
      if (run.leavings().find(({ id }) => id === 1)?.exit === exit) same++
    }
    return same / 20
  }
  const share = mean(([1, -1] as const).map(side => takes(side, true) - takes(side, false)))
  return [{ name: 'share-that-follows', measured: 100 * share, unit: '%', ...between(20, 100) }]
}

/** A near exit that the person does not know, and a familiar one that is farther. */
function affiliation(): Finding[] {
  const space = spaceOf({ floors: [floorOf('room', [0, 0, 15, 10])], goals: [exitOf('near', 'room', [0, 4.5], [0, 5.5]), exitOf('familiar', 'room', [15, 4.5], [15, 5.5])] })
  const leave = (goals: readonly string[]): string => {
    const run = new CrowdRun({ space, journeys: [[goals]], walkers: [{ x: 4, y: 5 }] })
    run.advance(60)
    return run.leavings()[0]?.exit ?? 'nowhere'
  }
  return [
    { name: 'knows-both', measured: leave(['near', 'familiar']) === 'near' ? 1 : 0, unit: '1', expected: 1, tolerance: 0 },
    { name: 'knows-one', measured: leave(['familiar']) === 'familiar' ? 1 : 0, unit: '1', expected: 1, tolerance: 0 },
  ]
}

export const choiceCases: readonly ValidationCase[] = [
  { name: 'rimea/8', long: true, source: `${RIMEA}, test 8: parameter study of a building of three storeys (plan of our own): faster people leave sooner`, run: threeStoreys },
  { name: 'rimea/10', source: `${RIMEA}, test 10: twelve rooms on a corridor of 1 m, doors of 0.9 m, 23 persons leave by the exits assigned to them`, run: cabins },
  { name: 'rimea/14', source: `${RIMEA}, test 14: short way or detour over an upper floor is to be documented: the quickest is taken`, run: shortOrUpper },
  { name: 'imo/10', source: `${IMO}, test 10: twelve cabins, 23 persons leave by the exits assigned to them`, run: cabins },
  { name: 'nist/2.7', source: `${NIST}, Verif.2.7: one person by lift; walking, travel, and at most one round of waiting`, run: lift },
  { name: 'nist/2.9', source: `${NIST}, Verif.2.9: groups of a slow (0.5 m/s) and four fast members (1.25 m/s) arrive together within 10 s; alone they would be 24 s apart after 20 m`, run: groups },
  { name: 'nist/3.1', source: `${NIST}, Verif.3.1: persons leave by the exits allocated to them`, run: allocation },
  { name: 'nist/3.2', source: `${NIST}, Verif.3.2: others who take an exit influence the choice of one who is undecided: at least every fifth more follows (threshold assumed)`, run: socialInfluence },
  { name: 'nist/3.3', source: `${NIST}, Verif.3.3: a familiar exit is taken though another is nearer`, run: affiliation },
]
