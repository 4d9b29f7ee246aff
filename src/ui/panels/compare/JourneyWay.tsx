import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { TracedTrip } from '../../../analysis'
import type { Network } from '../../../sim'
import { sideColours } from '../../charts/timeChart'

/** px of the drawing */
const WIDTH = 420
const HEIGHT = 190
const MARGIN = 10

/** Both ways of a journey as lines, north up. */
export function JourneyWay({ network: { links, points }, baseline, variant }: { network: Network; baseline: TracedTrip | null; variant: TracedTrip | null }): ReactElement | null {
  const { t } = useTranslation()
  const line = (trip: TracedTrip | null): (readonly [number, number])[] => (trip?.links ?? []).flatMap(({ link }) =>
    Array.from({ length: links.pointCount[link]! }, (_, at) => [points.x[links.pointFirst[link]! + at]!, points.y[links.pointFirst[link]! + at]!] as const))
  const before = line(baseline), after = line(variant)
  const all = [...before, ...after]
  if (all.length === 0) return null
  const range = (axis: 0 | 1): [number, number] => all.reduce<[number, number]>(([low, high], point) => [Math.min(low, point[axis]), Math.max(high, point[axis])], [Infinity, -Infinity])
  const [west, east] = range(0), [south, north] = range(1)
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, east - west), (HEIGHT - 2 * MARGIN) / Math.max(1, north - south))
  const left = (WIDTH - (east - west) * scale) / 2, top = (HEIGHT - (north - south) * scale) / 2
  const place = ([x, y]: readonly [number, number]): string => `${(left + (x - west) * scale).toFixed(1)},${(top + (north - y) * scale).toFixed(1)}`
  const ends = [all[0]!, (after.at(-1) ?? before.at(-1))!].map(place)
  return (
    <figure className="journey-way">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('journey.wayNote')}>
        <polyline points={after.map(place).join(' ')} fill="none" stroke={sideColours.variant} strokeWidth={4} strokeLinejoin="round" />
        <polyline points={before.map(place).join(' ')} fill="none" stroke={sideColours.baseline} strokeWidth={2.5} strokeDasharray="7 4" strokeLinejoin="round" />
        {ends.map((end, at) => <circle key={at} cx={end.split(',')[0]} cy={end.split(',')[1]} r={5} fill={at === 0 ? 'var(--glass-strong)' : 'currentColor'} stroke="currentColor" strokeWidth={2} />)}
      </svg>
      <figcaption className="soft small">{t('journey.wayNote')}</figcaption>
    </figure>
  )
}
