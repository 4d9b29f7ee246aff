import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../../sim'
import { clock, whole } from '../../model/format'

/** Places in the order of a way home, which is that of the layers from top to bottom. */
const PLACES = ['before', 'crowd', 'footway', 'car', 'taxiRank', 'platform', 'train', 'transfer', 'driving', 'arrived', 'stranded'] as const
const WIDTH = 300
const HEIGHT = 84

/** Persons by place over the run so far, as layers, and how many are where now. @param start  s of the day */
export function PlacesChart({ people: { placesByMinute, places, persons }, start }: { people: PeopleReport; start: number }): ReactElement {
  const { t } = useTranslation()
  const minutes = Math.max(0, ...Object.values(placesByMinute).map(values => values.length))
  const shown = PLACES.filter(place => placesByMinute[place] !== undefined || places[place] > 0)
  const layers = stack(shown.map(place => placesByMinute[place] ?? []), minutes)
  const x = (minute: number): string => ((minute / Math.max(1, minutes - 1)) * WIDTH).toFixed(1)
  const y = (count: number): string => (HEIGHT - (count / persons) * HEIGHT).toFixed(1)
  return (
    <>
      {minutes > 1 && (
        <figure className="places-chart">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('people.overTime')}>
            {layers.map(({ low, high }, index) => (
              <polygon key={shown[index]} data-place={shown[index]} points={[...high.map((value, at) => `${x(at)},${y(value)}`), ...low.map((value, at) => `${x(at)},${y(value)}`).toReversed()].join(' ')} />
            ))}
          </svg>
          <figcaption><span>{clock(start)}</span><span>{t('people.overTime')}</span><span>{clock(start + 60 * minutes)}</span></figcaption>
        </figure>
      )}
      <ul className="rows" data-testid="crowd-places">
        {shown.filter(place => places[place] > 0).map(place => (
          <li key={place} className="row spread"><span><i className="place-dot" data-place={place} />{t(`people.place.${place}`)}</span><b>{whole(places[place])}</b></li>
        ))}
      </ul>
    </>
  )
}

/** Lower and upper edge of each layer by minute; the last one lies at the bottom. */
function stack(all: readonly (readonly number[])[], minutes: number): { low: number[]; high: number[] }[] {
  const floor = new Array<number>(minutes).fill(0)
  return all.toReversed().map(values => {
    const low = [...floor]
    for (let minute = 0; minute < minutes; minute++) floor[minute]! += values[minute] ?? 0
    return { low, high: [...floor] }
  }).toReversed()
}
