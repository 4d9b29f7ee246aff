import { VehicleClass, type Network, type RuleReport } from '../sim'
import type { Comparison } from './compare'
import { kpiUnits, shownKpis, type Kpis } from './kpis'
import type { RunRecord } from './record'

/** CSV by RFC 4180: fields with commas, quotes or line breaks stand in quotes. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const field = (value: string | number | null): string => {
    const text = value === null || (typeof value === 'number' && Number.isNaN(value)) ? '' : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [header, ...rows].map(row => row.map(field).join(',')).join('\r\n') + '\r\n'
}

export function kpisCsv(kpis: Kpis): string {
  return toCsv(['name', 'unit', 'value'], shownKpis([kpis]).map(name => [name, kpiUnits[name], kpis[name]]))
}

export function comparisonCsv({ kpis, events, roads }: Pick<Comparison, 'kpis' | 'events' | 'roads'>): string {
  const ofEvents = events.flatMap(({ event, kpis: own }) => own.map(each => ['event', { ...each, name: `${event} ${each.name}` }] as const))
  const rows = [...kpis.map(each => ['kpi', each] as const), ...ofEvents, ...roads.map(each => ['road', each] as const)]
  return toCsv(['kind', 'name', 'unit', 'baseline', 'variant', 'difference', 'low95', 'high95'],
    rows.map(([kind, { name, unit, baseline, variant, difference, low95, high95 }]) => [kind, name, unit, baseline, variant, difference, low95, high95]))
}

/** One row each time that a rule began or ended; times are seconds of the day. */
export function rulesCsv({ log }: RuleReport, startTime: number): string {
  return toCsv(['timeS', 'rule', 'kind', 'cause', 'measure', 'unit', 'value', 'threshold', 'actions'],
    log.map(({ time, rule, kind, cause, measure, unit, value, threshold, actions }) => [startTime + time, rule, kind, cause, measure, unit, round(value, 3), threshold, actions.join(' ')]))
}

/** One row a trip that was due; times are seconds of the day, empty where it has not come to that. */
export function tripsCsv({ trips, startTime, dt, ticks }: RunRecord): string {
  const time = (tick: number): number | null => (tick < 0 ? null : startTime + tick * dt)
  const rows: (string | number | null)[][] = []
  for (let row = 0; row < trips.id.length; row++) {
    if (trips.departTick[row]! >= ticks) continue
    rows.push([trips.id[row]!, classNames[trips.class[row]!] ?? '', time(trips.departTick[row]!), time(trips.insertTick[row]!), time(trips.arriveTick[row]!),
      round(trips.distance[row]!, 1), round(trips.freeFlowTime[row]!, 1), trips.unreachableReason[row]!])
  }
  return toCsv(['id', 'class', 'departS', 'insertS', 'arriveS', 'distanceM', 'freeFlowTimeS', 'unreachableReason'], rows)
}

const classNames = Object.keys(VehicleClass)

/** Links as GeoJSON lines with flow, speed and queue of the whole run; `toLonLat` comes from the city. */
export function linksGeoJson(network: Network, { links: { total }, ticks, dt }: RunRecord, toLonLat: (x: number, y: number) => readonly [number, number]): string {
  const { links, points, strings } = network
  const features: unknown[] = []
  for (let link = 0; link < links.rows; link++) {
    const seconds = total.vehicleSeconds[link]!
    const metres = total.vehicleMetres[link]!
    const left = total.left[link]!
    const first = links.pointFirst[link]!
    features.push({
      type: 'Feature',
      properties: {
        id: strings[links.id[link]!] ?? '', name: strings[links.name[link]!] ?? '', lanes: links.laneCount[link]!,
        speedLimitKmh: round(links.speedLimit[link]! * 3.6, 1), vehicles: left, flowVehPerHour: round((left * 3600) / (ticks * dt), 1),
        speedKmh: seconds > 0 ? round((metres / seconds) * 3.6, 1) : null, vehicleHours: round(seconds / 3600, 3), queueMax: total.queueMax[link]!,
      },
      geometry: {
        type: 'LineString',
        coordinates: Array.from({ length: links.pointCount[link]! }, (_, i) =>
          toLonLat(points.x[first + i]!, points.y[first + i]!).map(degrees => round(degrees, 6))),
      },
    })
  }
  return JSON.stringify({ type: 'FeatureCollection', features })
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))
