import type { Point, Polygon } from '../layers/compile/geometry'
import { findEntrances, type Entrance } from './entrances'
import { addFence } from './fence'
import { addFlights } from './flights'
import { addPlatforms, INSET, type PlatformSpec } from './platforms'
import { box, frameOf, ringInside, united, without } from './shapes'
import { Basis } from '../layers/areas'
import type { SpaceDraft } from './spaceDraft'

export interface StationSpec {
  readonly id: string
  /** Street level, m above the sea. */
  readonly ground: number
  /** Outline of the underground hall with its passages. */
  readonly outline: Polygon
  /** Whether a map shows the outline. */
  readonly mapped: boolean
  /** Street to concourse, m. */
  readonly depth: number
  readonly platforms: readonly PlatformSpec[]
  /** Strips of paid concourse that join the paid sides of two lines. */
  readonly paidLinks: readonly { readonly from: Point; readonly to: Point; readonly width: number }[]
}

/** A passage that rises to the street is wide enough for escalators beside a stair from these widths on, m. */
const ONE_ESCALATOR = 4
const TWO_ESCALATORS = 5.6
/** Depth of the piece of street in front of an entrance outside the area, m. */
const STREET = 4

/**
 * A whole underground station: concourse from its outline, fare gates around the paid side, stairs, escalators and
 * lifts down to the platforms with their train doors, and stairs up to the street. An entrance that lies in `ground`
 * opens there: its stair is cut out of it; any other ends on a piece of street with a portal. Returns what is left of the ground.
 */
export function addStation(draft: SpaceDraft, spec: StationSpec, ground: { floor: string; polygon: Polygon } | null): { ground: Polygon | null; joinGround: () => void } {
  const concourse = { floor: `${spec.id}:concourse`, height: Math.round((spec.ground - spec.depth) * 100) / 100 }
  const { hall, entrances } = findEntrances(spec.outline, spec.depth)
  const parts = []
  const holes: Polygon[0][] = []
  for (const platform of spec.platforms) {
    const part = addPlatforms(draft, spec.id, platform, hall, concourse, holes)
    parts.push(part)
    holes.push(...part.holes)
  }
  const links = spec.paidLinks.map(({ from, to, width }): Polygon => {
    const frame = frameOf(from, to)
    return [box(frame, 0, frame.length, -width / 2, width / 2)]
  })
  const paid = united([...parts.map(part => part.paid), ...links])
  const floor = without(hall, holes.map(hole => [hole]))[0]!
  draft.floors.push({ id: concourse.floor, height: concourse.height, outlines: floor, surface: 'level', cell: 0.25 })
  const lanes = { entries: 0, exits: 0 }
  for (const [index, zone] of paid.entries()) {
    const added = addFence(draft, `${concourse.floor}:paid${index}`, concourse.floor, hall, zone)
    lanes.entries += added.entries
    lanes.exits += added.exits
  }
  if (Math.min(lanes.entries, lanes.exits) === 0) throw new Error(`${spec.id}: no stretch of the fence around the paid side has room for gates. Give another paidWidth in the areas file.`)
  for (const part of parts) part.connect()
  draft.figure(concourse.floor, '站厅与通道轮廓', 'outline of concourse and passages', 1, '', spec.mapped ? Basis.measured : Basis.assumed)
  draft.figure(concourse.floor, '站厅埋深', 'depth of the concourse', spec.depth, 'm', Basis.assumed)
  draft.figure(concourse.floor, '进站闸机通道', 'gate lanes in', lanes.entries, '', Basis.assumed)
  draft.figure(concourse.floor, '出站闸机通道', 'gate lanes out', lanes.exits, '', Basis.assumed)
  const opened: (() => void)[] = []
  let remaining = ground?.polygon ?? null
  for (const [index, entrance] of entrances.entries()) {
    const id = `${spec.id}:entrance${index + 1}`
    const stair = box(entrance.frame, 0, entrance.run, -entrance.width / 2, entrance.width / 2)
    const around = box(entrance.frame, -1, entrance.run + 2, -entrance.width / 2 - 1, entrance.width / 2 + 1)
    draft.figure(id, '出入口通道宽度', 'width of the passage', entrance.width, 'm', spec.mapped ? Basis.measured : Basis.assumed)
    if (remaining && ringInside(around, remaining)) {
      remaining = without(remaining, [[stair]])[0]!
      opened.push(() => addStairs(draft, id, entrance, concourse, { floor: ground!.floor, height: spec.ground }))
    } else opened.push(() => addStreet(draft, id, entrance, concourse, spec.ground))
  }
  return { ground: remaining, joinGround: () => opened.forEach(open => open()) }
}

type Level = { readonly floor: string; readonly height: number }

function addStairs(draft: SpaceDraft, id: string, { frame, run, width }: Entrance, low: Level, high: Level): void {
  addFlights(draft, id, { frame, run, width, escalatorsUp: width >= ONE_ESCALATOR ? 1 : 0, escalatorsDown: width >= TWO_ESCALATORS ? 1 : 0, low, high })
}

/** A piece of street at the head of the stair, with a portal at its far side. */
function addStreet(draft: SpaceDraft, id: string, entrance: Entrance, concourse: Level, ground: number): void {
  const { frame, run, width } = entrance
  const floor = `${id}:street`
  const half = width / 2
  draft.floors.push({ id: floor, height: ground, outlines: [box(frame, run, run + STREET, -half, half)], surface: 'level', cell: 0.25 })
  addStairs(draft, id, entrance, concourse, { floor, height: ground })
  const line: readonly [Point, Point] = [frame.at(run + STREET - INSET, -half + 0.2), frame.at(run + STREET - INSET, half - 0.2)]
  const goal = `portal:${id}`
  draft.goals.push({ id: goal, floor, shape: line, kind: 'exit', open: true })
  draft.portals.push({ goal, at: frame.at(run + STREET, 0), width })
}
