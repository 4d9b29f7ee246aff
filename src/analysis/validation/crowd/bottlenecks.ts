import { mean } from '../../statistics'
import { fruinRoom } from '../../../sim'
import { between, type Finding, type ValidationCase } from '../row'
import { CrowdRun, exitOf, floorOf, joinOf, once, spaceOf, spread, walkersAt, type Walker } from './bed'
import { BEHIND, doorFlow, roomWithDoor, WALL } from './flow'
import type { Rectangle } from './plan'

/** 90 persons a metre of the door and at least 100 wait before it at 2.5 per m2. */
const crowdFor = (door: number): { readonly persons: number; readonly room: Rectangle } => {
  const persons = Math.max(100, Math.round(90 * door))
  const side = Math.sqrt(persons / 2.5)
  return { persons, room: [0, 0, side, Math.max(side, door + 2)] }
}

const widths = [0.8, 0.9, 1, 1.2, 1.4, 1.8, 2.4, 3]

const doorCase = (door: number): ValidationCase => ({
  name: `doors/${door}-m`,
  source: 'specific flow of wide bottlenecks between 1.6 and 2.4 p/m/s in laboratories: Seyfried et al. (2009), Transp. Sci. 43, 395, fig. 6; Kretz, Grünebohm & Schreckenberg (2006), J. Stat. Mech. P10014; door in a wall of 0.2 m, middle 60 % of the crowd, mean of three draws',
  run() {
    const { persons, room } = crowdFor(door)
    return [{ measured: mean([1, 2, 3].map(seed => doorFlow(door, persons, room, seed))), unit: 'p/m/s', ...between(1.6, 2.4) }]
  },
})

/** s until a hall is empty through exits of 1 m in its north and south wall. */
function hallTime(room: Rectangle, doors: readonly { readonly north: boolean; readonly x: number }[], persons: number): number {
  const [west, south, east, north] = room
  const passages = doors.map(({ north: up, x }): Rectangle => (up ? [x - 0.5, north, x + 0.5, north + WALL] : [x - 0.5, south - WALL, x + 0.5, south]))
  const yards = [true, false].filter(up => doors.some(door => door.north === up)).map((up): Rectangle => (up ? [west, north + WALL, east, north + WALL + BEHIND] : [west, south - WALL - BEHIND, east, south - WALL]))
  const goals = [true, false].filter(up => doors.some(door => door.north === up)).map(up => (up ? exitOf('north', 'hall', [west, north + WALL + BEHIND - 1], [east, north + WALL + BEHIND - 1]) : exitOf('south', 'hall', [west, south - WALL - BEHIND + 1], [east, south - WALL - BEHIND + 1])))
  const run = new CrowdRun({ space: spaceOf({ floors: [floorOf('hall', room, ...passages, ...yards)], goals }), journeys: [[goals.map(({ id }) => id)]], walkers: walkersAt(spread(persons, room)) })
  run.advance(900)
  return run.cleared()
}

function fourOrTwo(room: Rectangle): Finding[] {
  const [west, , east] = room
  const [left, right] = [west + (east - west) / 4, east - (east - west) / 4]
  const north = [{ north: true, x: left }, { north: true, x: right }]
  const four = hallTime(room, [...north, { north: false, x: left }, { north: false, x: right }], 1000)
  const two = hallTime(room, north, 1000)
  return [{ name: 'time-of-two-by-four', measured: two / four, unit: '1', expected: 2, tolerance: 0.4 }]
}

/** RiMEA 11: a crowd in the west half of a room, one exit near and one far. */
function nearAndFar(): Finding[] {
  const room: Rectangle = [0, 0, 30, 20]
  const doors: Rectangle[] = [[9.5, 20, 10.5, 20.2], [24.5, 20, 25.5, 20.2]]
  const run = new CrowdRun({
    space: spaceOf({
      floors: [floorOf('room', room, ...doors, [5, 20.2, 15, 24], [20, 20.2, 30, 24])],
      goals: [exitOf('near', 'room', [5, 23.5], [15, 23.5]), exitOf('far', 'room', [20, 23.5], [30, 23.5])],
    }),
    // Who has chosen changes for what saves 10 s (assumed): jams look alike from within, and nobody sees how fast the other one moves.
    journeys: [[{ kind: 'walk', goals: ['near', 'far'], keeps: 10 }]], walkers: walkersAt(spread(1000, [0, 0, 15, 20])),
  })
  run.advance(1200)
  const near = run.leavings().filter(({ exit }) => exit === 'near').length
  return [
    { name: 'share-of-near', measured: (100 * near) / 1000, unit: '%', ...between(50, 95) },
    { name: 'left', measured: run.leavings().length, unit: 'p', expected: 1000, tolerance: 0 },
  ]
}

