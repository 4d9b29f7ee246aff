import { kmPerHour, vehiclesPerHour, type SimLinkReport, type SimVehicleReport, type WorldInput } from '../sim'
import type { LinkReport, VehicleReport } from './protocol'

/** Reports of the simulation in the units that people read. */
export function toLinkReport(report: SimLinkReport, { network }: WorldInput): LinkReport {
  const { link, flow, speed, seen, quiet, vehicles, queue, closedLanes, speedLimit } = report
  const { links, strings } = network
  return {
    link, id: strings[links.id[link]!] ?? '', name: strings[links.name[link]!] ?? '', lanes: links.laneCount[link]!,
    lengthM: links.length[link]!, speedLimitKmh: kmPerHour(speedLimit), flowVehPerHour: vehiclesPerHour(flow),
    speedKmh: speed === null ? null : kmPerHour(speed), seen, quiet, vehicles, queueVehicles: queue, closedLanes,
  }
}

export function toVehicleReport(report: SimVehicleReport, { startTime, dt }: WorldInput): VehicleReport {
  const { slot, trip, link, x, y, originLink, destinationLink, originZone, destinationZone, wait, waitFor, route } = report
  return {
    slot, trip, link, x, y, originLink, destinationLink, originZone, destinationZone, wait, waitFor, route, class: report.class,
    speedKmh: kmPerHour(report.speed), departedAt: startTime + report.departTick * dt, distanceM: report.distance, delayS: report.delay,
  }
}
