import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport as Measured } from '../../sim'
import { exitUse } from '../model/exits'
import { clock, fixed, whole } from '../model/format'
import { Figure } from '../parts/Figure'
import { session } from '../session'
import { useApp } from '../stores/store'

const LEVELS = ['A', 'B', 'C', 'D', 'E', 'F'] as const
/** Places in the order of a way home; those where nobody is are left out. */
const PLACES = ['before', 'crowd', 'footway', 'car', 'taxiRank', 'platform', 'train', 'transfer', 'driving', 'arrived', 'stranded'] as const
const ALARMS = ['unstable', 'dangerous', 'turbulent', 'flow', 'platform', 'safety'] as const

/** What a run with people on foot knows of them: where they are, how fast the place empties, what is dangerous. */
export function PeopleReport(): ReactElement | null {
  const people = useApp(state => state.status?.people ?? null)
  return people && <Report people={people} />
}

function Report({ people }: { people: Measured }): ReactElement {
  const { t } = useTranslation()
  const start = useApp(state => state.info?.startTime ?? 0)
  const { places, ranks, densest, densityNow, alarms, alarmCount, exposure, clear, limits } = people
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : fixed(seconds / 60, 1))
  const uses = exitUse(people.exits)
  const levels = people.walkwayLevels.map((seconds, level) => seconds + people.stairLevels[level]!)
  const all = levels.reduce((sum, seconds) => sum + seconds, 0)
  const fly = (x: number, y: number): void => session.view.flyTo({ x, y, distance: 90 })
  return (
    <div data-testid="crowd-report">
      <h3>{t('people.where')}</h3>
      <ul className="rows" data-testid="crowd-places">
        {PLACES.filter(place => places[place] > 0).map(place => (
          <li key={place} className="row spread"><span>{t(`people.place.${place}`)}</span><b>{whole(places[place])}</b></li>
        ))}
      </ul>

      <h3>{t('people.clear')}</h3>
      <dl className="figures">
        <Figure label={t('people.left')} value={whole(clear.left)} unit={t('people.of', { persons: whole(people.persons) })} />
        <Figure label="T50" value={minutes(clear.t50)} unit={t('kpiUnit.min')} />
        <Figure label="T95" value={minutes(clear.t95)} unit={t('kpiUnit.min')} />
        <Figure label="T100" value={minutes(clear.t100)} unit={t('kpiUnit.min')} />
      </dl>

      <h3>{t('people.density')}</h3>
      <dl className="figures">
        <Figure label={t('people.now')} value={fixed(densityNow, 1)} unit={t('people.perMetre')} {...(densityNow >= limits.unstable ? { tone: 'bad' as const } : {})} />
        <Figure label={t('people.most')} value={densest ? fixed(densest.density, 1) : '–'} unit={densest ? `${t('people.perMetre')}, ${clock(start + densest.time)}` : ''} />
        <Figure label={t('people.exposure', { density: 4 })} value={fixed(exposure[0] / 60, 1)} unit={t('people.personMinutes')} />
        <Figure label={t('people.exposure', { density: 5 })} value={fixed(exposure[1] / 60, 1)} unit={t('people.personMinutes')} />
      </dl>
      {all > 0 && <ul className="rows" aria-label={t('people.fruin')}>
        {levels.map((seconds, level) => (
          <li key={LEVELS[level]} className="row spread">
            <span>{t('people.level', { level: LEVELS[level] })}</span><b>{fixed((100 * seconds) / all, seconds > 0 && seconds / all < 0.01 ? 2 : 0)} %</b>
          </li>
        ))}
      </ul>}

      <h3>{t('people.alarms')}</h3>
      {alarms.length === 0 && <p className="soft">{t('people.calm', { unstable: limits.unstable, hold: limits.hold })}</p>}
      <ul className="rows" data-testid="crowd-alarms">
        {alarms.map(({ kind, value, x, y, time, floor }) => (
          <li key={`${kind} ${time} ${x} ${y}`}>
            <button type="button" className="row-button" onClick={() => fly(x, y)}>
              <b>{t(`people.alarm.${ALARMS[kind]!}`)}</b>
              <span className="soft">{clock(start + time, true)} · {fixed(value, kind === 2 ? 3 : 1)} {t(`people.unit.${ALARMS[kind]!}`)} · {floor?.slice(floor.indexOf('/') + 1)}</span>
            </button>
          </li>
        ))}
      </ul>
      {alarmCount > alarms.length && <p className="soft">{t('people.more', { count: alarmCount - alarms.length })}</p>}
      {alarms.length > 0 && <p className="soft small">{t('people.sources')}</p>}

      {uses.length > 0 && <>
        <h3>{t('people.exits')}</h3>
        <ol className="rows ranked">
          {uses.map(({ kind, name, persons }) => (
            <li key={kind + name}><div className="row spread"><span>{t(`people.exit.${kind}`, { name })}</span><b>{whole(persons)}</b></div>
              <i className="bar" style={{ width: `${(100 * persons) / uses[0]!.persons}%` }} /></li>
          ))}
        </ol>
      </>}

      {ranks.map(({ name, line, taxis, served, waitMean }) => (
        <dl className="figures" key={name}>
          <Figure label={t('people.taxiLine')} value={whole(line)} unit={t('people.parties')} {...(line > 50 ? { tone: 'bad' as const } : {})} />
          <Figure label={t('people.taxiStand')} value={whole(taxis)} unit={t('people.taxis')} />
          <Figure label={t('people.taxiServed')} value={whole(served)} unit={t('people.parties')} />
          <Figure label={t('people.taxiWait')} value={minutes(waitMean)} unit={t('kpiUnit.min')} />
        </dl>
      ))}
    </div>
  )
}
