import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, fixed, whole } from '../model/format'
import { Verdicts } from '../panels/compare/Verdicts'
import { Sparkline } from '../parts/Sparkline'
import type { BriefingContent } from './collectBriefing'

/** Places told of in a column: more is not read in half a minute. */
const SHOWN = 3
const ALARMS = ['unstable', 'dangerous', 'turbulent', 'flow', 'platform', 'safety'] as const

/** One page, read in half a minute: the city in four columns, what is going on, and how it stands against the baseline. */
export function Briefing({ content, nameOf }: { content: BriefingContent; nameOf: (floor: string | null) => string }): ReactElement {
  const { t } = useTranslation()
  const { title, time, totals, speed, poorService, vehicles, jams, people, taxis, start, events, changes, rules, kpis } = content
  const fired = rules?.log ?? []
  return (
    <article className="briefing" data-testid="briefing">
      <header><h1>{t('briefing.title', { time: clock(time) })}</h1><p className="soft">{title}</p></header>
      <div className="briefing-grid">
        <Block title={t('briefing.traffic')}>
          <Headline value={fixed(speed, 1)} unit="km/h" note={t('briefing.meanSpeed')} />
          <p>{t('briefing.onRoad', { vehicles: whole(totals.running), percent: fixed(100 * poorService, 0) })}</p>
          {vehicles.length > 2 && <Sparkline label={t('compare.vehiclesOnRoad')} series={[{ values: vehicles }]} />}
          {(totals.unreachable > 0 || totals.interventions > 0) && <p className="warn">{t('briefing.trouble', { unreachable: whole(totals.unreachable), interventions: whole(totals.interventions) })}</p>}
        </Block>
        <Block title={t('briefing.jams')}>
          {jams.length === 0 ? <p>{t('jams.empty')}</p> : (
            <ol>{jams.map(({ name, queue, cause, from }) => (
              <li key={name}><b>{name}</b>{t('briefing.colon')}{t('jams.queue', { count: queue })}{t('edits.comma')}{t(`jams.cause.${cause}`)}{from && `${t('edits.comma')}${t('jams.from', { road: from })}`}</li>
            ))}</ol>
          )}
        </Block>
        <Block title={t('briefing.metro')}>
          {!people ? <p className="soft">{t('briefing.noPeople')}</p> : (
            <>
              <Headline value={whole(people.stops.reduce((sum, stop) => sum + stop.leftBehind, 0))} unit="" note={t('briefing.leftBehind')} />
              <ul>{people.platforms.filter(({ most }) => most > 0).toSorted((a, b) => b.onFloor - a.onFloor || b.most - a.most).slice(0, SHOWN).map(({ floor, onFloor, atDoors, most, mostTime }) => (
                <li key={floor}><b>{nameOf(floor)}</b>{t('briefing.colon')}{t('briefing.platform', { count: onFloor + atDoors, now: whole(onFloor + atDoors), most: whole(most), at: clock(start + mostTime) })}</li>
              ))}</ul>
            </>
          )}
        </Block>
        <Block title={t('briefing.crowds')}>
          {!people ? <p className="soft">{t('briefing.noPeople')}</p> : (
            <>
              <Headline value={whole(people.alarmsNow)} unit="" note={t('briefing.alarms', { count: people.alarmsNow, all: whole(people.alarmCount) })} tone={people.alarmsNow > 0 ? 'bad' : undefined} />
              <ul>
                {people.alarms.filter(({ endTime }) => endTime === null).slice(0, SHOWN).map(alarm => <li key={`${alarm.kind} ${alarm.time} ${alarm.x}`} className="warn"><b>{nameOf(alarm.floor)}</b>{t('briefing.colon')}{t('briefing.alarm', { what: t(`people.alarm.${ALARMS[alarm.kind]!}`), at: clock(start + alarm.time) })}</li>)}
                {people.ranks.filter(({ line, lineMost }) => line + lineMost > 0).slice(0, SHOWN).map(rank => <li key={rank.name}><b>{nameOf(`${rank.name}/taxi`)}</b>{t('briefing.colon')}{t('briefing.rank', { count: rank.line, line: whole(rank.line), most: whole(rank.lineMost) })}</li>)}
              </ul>
              <p>{t('briefing.densest', { density: fixed(people.densityNow, 1) })}</p>
            </>
          )}
          <p>{taxis ? t('briefing.taxis', { place: taxis.place || t('where.gateway'), count: taxis.calls, calls: whole(taxis.calls) }) : t('where.noTaxis')}</p>
        </Block>
      </div>
      <Block title={t('briefing.events')}>
        {events.length === 0 ? <p className="soft">{t('briefing.noEvents')}</p> : (
          <ul>{events.map(({ name, what, window, state }) => <li key={name + window}><b>{name}</b> {what} · {window} · {t(`edits.${state}`, { time: window.split('–')[state === 'upcoming' ? 0 : 1]! })}</li>)}</ul>
        )}
      </Block>
      <Block title={t('briefing.changes')}>
        {changes.length === 0 ? <p className="soft">{t('briefing.noChanges')}</p> : <ul>{changes.map(({ name, what, window }) => <li key={name + window}><b>{name}</b> {what} · {window}</li>)}</ul>}
        {fired.length > 0 && <p>{t('briefing.rules', { count: fired.length })}</p>}
      </Block>
      <Block title={t('briefing.baseline')}>{kpis ? <Verdicts kpis={kpis} /> : <p className="soft">{t('briefing.notCompared')}</p>}</Block>
    </article>
  )
}

function Block({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return <section><h2>{title}</h2>{children}</section>
}

function Headline({ value, unit, note, tone }: { value: string; unit: string; note: string; tone?: 'warn' | 'bad' | undefined }): ReactElement {
  return <p className="headline" data-tone={tone}><b>{value}</b> <small>{unit}</small> <span>{note}</span></p>
}
