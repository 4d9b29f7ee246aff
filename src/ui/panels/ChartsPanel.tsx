import '../styles/results.css'
import { GitCompareArrows } from 'lucide-react'
import { useCallback, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleReport } from '../../sim'
import { Chart } from '../charts/Chart'
import { runChart, type Curve } from '../charts/runChart'
import { language } from '../i18n'
import { runSeries, type RunPoint } from '../model/runSeries'
import { PanelFrame } from '../parts/PanelFrame'
import { session, timeNow } from '../session'
import { store, useApp } from '../stores/store'

/** ms between two looks at what was recorded. */
const EVERY = 2000
const NONE: Curve = []

/** The running city over time. The host tells what was recorded of the run, so that looking back and undo leave no wrong curve. */
export default function ChartsPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const { points, people } = useRecorded()
  const result = useApp(({ comparison, scenario }) => {
    const before = comparison.result
    return before && scenario && before.variant.city === scenario.city && before.variant.window.start === scenario.window.start && JSON.stringify(before.variant.demand) === JSON.stringify(scenario.demand) ? before : null
  })
  const behind = (value: 'vehicles' | 'speed'): Curve => result?.series.map(({ time, baseline }) => ({ time, value: baseline[value] })) ?? NONE
  const curve = (value: keyof RunPoint): Curve => points.map(point => ({ time: point.time, value: point[value] }))
  const span = { from: points[0]?.time ?? 0, to: Math.max(points.at(-1)?.time ?? 0, result?.series.at(-1)?.time ?? 0) }
  return (
    <PanelFrame title={t('charts.title')} intro={t('charts.intro')} wide onClose={onClose}>
      {points.length < 2 ? <p className="notice">{t('charts.none')}</p> : (
        <div className="run-charts" data-testid="run-charts">
          <RunChart span={span} label={t('compare.vehiclesOnRoad')} curve={curve('vehicles')} behind={behind('vehicles')} />
          <RunChart span={span} label={t('charts.speed')} curve={curve('speed')} behind={behind('speed')} />
          {result && result.series.length > 1 && <p className="soft small">{t('charts.behind', { name: result.variant.name[language()] })}</p>}
          <RunChart span={span} label={t('charts.waiting')} curve={curve('waiting')} />
          <RunChart span={span} label={t('charts.arrivals')} curve={curve('arrivals')} />
          {people && <>
            <RunChart span={span} label={t('charts.walking')} curve={sumOf(people, ['crowd', 'footway', 'transfer'])} />
            <RunChart span={span} label={t('charts.queueing')} curve={sumOf(people, ['platform', 'taxiRank'])} />
            <RunChart span={span} label={t('charts.home')} curve={sumOf(people, ['arrived'])} />
          </>}
          <button type="button" className="button" onClick={() => store.getState().show('compare')}><GitCompareArrows aria-hidden size="1rem" /> {t('charts.compare')}</button>
        </div>
      )}
    </PanelFrame>
  )
}

type ByMinute = PeopleReport['placesByMinute']

/** Persons in any of these places at the end of every minute. */
function sumOf(people: ByMinute, places: readonly (keyof ByMinute)[]): Curve {
  const start = session.client?.info?.startTime ?? 0
  const minutes = Math.max(0, ...Object.values(people).map(each => each.length))
  return Array.from({ length: minutes }, (_, minute) => ({ time: start + 60 * (minute + 1), value: places.reduce((sum, place) => sum + (people[place]?.[minute] ?? 0), 0) }))
}

function useRecorded(): { readonly points: readonly RunPoint[]; readonly people: ByMinute | null } {
  const [recorded, setRecorded] = useState<{ points: readonly RunPoint[]; people: ByMinute | null }>({ points: [], people: null })
  useEffect(() => {
    let open = true
    const look = async (): Promise<void> => {
      const { client } = session
      if (!client?.info) return
      const { startTime, dt } = client.info
      const [moments, people] = await Promise.all([client.ask(host => host.recorded()), client.ask(host => host.peopleByMinute())])
      if (open && session.client === client && moments.ok) setRecorded({ points: runSeries(moments.value, startTime, dt), people: people.ok ? people.value : null })
    }
    void look()
    const timer = setInterval(() => void look(), EVERY)
    return () => { open = false; clearInterval(timer) }
  }, [])
  return recorded
}

function RunChart({ label, curve, behind = NONE, span: { from, to } }: { label: string; curve: Curve; behind?: Curve; span: { from: number; to: number } }): ReactElement {
  const draw = useCallback((width: number) => runChart({ width, label, curve, behind, from, to, now: timeNow() }), [label, curve, behind, from, to])
  return <Chart label={label} draw={draw} />
}
