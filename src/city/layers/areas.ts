import type { Columns, Floor, Goal, TableOf, WalkSpace } from '../../sim'
import type { CityPack } from '../pack/readPack'
import type { Layer, LayerKind } from '../pack/layerKind'

/** Whether a figure of an area was read from a map, or assumed because no map shows it. */
export const Basis = { measured: 0, assumed: 1 } as const
/** Words of a walk space by their numbers in the tables. */
export const surfaces = ['level', 'stairs', 'escalator', 'ramp'] as const satisfies readonly Floor['surface'][]
export const passages = ['none', 'firstOnLeft', 'firstOnRight', 'both'] as const
export const goalKinds = ['exit', 'area'] as const satisfies readonly Goal['kind'][]

/** Each area is a walk space; its parts lie one after the other in the tables that follow. */
export const areaColumns = {
  id: { type: 'i32', unit: 'string', doc: 'stable id, as scenarios use it' },
  name: { type: 'i32', unit: 'string', doc: 'Chinese name' },
  nameEn: { type: 'i32', unit: 'string', doc: 'English name' },
  venue: { type: 'i32', unit: 'string', doc: 'id of its venue in the venues layer; -1 = none' },
  floorFirst: { type: 'i32', unit: 'row', doc: 'first floor' },
  floorCount: { type: 'i32', unit: '1', doc: 'floors' },
  joinFirst: { type: 'i32', unit: 'row', doc: 'first join' },
  joinCount: { type: 'i32', unit: '1', doc: 'joins' },
  barrierFirst: { type: 'i32', unit: 'row', doc: 'first barrier' },
  barrierCount: { type: 'i32', unit: '1', doc: 'barriers' },
  gateFirst: { type: 'i32', unit: 'row', doc: 'first gate' },
  gateCount: { type: 'i32', unit: '1', doc: 'gates' },
  liftFirst: { type: 'i32', unit: 'row', doc: 'first landing; landings of one lift follow each other' },
  liftCount: { type: 'i32', unit: '1', doc: 'landings' },
  goalFirst: { type: 'i32', unit: 'row', doc: 'first goal' },
  goalCount: { type: 'i32', unit: '1', doc: 'goals' },
  portalFirst: { type: 'i32', unit: 'row', doc: 'first portal' },
  portalCount: { type: 'i32', unit: '1', doc: 'portals' },
  figureFirst: { type: 'i32', unit: 'row', doc: 'first figure' },
  figureCount: { type: 'i32', unit: '1', doc: 'figures' },
} as const satisfies Columns

const line = {
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point' },
  pointCount: { type: 'i32', unit: '1', doc: 'points' },
} as const satisfies Columns

export const areaFloorColumns = {
  id: { type: 'i32', unit: 'string', doc: 'id within its area' },
  ringFirst: { type: 'i32', unit: 'row', doc: 'outer edge; holes follow' },
  ringCount: { type: 'i32', unit: '1', doc: 'rings' },
  height: { type: 'f32', unit: 'm', doc: 'above the sea; of slopes their lower end' },
  rise: { type: 'f32', unit: 'm', doc: 'of slopes: gained from foot to head' },
  footX: { type: 'i32', unit: 'cm', doc: 'of slopes: middle of the lower end, east of the false origin' },
  footY: { type: 'i32', unit: 'cm', doc: 'north of the false origin' },
  headX: { type: 'i32', unit: 'cm', doc: 'of slopes: middle of the upper end' },
  headY: { type: 'i32', unit: 'cm', doc: 'north of the false origin' },
  belt: { type: 'f32', unit: 'm/s', doc: 'of escalators: along the slope, positive upwards' },
  cell: { type: 'f32', unit: 'm', doc: 'of flow fields' },
  surface: { type: 'u8', unit: 'surface', doc: 'level, stairs, escalator, ramp' },
} as const satisfies Columns

export const areaJoinColumns = {
  id: { type: 'i32', unit: 'string', doc: 'id within its area' },
  from: { type: 'i32', unit: 'row', doc: 'floor' },
  to: { type: 'i32', unit: 'row', doc: 'floor' },
  ...line,
} as const satisfies Columns

export const areaBarrierColumns = {
  id: { type: 'i32', unit: 'string', doc: 'id within its area' },
  floor: { type: 'i32', unit: 'row', doc: 'floor' },
  ...line,
  lets: { type: 'u8', unit: 'passage', doc: 'who crosses it: none, firstOnLeft, firstOnRight' },
  closed: { type: 'u8', unit: '1', doc: '1 = it stands' },
} as const satisfies Columns

