import { ALL_CLASSES, Mark, RoadClass, VehicleClass } from '../../sim'
import { sourceDate, type OsmData, type Tags } from '../osm'

/** A way that cars may use, with its tags read; nodes run in the direction of travel where it is one-way. */
export interface RoadWay {
  /** `w<id>` of the source, `c<correction>` if a correction added it. */
  readonly key: string
  nodes: number[]
  /** Index within the source way of `nodes[0]`: keeps link ids stable where a way was split. */
  readonly firstIndex: number
  readonly class: number
  readonly oneway: boolean
  readonly name: string
  readonly nameEn: string
  /** Date of the extract that it comes from; '' = only one extract. */
  readonly date: string
  /** 0 = not tagged. */
  readonly lanesForward: number
  readonly lanesBackward: number
  /** Kerb first; empty = not tagged. */
  readonly marksForward: readonly number[]
  readonly marksBackward: readonly number[]
  /** Bits of the classes that each lane lets in, kerb first; empty = all lanes are for all. */
  readonly allowedForward: readonly number[]
  readonly allowedBackward: readonly number[]
  /** m/s, 0 = not tagged. */
  readonly speed: number
  /** m of one lane, 0 = not tagged. */
  readonly laneWidth: number
  readonly layer: number
  readonly bridge: boolean
  readonly tunnel: boolean
  readonly roundabout: boolean
  /** Value of `service`, on service roads. */
  readonly service: string
  readonly corrected: boolean
}

const classOf: Readonly<Record<string, number>> = {
  motorway: RoadClass.motorway, motorway_link: RoadClass.motorwayLink, trunk: RoadClass.trunk, trunk_link: RoadClass.trunkLink,
  primary: RoadClass.primary, primary_link: RoadClass.primaryLink, secondary: RoadClass.secondary,
  secondary_link: RoadClass.secondaryLink, tertiary: RoadClass.tertiary, tertiary_link: RoadClass.tertiaryLink,
  unclassified: RoadClass.unclassified, residential: RoadClass.residential, living_street: RoadClass.residential,
  road: RoadClass.unclassified, service: RoadClass.service,
}

/** Ramps and slip roads. */
export const isRamp = (roadClass: number): boolean => roadClass < RoadClass.unclassified && roadClass % 2 === 1
/** Tertiary or better, ramps included. */
export const isMain = (roadClass: number): boolean => roadClass < RoadClass.unclassified
export const isExpressway = (roadClass: number): boolean => roadClass <= RoadClass.trunkLink

/** The ways of the extract that cars may use, by key. Ways that were left out because of access are counted. */
export function selectRoads(data: OsmData): { roads: RoadWay[]; excluded: Record<string, number> } {
  const roads: RoadWay[] = []
  const excluded: Record<string, number> = {}
  for (const way of data.ways) {
    const { tags } = way
    const roadClass = classOf[tags.highway ?? '']
    if (roadClass === undefined || way.nodes.length < 2) continue
    const reason = exclusion(tags, roadClass)
    if (reason) {
      excluded[reason] = (excluded[reason] ?? 0) + 1
      continue
    }
    const reversed = tags.oneway === '-1' || tags.oneway === 'reverse'
    const roundabout = tags.junction === 'roundabout' || tags.junction === 'circular'
    const impliedOneway = roundabout || roadClass === RoadClass.motorway || roadClass === RoadClass.motorwayLink
    const oneway = reversed || ['yes', 'true', '1'].includes(tags.oneway ?? '') || (impliedOneway && tags.oneway !== 'no')
    // Repeated nodes make zero-length pieces.
    const nodes = way.nodes.filter((id, index) => id !== way.nodes[index - 1])
    if (nodes.length < 2) continue
    const lanes = laneTags(tags, oneway)
    const width = parseFloat(tags.width ?? '')
    const lanesTotal = lanes.forward + lanes.backward
    roads.push({
      key: way.id > 0 ? `w${way.id}` : `c${way.correction ?? -way.id}`,
      nodes: reversed ? nodes.reverse() : nodes,
      firstIndex: 0, class: roadClass, oneway,
      name: (tags.name ?? tags['name:zh'] ?? '').trim(), nameEn: (tags['name:en'] ?? '').trim(), date: sourceDate(way.source),
      lanesForward: lanes.forward, lanesBackward: lanes.backward,
      marksForward: turnMarks(tags[oneway ? 'turn:lanes' : 'turn:lanes:forward'] ?? (oneway ? tags['turn:lanes:forward'] : undefined), lanes.forward),
      marksBackward: oneway ? [] : turnMarks(tags['turn:lanes:backward'], lanes.backward),
      allowedForward: laneRules(tags, oneway ? ['', ':forward'] : [':forward'], lanes.forward),
      allowedBackward: oneway ? [] : laneRules(tags, [':backward'], lanes.backward),
      speed: speedTag(tags.maxspeed),
      laneWidth: lanesTotal > 0 && width > 0 ? Math.min(4, Math.max(2.75, width / lanesTotal)) : 0,
      layer: Math.trunc(Number(tags.layer ?? 0)) || (tags.tunnel && tags.tunnel !== 'no' && tags.tunnel !== 'building_passage' ? -1 : 0)
        || (tags.bridge && tags.bridge !== 'no' ? 1 : 0),
      bridge: tags.bridge !== undefined && tags.bridge !== 'no',
      tunnel: tags.tunnel !== undefined && tags.tunnel !== 'no' && tags.tunnel !== 'building_passage',
      roundabout, service: tags.service ?? '', corrected: way.correction !== undefined,
    })
  }
  return { roads, excluded }
}