/** RiMEA 12 (a): the goal lies farther and farther behind the door. */
function goalDistance(): Finding[] {
  const room: Rectangle = [0, 0, 10, 10]
  const times = [0.5, 3, 5, 15].map(distance => mean([1, 2, 3].map(seed => {
    const run = new CrowdRun({
      space: spaceOf({
        floors: [floorOf('room', room, [10, 4.5, 10 + WALL, 5.5], [10 + WALL, 0, 10 + WALL + distance + 1, 10])],
        goals: [exitOf('out', 'room', [10 + WALL + distance, 0], [10 + WALL + distance, 10])],
      }),
      journeys: [['out']], walkers: walkersAt(spread(150, room, seed)), seed,
    })
    run.advance(400)
    return run.cleared()
  })))
  return [
    { name: 'growth-0.5-to-3-m', measured: times[1]! - times[0]!, unit: 's', ...between(0.5, 60) },
    // The ten metres more are walked in 7.5 s; nothing else may come on top but chance.
    { name: 'growth-5-to-15-m', measured: times[3]! - times[2]!, unit: 's', ...between(-5, 10 / 1.34 + 5) },
  ]
}

/** RiMEA 12 (c): two doors of the same width in series. The crowd before the second is thinner. */
function twoInSeries(): Finding[] {
  const [first, second] = [10, 20 + WALL]
  const run = new CrowdRun({
    space: spaceOf({
      floors: [floorOf('rooms', [0, 0, first, 10], [first, 4.5, first + WALL, 5.5], [first + WALL, 0, second, 10], [second, 4.5, second + WALL, 5.5], [second + WALL, 0, second + WALL + 5, 10])],
      goals: [exitOf('out', 'rooms', [second + WALL + BEHIND, 0], [second + WALL + BEHIND, 10])],
    }),
    journeys: [['out']], walkers: walkersAt(spread(150, [0, 0, 10, 10])),
  })
  let [before, between12, ticks] = [0, 0, 0]
  run.advance(60, time => {
    if (time < 20) return
    ticks++
    for (const { x, y } of run.bodies()) {
      if (Math.abs(y - 5) > 1) continue
      if (x > first - 2 && x < first) before++
      if (x > second - 2 && x < second) between12++
    }
  })
  run.advance(400)
  run.cleared()
  return [{ name: 'second-jam-by-first', measured: between12 / before, unit: '1', ...between(0, 0.8) }, { name: 'density-before-first', measured: before / ticks / 4, unit: 'p/m2', ...between(1.5, 6) }]
}

/** A room of 8 m x 5 m, its exit of 1 m that lets 1.33 persons a second and metre through, as the rule books have it. */
const prescribedFlow = once((): Finding[] => {
  const { space, journeys } = roomWithDoor([0, 0, 8, 5], 1)
  const door = exitOf('out', 'room', [8 + WALL / 2, 2], [8 + WALL / 2, 3], 1 / 1.33)
  const run = new CrowdRun({ space: { ...space, goals: [door] }, journeys, walkers: walkersAt(spread(100, [0, 0, 8, 5])) })
  run.advance(300)
  run.cleared()
  const times = run.leavings().map(({ time }) => time)
  const most = Math.max(...times.map(begin => times.filter(time => time >= begin && time < begin + 30).length))
  // Who is let through crosses up to 1.5 s later, so that two of the half minute may have been let through before it, beside the one that begins it.
  return [{ name: 'whole', measured: (times.length - 1) / times.at(-1)!, unit: 'p/s', ...between(1, 1.33 * 1.005) }, { name: 'most-in-30-s', measured: most, unit: 'p', ...between(30, 30 * 1.33 + 3) }]
})

