import { expect, test } from 'vitest'
import { flatField } from '../../src/city/geometry/heightField'
import { buildLabels } from '../../src/city/geometry/labels'

test('a tower is labelled with its English name where it has one, else with its own', () => {
  const strings = ['平安金融中心', '江苏大厦']
  const buildings = {
    count: 2, strings, height: [599, 210], name: [0, 1], flags: [0, 0],
    polygons: { ringFirst: [0, 1] }, rings: { pointFirst: [0, 3], pointCount: [3, 3] }, points: { x: [0, 10, 10, 50, 60, 60], y: [0, 0, 10, 0, 0, 10] },
  }
  const labels = buildLabels({
    ground: flatField(0, 0, 100, 100), districts: null, metro: null, venues: null, parks: null, water: null, network: null, roadNames: {},
    buildings: buildings as never, buildingNames: new Map([['平安金融中心', 'Ping An Finance Centre']]),
    core: { bounds: [0, 0, 100, 100], name: { zh: '核心区', en: 'Core' } },
  })
  expect(labels.map(({ zh, en }) => [zh, en])).toEqual([['核心区', 'Core'], ['平安金融中心', 'Ping An Finance Centre'], ['江苏大厦', '江苏大厦']])
})