export const areaGateColumns = {
  id: { type: 'i32', unit: 'string', doc: 'id within its area' },
  floor: { type: 'i32', unit: 'row', doc: 'floor' },
  ...line,
  service: { type: 'f32', unit: 's', doc: 'that one person keeps a lane' },
  lanes: { type: 'u8', unit: '1', doc: 'lanes side by side' },
  lets: { type: 'u8', unit: 'passage', doc: 'none, firstOnLeft, firstOnRight, both' },
  open: { type: 'u8', unit: '1', doc: '1 = open' },
} as const satisfies Columns

export const areaLiftColumns = {
  lift: { type: 'i32', unit: 'string', doc: 'id of the lift within its area' },
  floor: { type: 'i32', unit: 'row', doc: 'floor of this landing' },
  ...line,
  capacity: { type: 'f32', unit: 'persons', doc: 'of the lift' },
  doorTime: { type: 'f32', unit: 's', doc: 'with open doors' },
  travelTime: { type: 'f32', unit: 's', doc: 'to the next landing' },
} as const satisfies Columns

export const areaGoalColumns = {
  id: { type: 'i32', unit: 'string', doc: 'id within its area' },
  floor: { type: 'i32', unit: 'row', doc: 'floor' },
  ...line,
  room: { type: 'i32', unit: 'persons', doc: 'it takes; -1 = any number' },
  kind: { type: 'u8', unit: 'goalKind', doc: 'exit, area' },
  open: { type: 'u8', unit: '1', doc: '1 = open' },
} as const satisfies Columns

