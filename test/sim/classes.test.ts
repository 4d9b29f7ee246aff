import { expect, test } from 'vitest'
import { ALL_CLASSES, assembleNetwork, crossSpec, createWorld, findRoute, gridSpec, LinkFlag, RoadClass, straightSpec, teeSpec, totals, VehicleClass, type NetworkSpec } from '../../src/sim'
import { closing, inputOf, linkBetween, mean, run, runChecked, travelTimes, tripTable, vehicles, withGreenAndRed } from './support'

const { car, bus, ebike, emergency } = VehicleClass

test('an emergency vehicle slows down and passes a red light, a car waits for the green', () => {
  const network = withGreenAndRed(assembleNetwork(straightSpec(600, { parts: 2, signal: true })), 20, 160)
  const time = (type: number): number => {
    let slowest = Infinity
    const world = runChecked(inputOf(network, tripTable(network, [{ depart: 80, from: 0, to: 1, class: type }]), { startTime: 0 }), 500, now => {
      for (const { speed } of vehicles(now)) if (now.tick > 90) slowest = Math.min(slowest, speed)
    })
    expect(slowest).toBeLessThan(20 / 3.6)
    return travelTimes(world)[0]!
  }
  expect(time(car)).toBeGreaterThan(140)
  expect(time(emergency)).toBeLessThan(80)
})

test('across the red light of a busy crossing it is let through, and nobody is hit', () => {
  const network = assembleNetwork(crossSpec({ lanes: 2 }))
  const [west, east] = [linkBetween(network, [-300, 0], [0, 0]), linkBetween(network, [0, 0], [300, 0])]
  const [south, north] = [linkBetween(network, [0, -300], [0, 0]), linkBetween(network, [0, 0], [0, 300])]
  const others = Array.from({ length: 200 }, (_, k) => ({ depart: k * 8, from: south, to: north }))
  const delay = (type: number): number => {
    const rows = [...others, ...Array.from({ length: 10 }, (_, k) => ({ depart: 150 + k * 97, from: west, to: east, class: type }))]
    const trips = tripTable(network, rows)
    return mean(travelTimes(runChecked(inputOf(network, trips), 2400)).filter((_, row) => trips.class[row] === type))
  }
  expect(delay(emergency)).toBeLessThan(0.85 * delay(bus))
})

test('drivers ahead of it leave its lane', () => {
  const network = assembleNetwork(straightSpec(4000, { lanes: 2, speedLimit: 33 }))
  const time = (type: number): number => {
    // A dense stream of slow buses on both lanes, then one who wants to drive faster.
    const buses = Array.from({ length: 45 }, (_, k) => ({ depart: k * 4, from: 0, to: 0, class: VehicleClass.bus, toOffset: 3900 }))
    const trips = tripTable(network, [...buses, { depart: 182, from: 0, to: 0, class: type, toOffset: 3900 }])
    return travelTimes(runChecked(inputOf(network, trips), 1500))[trips.class.findIndex(each => each === type)]!
  }
  const [quick, held] = [time(emergency), time(car)];
  expect(quick).toBeLessThan(0.97 * held)
})

test('it passes barriers and uses bus lanes; cars do neither', () => {
  const spec = gridSpec(2)
  const busLane = 1 << bus
  const links = spec.links.map((link, row) => (row === 0 ? { ...link, lanes: link.lanes.map(lane => ({ ...lane, allowed: busLane })) } : link))
  const network = assembleNetwork({ ...spec, links })
  expect(network.lanes.allowed[0]).toBe(busLane | (1 << emergency))
  const street = 2
  for (const type of [car, emergency]) {
    const trips = tripTable(network, [{ depart: 5, from: street, to: street, class: type, fromOffset: 20, toOffset: 150 }])
    const world = run(createWorld(inputOf(network, trips, { changes: closing(network, street, 0, Infinity) })), 300)
    expect(totals(world).arrived).toBe(type === emergency ? 1 : 0)
  }
})

test('electric two-wheelers are kept off expressways, keep to the kerb and drive 25 km/h at most', () => {
  const fast: NetworkSpec = { ...straightSpec(500), links: straightSpec(500).links.map(link => ({ ...link, class: RoadClass.trunk })) }
  expect(assembleNetwork(fast).lanes.allowed[0]! & (1 << ebike)).toBe(0)
  const network = assembleNetwork(gridSpec(2, { lanes: 3 }))
  const rows = Array.from(network.links.flags).flatMap((flags, link) => (flags & LinkFlag.gatewayIn ? [link] : []))
  const exits = Array.from(network.links.flags).flatMap((flags, link) => (flags & LinkFlag.gatewayOut ? [link] : []))
  const trips = tripTable(network, rows.flatMap((from, at) => exits.filter(to => findRoute(network, from, to, ebike).length > 0)
    .map((to, k) => ({ depart: 20 * at + 60 * k, from, to, class: (at + k) % 3 === 0 ? ebike : car }))))
  const seen = [0, 0]
  const atKerb = [0, 0]
  const world = runChecked(inputOf(network, trips), 3000, now => {
    for (const { path, trip, speed } of vehicles(now)) {
      const bike = Number(trips.class[trips.id.indexOf(trip)] === ebike)
      if (bike) expect(speed).toBeLessThanOrEqual(25 / 3.6 + 0.5)
      if (path >= network.lanes.rows) continue
      seen[bike] = seen[bike]! + 1
      if (network.lanes.index[path] === 0) atKerb[bike] = atKerb[bike]! + 1
    }
  })
  expect(totals(world).arrived).toBe(trips.rows)
  // The others of them are on their way to a left turn.
  expect(atKerb[1]! / seen[1]!).toBeGreaterThan((1.3 * atKerb[0]!) / seen[0]!)
  expect(ALL_CLASSES & (1 << ebike)).toBeTruthy()
})

test('who keeps right leaves the left lane when he has overtaken', () => {
  const network = assembleNetwork(straightSpec(3000, { lanes: 3, speedLimit: 22 }))
  const share = (keepRight: boolean): number => {
    const trips = tripTable(network, Array.from({ length: 60 }, (_, k) => ({ depart: k * 4, from: 0, to: 0, toOffset: 2900 })))
    let right = 0
    let all = 0
    run(createWorld(inputOf(network, trips, { keepRight })), 700, now => {
      for (const { path } of vehicles(now)) {
        all++
        if (path === 0) right++
      }
    })
    return right / all
  }
  expect(share(true)).toBeGreaterThan(share(false) + 0.15)
})

test('a lorry gets into a street that is full, though cars from the side street would fit in sooner', () => {
  const network = assembleNetwork(teeSpec())
  const [west, south, east] = [linkBetween(network, [-300, 0], [0, 0]), linkBetween(network, [0, -300], [0, 0]), linkBetween(network, [0, 0], [300, 0])]
  const cars = Array.from({ length: 300 }, (_, k) => ({ depart: k * 8, from: south, to: east }))
  const trips = tripTable(network, [...cars, { depart: 1200, from: west, to: east, class: VehicleClass.lorry }])
  const lorry = trips.class.indexOf(VehicleClass.lorry)
  const world = createWorld(inputOf(network, trips, { changes: [{ tick: 0, kind: 'speedLimit', row: east, speedLimit: 1.5, source: 'crawl' }] }))
  run(world, 1200 + 240)
  // In 120 s; it took 565 s while cars took all the room that there was.
  expect(vehicles(world).find(({ row }) => row === lorry)?.link).toBe(east)
})
