import { createTable, type Columns, type TableOf } from '../../sim'
import {
  areaBarrierColumns, areaColumns, areaFigureColumns, areaFloorColumns, areaGateColumns, areaGoalColumns, areaJoinColumns, areaLiftColumns, areaPointColumns,
  areaPortalColumns, areasLayer, Basis, goalKinds, passages, surfaces, type CityArea,
} from '../layers/areas'
import type { LayerFile } from '../pack/layerFile'
import { layerFile, StringList } from '../pack/layerKind'

type Place = readonly [number, number]

/** Rows of one table under construction. */
type Rows<C extends Columns> = { readonly [K in keyof C]: number }[]

/** The layer that holds these areas; `readAreas` gives them back as they were. */
export function areasFile(all: readonly CityArea[]): LayerFile {
  const strings = new StringList()
  const rows = {
    areas: [] as Rows<typeof areaColumns>, floors: [] as Rows<typeof areaFloorColumns>, rings: [] as Rows<(typeof areasLayer)['tables']['rings']>,
    joins: [] as Rows<typeof areaJoinColumns>, barriers: [] as Rows<typeof areaBarrierColumns>, gates: [] as Rows<typeof areaGateColumns>,
    lifts: [] as Rows<typeof areaLiftColumns>, goals: [] as Rows<typeof areaGoalColumns>, portals: [] as Rows<typeof areaPortalColumns>,
    figures: [] as Rows<typeof areaFigureColumns>, points: [] as Rows<typeof areaPointColumns>,
  }
  const centimetres = (metres: number): number => Math.round(metres * 100)
  const line = (points: readonly Place[]): { pointFirst: number; pointCount: number } => {
    const pointFirst = rows.points.length
    for (const [x, y] of points) rows.points.push({ x: centimetres(x), y: centimetres(y) })
    return { pointFirst, pointCount: points.length }
  }
  for (const { id, name, nameEn, venue, space, portals, figures } of all) {
    const firstFloor = rows.floors.length
    const floorOf = new Map(space.floors.map((floor, i) => [floor.id, firstFloor + i]))
    const floorRow = (floor: string): number => floorOf.get(floor) ?? fail(`area ${id} has no floor ${floor}`)
    const landings = space.lifts.flatMap(lift => lift.landings.map(landing => ({ lift, landing })))
    rows.areas.push({
      id: strings.row(id), name: strings.row(name), nameEn: strings.row(nameEn), venue: strings.row(venue),
      floorFirst: firstFloor, floorCount: space.floors.length, joinFirst: rows.joins.length, joinCount: space.joins.length,
      barrierFirst: rows.barriers.length, barrierCount: space.barriers.length, gateFirst: rows.gates.length, gateCount: space.gates.length,
      liftFirst: rows.lifts.length, liftCount: landings.length, goalFirst: rows.goals.length, goalCount: space.goals.length,
      portalFirst: rows.portals.length, portalCount: portals.length, figureFirst: rows.figures.length, figureCount: figures.length,
    })
    for (const floor of space.floors) {
      const ringFirst = rows.rings.length
      for (const ring of floor.outlines) rows.rings.push(line(ring))
      const { from, to, rise } = floor.ascent ?? { from: [0, 0], to: [0, 0], rise: 0 }
      rows.floors.push({
        id: strings.row(floor.id), ringFirst, ringCount: floor.outlines.length, height: floor.height, rise,
        footX: centimetres(from[0]), footY: centimetres(from[1]), headX: centimetres(to[0]), headY: centimetres(to[1]),
        belt: floor.belt ?? 0, cell: floor.cell, surface: surfaces.indexOf(floor.surface),
      })
    }
    for (const join of space.joins) rows.joins.push({ id: strings.row(join.id), from: floorRow(join.floors[0]), to: floorRow(join.floors[1]), ...line(join.line) })
    for (const { id: name, floor, line: points, lets, closed } of space.barriers) {
      rows.barriers.push({ id: strings.row(name), floor: floorRow(floor), ...line(points), lets: passages.indexOf(lets), closed: Number(closed) })
    }
    for (const { id: name, floor, line: points, service, lanes, lets, open } of space.gates) {
      rows.gates.push({ id: strings.row(name), floor: floorRow(floor), ...line(points), service, lanes, lets: passages.indexOf(lets), open: Number(open) })
    }
    for (const { lift: { id: name, capacity, doorTime, travelTime }, landing } of landings) {
      rows.lifts.push({ lift: strings.row(name), floor: floorRow(landing.floor), ...line(landing.area), capacity, doorTime, travelTime })
    }
    for (const { id: name, floor, shape, kind, open, room } of space.goals) {
      rows.goals.push({ id: strings.row(name), floor: floorRow(floor), ...line(shape), room: room ?? -1, kind: goalKinds.indexOf(kind), open: Number(open) })
    }
    for (const { goal, at: [x, y], width } of portals) rows.portals.push({ x, y, goal: strings.row(goal), width })
    for (const figure of figures) {
      rows.figures.push({
        subject: strings.row(figure.subject), name: strings.row(figure.name), nameEn: strings.row(figure.nameEn), unit: strings.row(figure.unit),
        value: figure.value, basis: figure.measured ? Basis.measured : Basis.assumed,
      })
    }
  }
  const { tables } = areasLayer
  return layerFile(areasLayer, {
    areas: fill(tables.areas, rows.areas), floors: fill(tables.floors, rows.floors), rings: fill(tables.rings, rows.rings), joins: fill(tables.joins, rows.joins),
    barriers: fill(tables.barriers, rows.barriers), gates: fill(tables.gates, rows.gates), lifts: fill(tables.lifts, rows.lifts), goals: fill(tables.goals, rows.goals),
    portals: fill(tables.portals, rows.portals), figures: fill(tables.figures, rows.figures), points: fill(tables.points, rows.points),
  }, strings.strings)
}

function fill<C extends Columns>(columns: C, rows: Rows<C>): TableOf<C> {
  const table = createTable(columns, rows.length)
  for (const name of Object.keys(columns)) {
    const column = table[name]!
    for (const [row, values] of rows.entries()) column[row] = values[name]!
  }
  return table
}

const fail = (message: string): never => {
  throw new Error(message)
}
