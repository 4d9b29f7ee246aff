import { Eye, EyeOff } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { LegReport, PersonReport } from '../../sim'
import { language } from '../i18n'
import { clock, duration } from '../model/format'
import { usePlaceName } from '../panels/people/usePlaceName'
import { store, useApp } from '../stores/store'
import { CardFrame } from './CardFrame'
import { useFollowPerson } from './useFollowPerson'

/** By number of `TravelMode`, `LegKind` and `Place`. */
const MODES = ['walk', 'metro', 'bus', 'taxi', 'car'] as const
const LEGS = ['crowd', 'footway', 'drive', 'taxi', 'transit', 'transfer'] as const
const PLACES = ['before', 'crowd', 'footway', 'car', 'driving', 'taxiRank', 'platform', 'train', 'arrived', 'stranded', 'transfer'] as const
const SHOWN = 12

/** A person: the whole way leg by leg, where they are now, whom they are with, and what they wait for. */
export function PersonCard({ slot, onClose }: { slot: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const report = useApp(state => (state.personReport?.row === slot ? state.personReport : null))
  const following = useApp(state => state.following)
  const reviewing = useApp(state => state.status?.reviewing ?? false)
  const nameOf = usePlaceName()
  useFollowPerson(report, following)
  if (!report) return <CardFrame kind={t('person.kind')} title={t('person.kind')} onClose={onClose}>{reviewing && <p className="soft">{t('review.card')}</p>}</CardFrame>
  const { id, mode, place, companions, wait } = report
  return (
    <CardFrame kind={t('person.kind')} title={t('person.number', { id })} subtitle={t(`person.mode.${MODES[mode]!}`)} onClose={onClose}>
      <p className="wait" data-testid="person-now">{whereNow(report, t, nameOf)}</p>
      {wait && <p className="small" data-testid="person-wait">{t(`person.wait.${wait.for}`, { time: duration(wait.seconds) })}</p>}
      <Plan report={report} />
      {companions.length > 0 && (
        <>
          <h3>{t('person.companions', { count: companions.length })}</h3>
          <div className="chips">
            {companions.slice(0, SHOWN).map(other => (
              <button key={other.row} type="button" className="chip" title={t(`people.place.${PLACES[other.place]!}`)} onClick={() => store.getState().select({ kind: 'person', slot: other.row })}>{other.id}</button>
            ))}
          </div>
        </>
      )}
      {PLACES[place] !== 'arrived' && (
        <button type="button" className="button primary" data-testid="follow-person" aria-pressed={following} onClick={() => store.getState().setFollowing(!following)}>
          {following ? <EyeOff aria-hidden size="1rem" /> : <Eye aria-hidden size="1rem" />} {t(following ? 'inspector.unfollow' : 'inspector.follow')}
        </button>
      )}
    </CardFrame>
  )
}

type Texts = ReturnType<typeof useTranslation>['t']

function whereNow({ place, floor, ride }: PersonReport, t: Texts, nameOf: (id: string | null) => string): string {
  const where = t(`people.place.${PLACES[place]!}`)
  if (floor !== null) return t('person.at', { where, place: nameOf(floor) })
  const lang = language()
  if (!ride?.next) return where
  const line = ride.line?.[lang] ?? ''
  return ride.standing || !ride.last ? t('person.stands', { line, stop: ride.next[lang] }) : t('person.between', { line, from: ride.last[lang], to: ride.next[lang] })
}

function Plan({ report: { legs, leg: under } }: { report: PersonReport }): ReactElement {
  const { t } = useTranslation()
  const start = useApp(state => state.info?.startTime ?? 0)
  const nameOf = usePlaceName()
  const lang = language()
  const time = (seconds: number | null): string => (seconds === null ? '–' : clock(start + seconds, true))
  const what = ({ kind, from, to, line, enter, leave, party }: LegReport): string => {
    if (LEGS[kind] === 'transit') return [line?.[lang], [from?.[lang], to?.[lang]].filter(Boolean).join(' → ')].filter(Boolean).join(': ')
    if (LEGS[kind] === 'crowd') return [enter && nameOf(enter), leave && nameOf(leave)].filter(Boolean).join(' → ')
    return party !== null ? t('person.party', { count: party }) : ''
  }
  return (
    <ol className="journey" data-testid="person-plan">
      {legs.map((leg, at) => (
        <li key={at} data-state={at < under ? 'done' : at === under ? 'now' : 'ahead'}>
          <small>{t(`person.leg.${LEGS[leg.kind]!}`)}{leg.begin !== null && <> · {time(leg.begin)}{leg.end !== null && `–${time(leg.end)}`}</>}</small>
          {what(leg) && <b>{what(leg)}</b>}
        </li>
      ))}
    </ol>
  )
}
