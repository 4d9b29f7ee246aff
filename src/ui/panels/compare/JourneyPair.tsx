import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { TracedTrip } from '../../../analysis'
import type { TracedPair } from '../../../workers'
import { clock, duration, fixed } from '../../model/format'
import { journeyLegs, type JourneyLeg } from '../../model/journeyLegs'
import { endName } from '../../model/tripEnds'
import { Segments } from '../../parts/Segments'
import { session } from '../../session'
import { JourneyWay } from './JourneyWay'
import { PersonPair } from './PersonPair'

/** One journey without the changes and with them: when, how long, which way, and where the time goes. */
export function JourneyPair({ id, pair: { baseline, variant } }: { id: number; pair: TracedPair }): ReactElement {
  const { t } = useTranslation()
  if (baseline.person || variant.person) return <PersonPair id={id} baseline={baseline} variant={variant} />
  const told = variant.trip ?? baseline.trip
  return told ? <Trips told={told} baseline={baseline.trip} variant={variant.trip} /> : <p className="notice">{t('journey.gone')}</p>
}

type Shown = 'baseline' | 'variant' | 'both'

function Trips({ told, baseline, variant }: { told: TracedTrip; baseline: TracedTrip | null; variant: TracedTrip | null }): ReactElement | null {
  const { t } = useTranslation()
  const [shown, show] = useState<Shown>('both')
  const { city, view } = session
  useEffect(() => {
    const links = [...(shown === 'variant' ? [] : baseline?.links ?? []), ...(shown === 'baseline' ? [] : variant?.links ?? [])].map(({ link }) => link)
    view.highlightLinks([...new Set(links)])
    return () => view.highlightLinks([])
  }, [shown, baseline, variant, view])
  if (!city) return null
  const both = [baseline, variant]
  const row = (name: string, tell: (trip: TracedTrip) => string): ReactElement => <tr><th scope="row">{name}</th>{both.map((trip, at) => <td key={at}>{trip ? tell(trip) : '–'}</td>)}</tr>
  const never = (trip: TracedTrip): string => t(trip.unreachable ? 'journey.shut' : 'journey.never')
  return (
    <section className="journey-pair" data-testid="journey-pair">
      <p><b>{t(`vehicleClass.${told.class}`)} {told.id}</b> {endName(city, told.originZone, told.originLink)} → {endName(city, told.destinationZone, told.destinationLink)}</p>
      <JourneyWay network={city.network} baseline={baseline} variant={variant} />
      <Segments label={t('journey.onMap')} value={shown} onChange={show} options={(['both', 'baseline', 'variant'] as const).map(value => ({ value, text: t(value === 'both' ? 'journey.both' : `compare.${value}`) }))} />
      <table className="compare-table">
        <thead><tr><th scope="col">{t('journey.leg')}</th><th scope="col">{t('compare.baseline')}</th><th scope="col">{t('compare.variant')}</th></tr></thead>
        <tbody>
          {row(t('journey.departs'), trip => clock(trip.departed, true))}
          {row(t('journey.arrives'), trip => (trip.arrived === null ? never(trip) : clock(trip.arrived, true)))}
          {row(t('journey.takes'), trip => (trip.arrived === null ? '–' : duration(Math.floor(trip.arrived) - Math.floor(trip.departed))))}
          {row(t('journey.delay'), trip => duration(delayOf(trip)))}
          {row(t('journey.way'), trip => fixed(trip.links.reduce((sum, { link }) => sum + city.network.links.length[link]!, 0) / 1000, 1))}
          {row(t('journey.waits'), trip => (trip.entered === null ? never(trip) : duration(trip.entered - trip.departed)))}
        </tbody>
      </table>
      <table className="compare-table">
        <thead><tr><th scope="col">{t('journey.road')} <small className="soft">{t('journey.minutes')}</small></th><th scope="col">{t('compare.baseline')}</th><th scope="col">{t('compare.variant')}</th></tr></thead>
        <tbody>{journeyLegs(city, baseline, variant).map(({ road, ...sides }) => (
          <tr key={road}><td>{road ?? t('inspector.unnamed')}</td><Spent of={sides.baseline} /><Spent of={sides.variant} /></tr>
        ))}</tbody>
      </table>
    </section>
  )
}

/** Against a free road, waiting for room to enter included; s. */
const delayOf = ({ departed, entered, links }: TracedTrip): number => (entered === null ? 0 : entered - departed) + links.reduce((sum, { seconds, free }) => sum + Math.max(0, seconds - free), 0)

function Spent({ of }: { of: JourneyLeg['baseline'] }): ReactElement {
  return <td>{of === null ? '–' : <>{duration(of.seconds)} <small className="soft">({duration(of.delay)})</small></>}</td>
}
