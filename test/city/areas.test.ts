import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadAreas } from '../../src/city'
import { areasFile } from '../../src/city/areas/areasTables'
import { readAreas, type AreasLayer } from '../../src/city/layers/areas'
import { openPackFolder } from '../../src/city/node'
import { unreachableGoals } from './reach'

const areas = await loadAreas(await openPackFolder(join(import.meta.dirname, '../../assets/shenzhen')))

test.each(areas.map(area => [area.nameEn, area] as const))('%s: every goal is reached from every other', (_, { space }) => {
  expect(unreachableGoals(space, space.goals[0]!.id)).toEqual([])
})

test.each(areas.map(area => [area.nameEn, area] as const))('%s: ends of joins are corners of both floors', (_, { space }) => {
  const corners = new Map(space.floors.map(floor => [floor.id, new Set(floor.outlines.flat().map(String))]))
  for (const { floors, line } of space.joins) for (const floor of floors) for (const end of line) expect(corners.get(floor)).toContain(String(end))
})

test.each(areas.map(area => [area.nameEn, area] as const))('%s: people get in and out, and every portal is an exit', (_, { space, portals }) => {
  const exits = new Set(space.goals.filter(goal => goal.kind === 'exit').map(goal => goal.id))
  expect(portals.length).toBeGreaterThan(1)
  for (const { goal } of portals) expect(exits).toContain(goal)
})

test('a train of six A-cars has 30 doors at each platform, with a place to wait before each', () => {
  const { space } = areas.find(area => area.id === 'civic-center')!
  for (const way of ['f', 'r']) {
    const ids = new Set(space.goals.map(goal => goal.id))
    for (let k = 0; k < 30; k++) expect(ids.has(`door:04:${way}:${k}`) && ids.has(`wait:04:${way}:${k}`)).toBe(true)
    expect(ids.has(`door:04:${way}:30`)).toBe(false)
  }
})

test('the layer gives areas back as they were', () => {
  const file = areasFile(areas)
  const tables = Object.fromEntries(Object.entries(file.tables).map(([name, { table }]) => [name, table]))
  expect(readAreas({ ...tables, strings: file.strings, meta: {} } as unknown as AreasLayer)).toEqual(areas)
})
