import { describe, expect, test } from 'vitest'
import { networkLayer } from '../../src/city'
import { applyEdit, BEAUFORT_SPEEDS, compileInCity, exposedRoads, GALE, weatherEffect, type WeatherEdit } from '../../src/scenario'
import { packPresent, shippedPack } from '../shipped'
import { gridCity, gridScenario } from './gridCity'

const gale: WeatherEdit = { kind: 'weather', id: 'gale', enabled: true, window: { start: '07:35', end: '07:50' }, rain: 'heavy', windBeaufort: 10 }

test('the Beaufort scale is v = 0.836 B^1.5: each force begins half a number below it', () => {
  for (const [force, speed] of BEAUFORT_SPEEDS.entries()) if (force > 0 && force < 13) expect(Math.abs(speed - 0.836 * (force - 0.5) ** 1.5)).toBeLessThan(0.4)
})

test('calm leaves rain as it is; more wind or more rain never makes anybody faster', () => {
  expect(weatherEffect({ rain: 'heavy' })).toEqual({ speedFactor: 0.94, capacity: 0.89 })
  expect(weatherEffect({ windBeaufort: 3 })).toEqual({ speedFactor: 1, capacity: 1 })
  const rains = [undefined, 'light', 'medium', 'heavy'] as const
  const at = (rain: number, force: number) => weatherEffect({ ...(rains[rain] ? { rain: rains[rain] } : {}), windBeaufort: force })
  for (let rain = 0; rain < 4; rain++) {
    for (let force = 0; force < 18; force++) {
      for (const less of [...rain > 0 ? [at(rain - 1, force)] : [], ...force > 0 ? [at(rain, force - 1)] : []]) {
        expect(at(rain, force).speedFactor).toBeLessThanOrEqual(less.speedFactor)
        expect(at(rain, force).capacity).toBeLessThanOrEqual(less.capacity)
      }
    }
  }
})

test('a gale is a change of the weather; one of neither rain nor wind is refused', () => {
  const compiled = compileInCity(gridScenario({ edits: [gale] }), gridCity())
  expect(compiled.ok && compiled.value.changes[0]).toMatchObject({ kind: 'weather', ...weatherEffect(gale) })
  const { rain: _, windBeaufort: __, ...nothing } = gale
  expect(applyEdit(gridScenario(), { kind: 'add', edit: nothing })).toMatchObject({ ok: false, problems: [{ code: 'scenario/no-weather' }] })
})

describe.skipIf(!packPresent)('the shipped city (skipped where assets/shenzhen is absent)', () => {
  test('its expressways on bridges are known by name', async () => {
    expect(exposedRoads(await (await shippedPack()).layer(networkLayer))).toEqual(expect.arrayContaining(['京港澳高速', '南坪快速']))
    expect(GALE.limited).toBeLessThan(GALE.shut)
  })
})