function exclusion(tags: Tags, roadClass: number): string {
  if (tags.area === 'yes') return 'area'
  const open = (value: string | undefined): boolean => ['yes', 'permissive', 'designated', 'destination', 'permit'].includes(value ?? '')
  const shut = (value: string | undefined): boolean => ['no', 'private', 'agricultural', 'forestry', 'emergency'].includes(value ?? '')
  const car = tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle
  if (shut(car)) return 'noCars'
  if (!open(car) && shut(tags.access) && roadClass >= RoadClass.unclassified) return 'noAccess'
  if (roadClass === RoadClass.service && ['parking_aisle', 'drive-through', 'emergency_access'].includes(tags.service ?? '')) return 'parkingAisle'
  return ''
}

/** `lanes`, `lanes:forward`, `lanes:backward`, `turn:lanes`; a total of a two-way road is halved, the odd lane goes forward. */
function laneTags(tags: Tags, oneway: boolean): { forward: number; backward: number } {
  const count = (value: string | undefined): number => {
    const lanes = Math.round(parseFloat(value ?? ''))
    return lanes >= 1 && lanes <= 10 ? lanes : 0
  }
  const arrows = (value: string | undefined): number => (value ? value.split('|').length : 0)
  const total = count(tags.lanes)
  if (oneway) return { forward: total || arrows(tags['turn:lanes']) || count(tags['lanes:forward']), backward: 0 }
  let forward = count(tags['lanes:forward']) || arrows(tags['turn:lanes:forward'])
  let backward = count(tags['lanes:backward']) || arrows(tags['turn:lanes:backward'])
  if (total > 0) {
    forward ||= backward ? Math.max(1, total - backward) : Math.max(1, Math.ceil(total / 2))
    backward ||= Math.max(1, total - forward)
  }
  return { forward, backward }
}

const markOf: Readonly<Record<string, number>> = {
  left: Mark.left, slight_left: Mark.left, sharp_left: Mark.left, through: Mark.straight, right: Mark.right,
  slight_right: Mark.right, sharp_right: Mark.right, reverse: Mark.uTurn, merge_to_left: Mark.straight, merge_to_right: Mark.straight,
}

/** Marks of `turn:lanes`, kerb first; empty unless it speaks of exactly `lanes` lanes. */
function turnMarks(value: string | undefined, lanes: number): number[] {
  if (!value) return []
  const marks = value.split('|').map(lane => lane.split(';').reduce((bits, arrow) => bits | (markOf[arrow.trim()] ?? 0), 0))
  return marks.length === lanes && marks.some(bits => bits > 0) ? marks.reverse() : []
}

const BUS = 1 << VehicleClass.bus
const TAXI = 1 << VehicleClass.taxi

/**
 * Who may use each lane, kerb first; empty where all may use all. A lane is for buses where `bus:lanes` (or
 * `psv:lanes`: taxis too) designates it or `vehicle:lanes` and its like shut the others out; `lanes:bus` and
 * `lanes:psv` only count such lanes, which then are those at the kerb.
 */
function laneRules(tags: Tags, ways: readonly string[], lanes: number): number[] {
  const values = (key: string): string[] => {
    const value = ways.map(way => tags[`${key}${way}`]).find(text => text !== undefined)?.split('|') ?? []
    return value.length === lanes ? value.map(text => text.trim()).reverse() : []
  }
  const [bus, psv] = [values('bus:lanes'), values('psv:lanes')]
  const shut = ['motorcar:lanes', 'motor_vehicle:lanes', 'vehicle:lanes', 'access:lanes'].map(values).find(list => list.length > 0) ?? []
  const count = (key: string): number => Math.max(0, ...ways.map(way => Math.trunc(Number(tags[`${key}${way}`] ?? 0)) || 0))
  const atKerb = { bus: count('lanes:bus'), psv: count('lanes:psv') }
  const allowed = Array.from({ length: lanes }, (_, lane) => {
    if (psv[lane] === 'designated' || (psv[lane] === 'yes' && shut[lane] === 'no')) return BUS | TAXI
    if (bus[lane] === 'designated' || (bus[lane] === 'yes' && shut[lane] === 'no')) return BUS
    if (lane < atKerb.psv && lane < lanes - 1) return BUS | TAXI
    return lane < atKerb.bus && lane < lanes - 1 ? BUS : ALL_CLASSES
  })
  return allowed.some(bits => bits !== ALL_CLASSES) ? allowed : []
}

/** m/s of a `maxspeed`, 0 where it names no number. */
function speedTag(value: string | undefined): number {
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh)?$/.exec(value?.trim() ?? '')
  if (!match) return 0
  const kmh = Number(match[1]) * (match[2] === 'mph' ? 1.609344 : 1)
  return kmh >= 5 && kmh <= 130 ? kmh / 3.6 : 0
}