/** IMO 11: a room of 8 m x 5 m with 150 persons, a corridor of 12 m x 2 m, and stairs up at its end. */
function roomCorridorStairs(): Finding[] {
  const [east, end] = [8, 20]
  const space = spaceOf({
    floors: [
      floorOf('ground', [0, 0, east, 5], [east, 1.5, end, 3.5]),
      { ...floorOf('stairs', [end, 1.5, end + 8, 3.5]), surface: 'stairs', ascent: { from: [end, 2.5], to: [end + 8, 2.5], rise: 4.6 } },
      { ...floorOf('top', [end + 8, 1.5, end + 12, 3.5]), height: 4.6 },
    ],
    joins: [joinOf('foot', 'ground', 'stairs', [end, 1.5], [end, 3.5]), joinOf('head', 'stairs', 'top', [end + 8, 1.5], [end + 8, 3.5])],
    goals: [exitOf('out', 'top', [end + 12, 1.5], [end + 12, 3.5])],
  })
  const run = new CrowdRun({ space, journeys: [['out']], walkers: walkersAt(spread(150, [0, 0, 8, 5])) })
  const counts = { exit: 0, corridor: 0, foot: 0 }
  let ticks = 0
  run.advance(60, time => {
    if (time < 25) return
    ticks++
    for (const { x, y, floor } of run.bodies()) {
      if (floor !== 0) continue
      if (x > east - 2 && x < east && Math.abs(y - 2.5) < 1) counts.exit++
      if (x > end - 2) counts.foot++
      if (x > east + 2 && x < east + 4) counts.corridor++
    }
  })
  run.advance(600)
  run.cleared()
  const [exit, foot] = [counts.exit, counts.foot].map(count => count / ticks / 4)
  // Congestion: less room than Fruin's level E of walkways begins with.
  const jam = 1 / fruinRoom.walkway[3]!
  return [{ name: 'density-at-room-exit', measured: exit!, unit: 'p/m2', ...between(jam, 6) }, { name: 'density-at-stair-foot', measured: foot!, unit: 'p/m2', ...between(jam, 6) }]
}

/** A room left over stairs: RiMEA 13. Time of up and of down, and the jam at the foot. */
function stairsUpAndDown(): Finding[] {
  const time = (up: boolean): number => {
    const space = spaceOf({
      floors: [
        floorOf('room', [0, 0, 8, 5], [8, 1.5, 10, 3.5]),
        { ...floorOf('stairs', [10, 1.5, 15, 3.5]), surface: 'stairs', ascent: { from: up ? [10, 2.5] : [15, 2.5], to: up ? [15, 2.5] : [10, 2.5], rise: 2.9 } },
        floorOf('landing', [15, 1.5, 19, 3.5]),
      ],
      joins: [joinOf('first', 'room', 'stairs', [10, 1.5], [10, 3.5]), joinOf('last', 'stairs', 'landing', [15, 1.5], [15, 3.5])],
      goals: [exitOf('out', 'landing', [19, 1.5], [19, 3.5])],
    })
    const run = new CrowdRun({ space, journeys: [['out']], walkers: walkersAt(spread(100, [0, 0, 8, 5])) })
    run.advance(600)
    return run.cleared()
  }
  const [up, down] = [time(true), time(false)]
  return [{ name: 'up-by-down', measured: up / down, unit: '1', ...between(1.001, 1.5) }]
}

/** RiMEA 15: 500 persons straight on for 44 m, round a corner of 34 + 30 m, and straight on for 75.4 m, in a corridor of 10 m; means of three draws, as the last to arrive is one slow person. */
function longCorner(): Finding[] {
  const time = (floor: ReturnType<typeof floorOf>, exit: readonly [readonly [number, number], readonly [number, number]]): number => mean([1, 2, 3].map(seed => {
    const walkers = walkersAt(spread(500, [0, 0, 14, 10], seed))
    const run = new CrowdRun({ space: spaceOf({ floors: [floor], goals: [exitOf('out', 'way', exit[0], exit[1])] }), journeys: [['out']], walkers, seed })
    run.advance(600)
    return run.cleared()
  }))
  const short = time(floorOf('way', [0, 0, 44, 10]), [[44, 0], [44, 10]])
  const bent = time(floorOf('way', [0, 0, 44, 10], [34, 0, 44, 40]), [[34, 40], [44, 40]])
  const long = time(floorOf('way', [0, 0, 75.4, 10]), [[75.4, 0], [75.4, 10]])
  return [{ name: 'corner-less-44-m', measured: bent - short, unit: 's', ...between(0.05, 60) }, { name: '75.4-m-less-corner', measured: long - bent, unit: 's', ...between(0.05, 60) }]
}

