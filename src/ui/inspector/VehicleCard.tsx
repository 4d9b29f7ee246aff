import { Eye, EyeOff } from 'lucide-react'
import { useEffect, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, duration, fixed, metres, whole } from '../model/format'
import { roadTitle } from '../model/roadTitle'
import { endName } from '../model/tripEnds'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { CardFrame } from './CardFrame'

/** A vehicle: from where to where, how it fares, and why it waits. */
export function VehicleCard({ slot, onClose }: { slot: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const report = useApp(state => (state.vehicleReport?.slot === slot ? state.vehicleReport : null))
  const following = useApp(state => state.following)
  const reviewing = useApp(state => state.status?.reviewing ?? false)
  const { city, view } = session
  const route = report?.route
  useEffect(() => {
    if (route) view.highlightLinks(route)
    return () => view.highlightLinks([])
  }, [route, view])
  if (!city) return null
  if (!report) {
    return <CardFrame kind={t('inspector.vehicle')} title={t('inspector.vehicle')} onClose={onClose}><p className="soft">{t(reviewing ? 'review.card' : 'inspector.arrived')}</p></CardFrame>
  }
  const road = roadTitle(city, report.link)
  const toggle = (): void => {
    view.follow(following ? null : slot)
    store.getState().setFollowing(!following)
  }
  return (
    <CardFrame kind={t('inspector.trip', { id: report.trip })} title={t(`vehicleClass.${report.class}`)} subtitle={t('inspector.onRoad', { road })} onClose={onClose}>
      <ol className="journey">
        <li><small>{t('inspector.from')}</small><b>{endName(city, report.originZone, report.originLink)}</b></li>
        <li><small>{t('inspector.to')}</small><b>{endName(city, report.destinationZone, report.destinationLink)}</b></li>
      </ol>
      <p className="wait" data-wait={report.wait}>{t(`wait.${report.wait}`)}</p>
      <dl className="figures">
        <Figure label={t('inspector.speed')} value={fixed(report.speedKmh, 0)} unit="km/h" />
        <Figure label={t('inspector.delay')} value={duration(report.delayS)} unit={t('unit.min')} {...(report.delayS > 300 ? { tone: 'bad' as const } : {})} />
        <Figure label={t('inspector.departed')} value={clock(report.departedAt)} />
        <Figure label={t('inspector.distance')} value={metres(report.distanceM)} />
        <Figure label={t('inspector.route')} value={whole(report.route.length)} unit={t('inspector.routeLinks', { count: report.route.length }).replace(/^[\d,.\s]+/, '')} />
      </dl>
      <button type="button" className="button primary" aria-pressed={following} onClick={toggle}>
        {following ? <EyeOff aria-hidden size="1rem" /> : <Eye aria-hidden size="1rem" />} {t(following ? 'inspector.unfollow' : 'inspector.follow')}
      </button>
    </CardFrame>
  )
}
