import proj4 from 'proj4'
import { describe, expect, test } from 'vitest'
import { FALSE_ORIGIN, PLANE_PROJ4, toLonLat, toPlane } from '../../src/city/projection'

const library = proj4(PLANE_PROJ4)

describe('projection', () => {
  test('agrees with a general library within a millimetre all over the drawn area', () => {
    let worst = 0
    for (let longitude = 113.6; longitude <= 114.8; longitude += 0.05) {
      for (let latitude = 22.2; latitude <= 23; latitude += 0.05) {
        const [easting, northing] = library.forward([longitude, latitude])
        const [x, y] = toPlane(longitude, latitude)
        worst = Math.max(worst, Math.abs(x + FALSE_ORIGIN[0] - easting!), Math.abs(y + FALSE_ORIGIN[1] - northing!))
      }
    }
    expect(worst).toBeLessThan(0.001)
  })

  test('there and back is within a centimetre', () => {
    for (let x = -36000; x <= 63000; x += 4500) {
      for (let y = -18000; y <= 39000; y += 4500) {
        const [backX, backY] = toPlane(...toLonLat(x, y))
        expect(Math.hypot(backX - x, backY - y)).toBeLessThan(0.01)
      }
    }
  })

  // The first lies on the central meridian: its northing is the meridian arc of GRS 80, integrated by Simpson's rule.
  test.each([
    [114, 22.5, 500000 - 505000, 2489167.31 - 2494000],
    [114.05, 22.54, 143.33, -402.33],
  ])('%d E, %d N lies at %d, %d', (longitude, latitude, x, y) => {
    const place = toPlane(longitude, latitude)
    expect(place[0]).toBeCloseTo(x, 1)
    expect(place[1]).toBeCloseTo(y, 1)
  })

  test('distances are true to 50 ppm: one minute of latitude on the ellipsoid is 1845.8 m here', () => {
    const [x, y] = toPlane(114.3, 22.6)
    const [east, north] = toPlane(114.3, 22.6 + 1 / 60)
    // Meridian radius of curvature at 22.6 N, GRS 80: a (1 - e²) / (1 - e² sin²)^1.5.
    const e2 = 0.00669438002290
    const radius = (6378137 * (1 - e2)) / (1 - e2 * Math.sin((22.608 * Math.PI) / 180) ** 2) ** 1.5
    const arc = (radius * Math.PI) / 180 / 60
    expect(Math.abs(Math.hypot(east - x, north - y) / arc - 1)).toBeLessThan(50e-6)
  })
})