const room12: Rectangle = [0, 0, 10, 10]
const RIMEA = 'RiMEA guideline 4.1.1'
const IMO = 'IMO MSC.1/Circ.1533, annex 3'
const NIST = 'NIST Technical Note 1822'

export const bottleneckCases: readonly ValidationCase[] = [
  ...widths.map(doorCase),
  { name: 'rimea/9', long: true, source: `${RIMEA}, test 9: 1000 persons, 20 m x 20 m, four exits of 1 m, then two: about twice the time (20 % either way, assumed)`, run: () => fourOrTwo([0, 0, 20, 20]) },
  { name: 'rimea/11', long: true, source: `${RIMEA}, test 11: 1000 persons in the left of 30 m x 20 m; the near exit is preferred, the far one is used`, run: nearAndFar },
  { name: 'rimea/12a', long: true, source: `${RIMEA}, test 12 (a): goal 0.5 to 15 m behind a door of 1 m; the time grows, then flattens but for the way itself (5 s for chance, assumed); mean of three draws`, run: goalDistance },
  {
    name: 'rimea/12b', source: `${RIMEA}, test 12 (b): a passage of 5 m lets fewer through than one of 0.2 m`,
    run: () => {
      const [short, long] = [0.2, 5].map(depth => mean([1, 2, 3].map(seed => doorFlow(1, 150, room12, seed, depth))))
      return [{ name: 'long-by-short', measured: long! / short!, unit: '1', ...between(0.5, 0.999) }]
    },
  },
  { name: 'rimea/12c', source: `${RIMEA}, test 12 (c): of two doors of 1 m in series the second has the weaker jam`, run: twoInSeries },
  {
    name: 'rimea/12d', long: true, source: `${RIMEA}, test 12 (d): flow grows with the width of the door, 0.8, 1.0, 1.2 m`,
    run: () => {
      const flows = [0.8, 1, 1.2].map(door => mean([1, 2, 3].map(seed => doorFlow(door, 150, room12, seed))) * door)
      return [{ name: '1-less-0.8-m', measured: flows[1]! - flows[0]!, unit: 'p/s', ...between(0.05, 1) }, { name: '1.2-less-1-m', measured: flows[2]! - flows[1]!, unit: 'p/s', ...between(0.05, 1) }]
    },
  },
  { name: 'rimea/13', source: `${RIMEA}, test 13: 100 persons over stairs of 5 m x 2 m, up slower than down`, run: stairsUpAndDown },
  { name: 'rimea/15', long: true, source: `${RIMEA}, test 15: 500 persons; the corner takes longer than its inner way and shorter than its outer; means of three draws`, run: longCorner },
  { name: 'imo/4', source: `${IMO}, test 4: 100 persons, 8 m x 5 m, an exit of 1 m with the prescribed 1.33 p/m/s; persons but the first by the time until the last has left: 1.33 p/s at most (0.5 % for time steps)`, run: prescribedFlow },
  { name: 'imo/9', long: true, source: `${IMO}, test 9: 1000 persons, 30 m x 20 m, four exits, then two: about twice the time (20 % either way, assumed)`, run: () => fourOrTwo([0, 0, 30, 20]) },
  { name: 'imo/11', source: `${IMO}, test 11: 150 persons; a jam (less room than level D of Fruin) at the exit of the room and at the foot of the stairs`, run: roomCorridorStairs },
  {
    name: 'nist/5.1', source: `${NIST}, Verif.5.1: congestion forms before an exit of 1 m and delays: 100 persons take longer than one by more than half of 100 / (2.4 p/s)`,
    run: () => {
      const time = (walkers: readonly Walker[]): number => { const run = new CrowdRun({ ...roomWithDoor([0, 0, 8, 5], 1), walkers }); run.advance(300); return run.cleared() }
      return [{ name: 'delay', measured: time(walkersAt(spread(100, [0, 0, 8, 5]))) - time([{ x: 1, y: 2.5, speed: 1 }]), unit: 's', ...between(100 / 2.4 / 2, 100) }]
    },
  },
  { name: 'nist/5.2', source: `${NIST}, Verif.5.2: the flow of an exit of 1 m keeps to its prescribed maximum of 1.33 p/s`, run: prescribedFlow },
]