export const areaPortalColumns = {
  x: { type: 'f64', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f64', unit: 'm', doc: 'north of the false origin' },
  goal: { type: 'i32', unit: 'string', doc: 'goal of the area where people change between it and the sidewalks' },
  width: { type: 'f32', unit: 'm', doc: 'clear width' },
} as const satisfies Columns

export const areaFigureColumns = {
  subject: { type: 'i32', unit: 'string', doc: 'floor, goal or gate that it is about; -1 = the whole area' },
  name: { type: 'i32', unit: 'string', doc: 'what it is, in Chinese' },
  nameEn: { type: 'i32', unit: 'string', doc: 'what it is, in English' },
  unit: { type: 'i32', unit: 'string', doc: 'unit; -1 = none' },
  value: { type: 'f32', unit: 'as unit', doc: 'the figure' },
  basis: { type: 'u8', unit: 'Basis', doc: 'measured from a map, or assumed' },
} as const satisfies Columns

/** On whole centimetres, so that edges which floors share are the same edges. */
export const areaPointColumns = {
  x: { type: 'i32', unit: 'cm', doc: 'east of the false origin' },
  y: { type: 'i32', unit: 'cm', doc: 'north of the false origin' },
} as const satisfies Columns

export const areasLayer = {
  kind: 'areas',
  version: 1,
  tables: {
    areas: areaColumns, floors: areaFloorColumns, rings: line, joins: areaJoinColumns, barriers: areaBarrierColumns, gates: areaGateColumns,
    lifts: areaLiftColumns, goals: areaGoalColumns, portals: areaPortalColumns, figures: areaFigureColumns, points: areaPointColumns,
  },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>
export type AreasLayer = Layer<(typeof areasLayer)['tables']>

/** Where people change between an area and the sidewalks. */
export interface Portal { readonly goal: string; readonly at: readonly [number, number]; readonly width: number }

/** A figure of an area and where it comes from, in both languages. `subject` '' = the whole area. */
export interface AreaFigure { readonly subject: string; readonly name: string; readonly nameEn: string; readonly unit: string; readonly value: number; readonly measured: boolean }

/** A place where people walk in two dimensions, as the pack holds it. */
export interface CityArea {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  /** Id in the venues layer; '' = none. */
  readonly venue: string
  readonly space: WalkSpace
  readonly portals: readonly Portal[]
  readonly figures: readonly AreaFigure[]
}

/** The walk spaces of a pack; none where it has no such layer. */
export async function loadAreas(pack: CityPack): Promise<CityArea[]> {
  return pack.has('areas') ? readAreas(await pack.layer(areasLayer)) : []
}

export function readAreas(layer: AreasLayer): CityArea[] {
  return Array.from({ length: layer.areas.rows }, (_, row) => readArea(layer, row))
}

function readArea(layer: AreasLayer, row: number): CityArea {
  const { areas, floors, rings, joins, barriers, gates, goals, portals, figures, points } = layer
  const text = (index: number): string => layer.strings[index] ?? ''
  const spread = <T>(first: number, count: number, make: (row: number) => T): T[] => Array.from({ length: count }, (_, i) => make(first + i))
  const point = (i: number): [number, number] => [points.x[i]! / 100, points.y[i]! / 100]
  const shape = (table: TableOf<typeof line>, i: number): [number, number][] => spread(table.pointFirst[i]!, table.pointCount[i]!, point)
  const pair = (table: TableOf<typeof line>, i: number): [[number, number], [number, number]] => [point(table.pointFirst[i]!), point(table.pointFirst[i]! + 1)]
  const rounded = (value: number): number => Math.round(value * 100) / 100
  const floorId = (i: number): string => text(floors.id[i]!)
  return {
    id: text(areas.id[row]!), name: text(areas.name[row]!), nameEn: text(areas.nameEn[row]!), venue: text(areas.venue[row]!),
    space: {
      floors: spread(areas.floorFirst[row]!, areas.floorCount[row]!, (i): Floor => ({
        id: floorId(i), height: rounded(floors.height[i]!), outlines: spread(floors.ringFirst[i]!, floors.ringCount[i]!, ring => shape(rings, ring)),
        surface: surfaces[floors.surface[i]!]!, cell: rounded(floors.cell[i]!),
        ...(floors.surface[i] === 0 ? {} : {
          ascent: { from: [floors.footX[i]! / 100, floors.footY[i]! / 100], to: [floors.headX[i]! / 100, floors.headY[i]! / 100], rise: rounded(floors.rise[i]!) },
        }),
        ...(surfaces[floors.surface[i]!] === 'escalator' ? { belt: rounded(floors.belt[i]!) } : {}),
      })),
      joins: spread(areas.joinFirst[row]!, areas.joinCount[row]!, i => ({ id: text(joins.id[i]!), floors: [floorId(joins.from[i]!), floorId(joins.to[i]!)], line: pair(joins, i) })),
      barriers: spread(areas.barrierFirst[row]!, areas.barrierCount[row]!, i => ({
        id: text(barriers.id[i]!), floor: floorId(barriers.floor[i]!), line: shape(barriers, i), lets: passages[barriers.lets[i]!] as 'none', closed: barriers.closed[i] === 1,
      })),
      gates: spread(areas.gateFirst[row]!, areas.gateCount[row]!, i => ({
        id: text(gates.id[i]!), floor: floorId(gates.floor[i]!), line: pair(gates, i), lanes: gates.lanes[i]!, service: rounded(gates.service[i]!),
        lets: passages[gates.lets[i]!] as 'both', open: gates.open[i] === 1,
      })),
      queues: [],
      lifts: readLifts(layer, row, text, i => shape(layer.lifts, i)),
      goals: spread(areas.goalFirst[row]!, areas.goalCount[row]!, (i): Goal => ({
        id: text(goals.id[i]!), floor: floorId(goals.floor[i]!), shape: shape(goals, i), kind: goalKinds[goals.kind[i]!]!, open: goals.open[i] === 1,
        ...(goals.room[i]! < 0 ? {} : { room: goals.room[i]! }),
      })),
    },
    portals: spread(areas.portalFirst[row]!, areas.portalCount[row]!, i => ({ goal: text(portals.goal[i]!), at: [portals.x[i]!, portals.y[i]!], width: rounded(portals.width[i]!) })),
    figures: spread(areas.figureFirst[row]!, areas.figureCount[row]!, i => ({
      subject: text(figures.subject[i]!), name: text(figures.name[i]!), nameEn: text(figures.nameEn[i]!), unit: text(figures.unit[i]!),
      value: rounded(figures.value[i]!), measured: figures.basis[i] === Basis.measured,
    })),
  }
}

function readLifts({ areas, floors, lifts }: AreasLayer, row: number, text: (index: number) => string, shape: (row: number) => [number, number][]): WalkSpace['lifts'] {
  const found = new Map<string, { id: string; landings: { floor: string; area: [number, number][] }[]; capacity: number; doorTime: number; travelTime: number }>()
  for (let i = areas.liftFirst[row]!; i < areas.liftFirst[row]! + areas.liftCount[row]!; i++) {
    const id = text(lifts.lift[i]!)
    const lift = found.get(id) ?? { id, landings: [], capacity: lifts.capacity[i]!, doorTime: lifts.doorTime[i]!, travelTime: lifts.travelTime[i]! }
    lift.landings.push({ floor: text(floors.id[lifts.floor[i]!]!), area: shape(i) })
    found.set(id, lift)
  }
  return [...found.values()]
}
