import { ALL_CLASSES, VehicleClass } from '../../../sim'

/** SUMO's vehicle classes that we have a class for. Source: SUMO 1.15, Definition of Vehicles, abstract vehicle class. */
const classes: Readonly<Record<string, number>> = {
  private: VehicleClass.car, passenger: VehicleClass.car, hov: VehicleClass.car, evehicle: VehicleClass.car, vip: VehicleClass.car,
  authority: VehicleClass.car, army: VehicleClass.car, emergency: VehicleClass.emergency, motorcycle: VehicleClass.car, moped: VehicleClass.ebike,
  custom1: VehicleClass.car, custom2: VehicleClass.car, ignoring: VehicleClass.car,
  taxi: VehicleClass.taxi, bus: VehicleClass.bus, coach: VehicleClass.bus,
  delivery: VehicleClass.lorry, truck: VehicleClass.lorry, trailer: VehicleClass.lorry,
}
/** Classes that decide about a lane: a lane for emergency vehicles alone is none for cars. */
const deciding = ['private', 'passenger', 'taxi', 'bus', 'coach', 'delivery', 'truck', 'trailer']
const ROAD = 0b11111

/** Our class of a vehicle of SUMO's class; undefined = no road vehicle (rail, ship, bicycle, person). */
export const classOf = (vClass: string): number | undefined => classes[vClass]

/** Bits of our classes that a lane lets in, from SUMO's two lists; both absent = all. */
export function allowedBits(allow: string | undefined, disallow: string | undefined): number {
  const listed = new Set((allow ?? disallow ?? '').split(/\s+/).filter(name => name !== ''))
  if (allow !== undefined ? listed.has('all') || listed.size === 0 : listed.size === 0) return ALL_CLASSES
  if (allow === undefined && listed.has('all')) return 0
  let bits = 0
  for (const name of deciding) if (listed.has(name) === (allow !== undefined)) bits |= 1 << classes[name]!
  if (bits !== 0 && listed.has('moped') === (allow !== undefined)) bits |= 1 << VehicleClass.ebike
  return bits === ROAD ? ALL_CLASSES : bits
}
