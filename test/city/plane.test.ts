import { expect, test } from 'vitest'
import * as plane from '../../src/city/plane'
import * as projection from '../../src/city/projection'

test('the series agrees with the library within a millimetre all over the city, there and back', () => {
  expect(plane.FALSE_ORIGIN).toEqual(projection.FALSE_ORIGIN)
  let worst = 0
  for (let longitude = 113.7; longitude <= 114.7; longitude += 0.1) {
    for (let latitude = 22.3; latitude <= 22.9; latitude += 0.1) {
      const [x, y] = plane.toPlane(longitude, latitude)
      const [east, north] = projection.toPlane(longitude, latitude)
      worst = Math.max(worst, Math.abs(x - east), Math.abs(y - north))
      const [back, up] = plane.toLonLat(x, y)
      expect(Math.abs(back - longitude)).toBeLessThan(1e-9)
      expect(Math.abs(up - latitude)).toBeLessThan(1e-9)
    }
  }
  expect(worst).toBeLessThan(0.001)
})
