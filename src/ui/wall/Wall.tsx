import '../styles/wall.css'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { kmPerHour } from '../../sim'
import { language } from '../i18n'
import { editName } from '../model/labels'
import { clock, fixed, whole } from '../model/format'
import { stateOf } from '../model/editsInForce'
import { Logo } from '../parts/Logo'
import { store, useApp } from '../stores/store'
import { useTour } from './useTour'
import { leaveWall } from './wallMode'

/** ms without a hand on the pointer after which it and the hint go away. */
const IDLE = 3500

/** What a display wall shows over the city: large clock, what is changed, a few figures, and what the colours mean. */
export default function Wall(): ReactElement {
  const { t } = useTranslation()
  const stop = useTour()
  const idle = useIdle()
  const scenario = useApp(state => state.scenario)
  const time = useApp(state => (state.info ? Math.floor(state.info.startTime + (state.status?.totals.tick ?? 0) * state.info.dt) : null))
  const playing = useApp(state => state.playing)
  useEffect(() => {
    const onFullscreen = (): void => { if (!document.fullscreenElement) leaveWall() }
    document.addEventListener('fullscreenchange', onFullscreen)
    return () => document.removeEventListener('fullscreenchange', onFullscreen)
  }, [])
  const lang = language()
  const active = time === null || !scenario ? [] : scenario.edits.filter(edit => stateOf(edit, time) === 'active')
  return (
    <div className="wall" data-idle={idle} data-testid="wall">
      <header>
        <Logo />
        <div>
          <h1>{lang === 'zh' ? '鹏城' : t('app.name')}</h1>
          <p>{scenario?.name[lang]}</p>
        </div>
      </header>
      {stop && <p className="wall-stop" key={stop}>{t(`wall.stop.${stop}`)}</p>}
      <div className="wall-clock">
        <time>{time === null ? '--:--' : clock(time)}</time>
        {!playing && <span className="wall-chip">{t('wall.paused')}</span>}
        {active.map(edit => <span key={edit.id} className="wall-chip" data-tone={edit.kind}>{editName(edit, t)}</span>)}
      </div>
      <EventFigures />
      <Figures />
      <WallLegend />
      <p className="wall-hint">
        <kbd>P</kbd> {t('wall.leave')} <kbd>N</kbd> {t('wall.next')} <kbd>Space</kbd> {t(playing ? 'run.pause' : 'run.play')}
      </p>
    </div>
  )
}

/** What an event is about: how many of its people sit, are under way, have gone, and how fast it clears. */
function EventFigures(): ReactElement | null {
  const { t } = useTranslation()
  const people = useApp(state => state.status?.people ?? null)
  if (!people || people.clear.expected === 0) return null
  const { persons, places: { arrived, stranded }, clear: { expected, staying, left, t95 } } = people
  const figures = [
    { name: t('wall.staying'), value: whole(staying), unit: '' },
    { name: t('wall.underWay'), value: whole(Math.max(0, persons - staying - arrived - stranded)), unit: '' },
    { name: t('wall.gone'), value: whole(arrived), unit: '' },
    { name: t('wall.out'), value: fixed((100 * left) / expected, 0), unit: '%' },
    { name: t('wall.clear'), value: t95 === null ? '–' : fixed(t95 / 60, 0), unit: t('unit.min') },
  ]
  return <FigureRow figures={figures} event />
}

function Figures(): ReactElement {
  const { t } = useTranslation()
  const totals = useApp(state => state.status?.totals)
  const speedMean = useApp(state => state.speedMean)
  const figures = [
    { name: t('status.running'), value: totals && whole(totals.running), unit: '' },
    { name: t('status.speed'), value: totals && fixed(kmPerHour(speedMean), 0), unit: 'km/h' },
    { name: t('status.arrived'), value: totals && whole(totals.arrived), unit: '' },
  ]
  return <FigureRow figures={figures} />
}

function FigureRow({ figures, event = false }: { figures: readonly { readonly name: string; readonly value: string | undefined; readonly unit: string }[]; event?: boolean }): ReactElement {
  return (
    <dl className="wall-figures" data-event={event}>
      {figures.map(({ name, value, unit }) => <div key={name}><dt>{name}</dt><dd>{value ?? '–'}{unit && <small> {unit}</small>}</dd></div>)}
    </dl>
  )
}

function WallLegend(): ReactElement | null {
  const { t } = useTranslation()
  const mode = useApp(state => state.roadColours)
  if (mode === 'none') return null
  const [low, high] = mode === 'congestion' ? [t('legend.slow'), t('legend.free')] : [t('legend.better'), t('legend.worse')]
  return (
    <aside className="wall-legend">
      <b>{t(`legend.${mode}`)}</b>
      <i className="ramp" data-mode={mode} />
      <div><span>{low}</span><span>{high}</span></div>
    </aside>
  )
}

/** True once nobody has moved the pointer for a while; moving the map by hand stops the tour. */
function useIdle(): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    let timer = setTimeout(() => setIdle(true), IDLE)
    const onMove = (): void => {
      setIdle(false)
      clearTimeout(timer)
      timer = setTimeout(() => setIdle(true), IDLE)
    }
    const onGrab = (): void => { store.setState({ touring: false }) }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerdown', onGrab)
    window.addEventListener('wheel', onGrab, { passive: true })
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointermove', onMove)
      window.removeEventListener('pointerdown', onGrab)
      window.removeEventListener('wheel', onGrab)
    }
  }, [])
  return idle
}
