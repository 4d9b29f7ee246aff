import { drivers, LENGTH_MAX, VehicleClass } from '../../../sim'
import type { Place } from '../importError'
import type { Notes } from '../importReport'
import type { SpeedFactor } from '../listedTrips'
import type { Element } from '../xml'
import { classOf } from './permissions'

/** What a <vType> says that vehicles here can have of their own; all else they have from their class. */
export interface VehicleType extends Place { readonly class: number | undefined; readonly speedFactor?: SpeedFactor; readonly length?: number }

/** m: the tables of the model count on no shorter vehicle. */
const LENGTH_MIN = 1.9
/** Deviation of desired speeds where a type gives none: SUMO's default for passenger cars. */
const DEVIATION = 0.1

/** Parameters that belong to the class here: how SUMO calls them, their unit, and ours by class. */
const ofClass: readonly (readonly [name: string, unit: string, of: (type: number) => number])[] = [
  ['accel', 'm/s2', type => drivers.acceleration[type]!],
  ['decel', 'm/s2', type => drivers.braking[type]!],
  ['tau', 's', type => drivers.timeGap[type]!],
  ['minGap', 'm', type => drivers.gapMin[type]!],
  ['maxSpeed', 'm/s', type => drivers.speedMax[type]!],
]
/** Parameters that no vehicle here has. */
const ofNobody = ['sigma', 'impatience', 'emergencyDecel', 'apparentDecel', 'lcStrategic', 'lcCooperative', 'lcSpeedGain', 'lcKeepRight', 'lcAssertive']

/** Reads a <vType>: its class and spread of desired speeds. What differs from the class's own parameters is said in the report. */
export function readType(element: Element, approximated: Notes): VehicleType {
  const vClass = element.optional('vClass') ?? 'passenger'
  const type = classOf(vClass)
  const id = element.text('id')
  const { file, line } = element
  if (type === undefined) return { file, line, class: undefined }
  const name = Object.keys(VehicleClass).find(key => VehicleClass[key as keyof typeof VehicleClass] === type)!
  for (const [parameter, unit, of] of ofClass) {
    if (!element.has(parameter)) continue
    const given = element.number(parameter, undefined, [0, 1000])
    if (Math.abs(given - of(type)) > 0.01 * of(type)) approximated.add(`vType ${parameter} ${given} ${unit}: every ${name} here has ${Number(of(type).toFixed(2))} ${unit}`, id)
  }
  for (const parameter of ofNobody) if (element.has(parameter)) approximated.add(`vType ${parameter}: not represented`, id)
  const model = element.optional('carFollowModel')
  if (model !== undefined && !model.startsWith('IDM')) approximated.add(`vType carFollowModel ${model}: all follow by IDM+`, id)
  const speedFactor = element.has('speedFactor') || element.has('speedDev') ? readSpeedFactor(element) : undefined
  const length = lengthOf(element, type, approximated)
  return { file, line, class: type, ...(speedFactor ? { speedFactor } : {}), ...(length ? { length } : {}) }
}

/** Length of a type's vehicles, m, where it is not that of the class. */
function lengthOf(element: Element, type: number, approximated: Notes): number | undefined {
  if (!element.has('length')) return undefined
  const given = element.number('length', undefined, [0.5, 100])
  const length = Math.min(LENGTH_MAX, Math.max(LENGTH_MIN, given))
  if (length !== given) approximated.add(`vType length ${given} m: vehicles here are ${LENGTH_MIN} to ${LENGTH_MAX} m long`, element.text('id'))
  return length === drivers.length[type] ? undefined : length
}

/** Spread of desired speeds of a vehicle: one of its own has none. */
export function speedFactorOf(vehicle: Element, type: SpeedFactor | undefined): SpeedFactor | undefined {
  return vehicle.has('speedFactor') ? { mean: vehicle.number('speedFactor', 1, [0.1, 5]), deviation: 0 } : type
}

/** `1.2`, or `norm(mean, deviation)`, `normc(mean, deviation, least, most)`, with `speedDev` beside. */
function readSpeedFactor(element: Element): SpeedFactor {
  const text = element.optional('speedFactor') ?? '1'
  const [, inner] = /^normc?\(([^)]*)\)$/.exec(text.replaceAll(' ', '')) ?? []
  const [mean, deviation] = (inner ?? text).split(',').map(Number)
  const spread = element.has('speedDev') ? element.number('speedDev', DEVIATION, [0, 2]) : inner === undefined ? DEVIATION : deviation ?? 0
  if (!(mean! >= 0.1 && mean! <= 5) || !(spread >= 0)) {
    element.complain('number', `<vType id="${element.optional('id') ?? ''}"> has speedFactor="${text.slice(0, 40)}", which is no factor from 0.1 to 5`, 'Write a number, or normc(mean,deviation,least,most).')
    return { mean: 1, deviation: DEVIATION }
  }
  return { mean: mean!, deviation: spread }
}
