import type { CityArea } from '../../city'

/** A height at which people walk in an area: m above the sea from which to which it is shown. */
export interface AreaLevel { readonly low: number; readonly high: number; readonly kind: 'street' | 'hall' | 'platform' | 'upper'; readonly name: string }

const STREET_WITHIN = 1.5 // m
const CLEAR = 3 // m that the highest level is shown above its floor

/** The level floors of an area from top to bottom, one for each height; a level reaches up to the next. */
export function levelsOf({ space: { floors } }: CityArea): AreaLevel[] {
  const level = floors.filter(({ surface }) => surface === 'level')
  const street = level.find(({ id }) => id === 'ground')?.height ?? Math.max(...level.map(({ height }) => height))
  const heights = [...new Set(level.map(({ height }) => height))].toSorted((a, b) => b - a)
  return heights.map((height, index) => {
    const named = level.filter(floor => floor.height === height).find(({ id }) => id.includes(':platform:'))
    return {
      low: height - 0.5, high: (heights[index - 1] ?? height + CLEAR + 0.5) - 0.5,
      kind: Math.abs(height - street) < STREET_WITHIN ? 'street' : named ? 'platform' : height > street ? 'upper' : 'hall',
      name: named?.id.split(':platform:')[1] ?? '',
    }
  })
}
