import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport as Measured } from '../../../sim'
import { fixed, whole } from '../../model/format'
import { Figure } from '../../parts/Figure'
import { Fold } from '../../parts/Fold'
import { useApp } from '../../stores/store'
import { AlarmList } from './AlarmList'
import { DensityFigures } from './DensityFigures'
import { EventClearings } from './EventClearings'
import { ExitList } from './ExitList'
import { LineList } from './LineList'
import { PlacesChart } from './PlacesChart'
import { QueueList } from './QueueList'
import { StationLoads } from './StationLoads'

/** What a run with people on foot knows of them: where they are, how fast the place empties, what is dangerous, where it is full. */
export function PeopleReport(): ReactElement | null {
  const people = useApp(state => state.status?.people ?? null)
  const start = useApp(state => state.info?.startTime ?? 0)
  return people && <Report people={people} start={start} />
}

function Report({ people, start }: { people: Measured; start: number }): ReactElement {
  const { t } = useTranslation()
  const { alarmCount, alarmsNow, clear, clearByEvent, densityNow, lines, platforms, queues, ranks, exits, exitBalance, limits } = people
  const minutes = (seconds: number | null): string => (seconds === null ? '–' : fixed(seconds / 60, 1))
  const crossed = lines.reduce((sum, { toLeft, toRight }) => sum + toLeft + toRight, 0)
  const fullest = Math.max(0, ...platforms.map(({ most }) => most))
  const waiting = queues.reduce((sum, { now }) => sum + now, 0) + ranks.reduce((sum, { line }) => sum + line, 0)
  const late = platforms.some(({ clearMost }) => clearMost.platform > limits.platform || clearMost.safety > limits.safety)
  return (
    <div className="folds" data-testid="crowd-report">
      <Fold title={t('people.where')} figure={t('people.personsOf', { count: people.persons, persons: whole(people.persons) })} open><PlacesChart people={people} start={start} /></Fold>
      <Fold title={t('people.clear')} figure={`T95 ${minutes(clear.t95)} ${t('kpiUnit.min')}`} open>
        <dl className="figures">
          <Figure label={t('people.left')} value={whole(clear.left)} unit={t('people.of', { persons: whole(clear.expected) })} />
          <Figure label="T50" value={minutes(clear.t50)} unit={t('kpiUnit.min')} />
          <Figure label="T95" value={minutes(clear.t95)} unit={t('kpiUnit.min')} />
          <Figure label="T100" value={minutes(clear.t100)} unit={t('kpiUnit.min')} />
        </dl>
        {clearByEvent.length > 1 && <EventClearings events={clearByEvent} />}
      </Fold>
      <Fold title={t('people.alarms')} figure={whole(alarmCount)} {...(alarmsNow > 0 ? { tone: 'bad' as const } : {})} open testId="fold-alarms"><AlarmList people={people} start={start} /></Fold>
      <Fold title={t('people.lines')} figure={lines.length > 0 ? t('people.personsOf', { count: crossed, persons: whole(crossed) }) : undefined} open={lines.length > 0} testId="fold-lines"><LineList lines={lines} start={start} /></Fold>
      <Fold title={t('people.density')} figure={`${fixed(densityNow, 1)} ${t('people.perMetre')}`} testId="fold-density"><DensityFigures people={people} start={start} /></Fold>
      {platforms.length > 0 && <Fold title={t('people.platforms')} figure={t('people.atMost', { count: fullest, persons: whole(fullest) })} {...(late ? { tone: 'bad' as const } : {})} testId="fold-platforms"><StationLoads people={people} start={start} /></Fold>}
      {queues.length + ranks.length > 0 && <Fold title={t('people.queues')} figure={t('people.waitingNow', { count: waiting, persons: whole(waiting) })} testId="fold-queues"><QueueList people={people} /></Fold>}
      {exits.length > 0 && <Fold title={t('people.exits')} figure={exitBalance === null ? undefined : `${fixed(100 * exitBalance, 0)} %`} testId="fold-exits"><ExitList exits={exits} balance={exitBalance} /></Fold>}
    </div>
  )
}
