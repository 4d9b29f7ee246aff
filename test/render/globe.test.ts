import { describe, expect, test } from 'vitest'
import { toLonLat } from '../../src/city'
import { toEarth } from '../../src/render/globe/earth'
import { onGlobe } from '../../src/render/globe/globeShaders'
import { TangentPlane } from '../../src/render/globe/tangentPlane'
import { boxVertex, farVertex, lightVertex, modelVertex } from '../../src/render/shaders/agents'
import { buildingVertex } from '../../src/render/shaders/building'
import { groundFragment, groundVertex } from '../../src/render/shaders/ground'
import { roadVertex } from '../../src/render/shaders/road'

const core = [-18000, -6500, 8000, 4500] as const // about the modelled area
const plane = new TangentPlane([(core[0] + core[2]) / 2, (core[1] + core[3]) / 2])

/** How far the bent plane is from the ellipsoid's own place of the same longitude, latitude and height. */
function misplaced(x: number, y: number, z: number): number {
  const exact = new Float64Array(3)
  toEarth(...toLonLat(x, y), z, exact, 0)
  const [ex, ey, ez] = plane.toEarth(x, y, z)
  return Math.hypot(ex - exact[0]!, ey - exact[1]!, ez - exact[2]!)
}

describe('the plane on the earth', () => {
  test('over the modelled area it lies within half a metre of the ellipsoid', () => {
    for (const x of [core[0], -5000, core[2]]) for (const y of [core[1], -1000, core[3]]) for (const z of [0, 300]) expect(misplaced(x, y, z)).toBeLessThan(0.5)
  })

  test('at the ends of the municipality within 10 m, where a flat plane would float 250 m above the sea', () => {
    expect(misplaced(-35000, 30000, 0)).toBeLessThan(10)
    expect(misplaced(55000, 0, 0)).toBeLessThan(10)
  })

  test('there and back: a place along the axes is where it was', () => {
    const [x, y, z] = plane.toTangent(...plane.fromTangent(1200, -3400, 560))
    expect([x, y, z].map(value => Math.round(value * 1000) / 1000)).toEqual([1200, -3400, 560])
  })
})

test('every chunk that says where things are is exchanged for the globe', () => {
  for (const source of [groundVertex, buildingVertex, roadVertex, boxVertex, farVertex, lightVertex, modelVertex]) {
    const globe = onGlobe(source)
    expect(globe).not.toContain('modelViewMatrix *')
    expect(globe).toContain('bent(')
    expect(globe).not.toContain('/*')
  }
  expect(onGlobe(groundFragment)).not.toContain('uShadowMap')
})
