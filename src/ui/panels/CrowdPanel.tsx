import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { loadAreas, type CityArea } from '../../city'
import { fruinLetters, fruinLevel } from '../model/fruin'
import { levelsOf } from '../model/levels'
import { Figure } from '../parts/Figure'
import { PanelFrame } from '../parts/PanelFrame'
import { Segments } from '../parts/Segments'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { PeopleReport } from './people/PeopleReport'

const EVERY = 300 // ms between two looks

/** People on foot: how many, how densely they stand, and on which level one looks. */
export default function CrowdPanel({ onClose }: { onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const heat = useApp(state => state.crowdHeat)
  const { setCrowdHeat } = store.getState()
  const areas = useAreas()
  const { seen, underPointer, densest } = useCrowd()
  const density = (value: number | null): string => (value === null ? '–' : value.toFixed(1))
  const tone = (value: number | null): { tone?: 'bad' } => (value !== null && fruinLevel(value) === 5 ? { tone: 'bad' } : {})
  const unit = (value: number | null): string => (value === null ? '' : `${t('unit.perM2')} ${fruinLetters[fruinLevel(value)]!}`)
  function goArea({ space }: CityArea): void {
    const outline = space.floors.find(({ id }) => id === 'ground')?.outlines[0] ?? space.floors[0]!.outlines[0]!
    const xs = outline.map(([x]) => x), ys = outline.map(([, y]) => y)
    session.view.flyTo({ x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2, distance: 420 })
  }
  return (
    <PanelFrame title={t('crowd.title')} intro={seen === 0 ? t('crowd.nobody') : t('crowd.intro')} onClose={onClose}>
      <dl className="figures">
        <Figure label={t('crowd.seen')} value={seen.toLocaleString(i18n.language)} />
        {/* Measured where the map shows it, and somebody is there. */}
        {densest && <>
          <Figure label={t('crowd.underPointer')} value={density(underPointer)} unit={unit(underPointer)} {...tone(underPointer)} />
          <Figure label={t('crowd.densest')} value={density(densest.density)} unit={unit(densest.density)} {...tone(densest.density)} />
        </>}
      </dl>
      {densest && <button type="button" className="button" onClick={() => session.view.flyTo({ x: densest.x, y: densest.y, distance: 90 })}>{t('crowd.goDensest')}</button>}
      <PeopleReport />
      <h3>{t('crowd.density')}</h3>
      <Segments label={t('crowd.density')} value={heat} onChange={setCrowdHeat} options={[
        { value: 'none', text: t('crowd.off') }, { value: 'levels', text: t('crowd.levels') }, { value: 'density', text: t('crowd.ramp') },
      ]} />
      <h3>{t('crowd.places')}</h3>
      <ul className="rows">
        {areas.map(area => (
          <li key={area.id}>
            <button type="button" className="row-button" onClick={() => goArea(area)}>
              <b>{i18n.language === 'zh' ? area.name : area.nameEn}</b>
              <span className="soft">{t('crowd.placeHas', { gates: area.space.gates.length, exits: area.portals.length })}</span>
            </button>
            <LevelChips area={area} onChoose={() => goArea(area)} />
          </li>
        ))}
      </ul>
    </PanelFrame>
  )
}

/** The levels of an area that has several: one of them is shown through what lies above it, until it is chosen again. */
function LevelChips({ area, onChoose }: { area: CityArea; onChoose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const chosen = useApp(state => state.levels?.join())
  const levels = levelsOf(area)
  if (levels.length < 2) return null
  return (
    <div className="chips" role="group" aria-label={t('crowd.level')}>
      {levels.map(({ low, high, kind, name }) => {
        const pressed = chosen === `${low},${high}`
        const choose = (): void => {
          store.getState().setLevels(pressed ? null : [low, high])
          if (!pressed) onChoose()
        }
        return <button type="button" key={low} className="chip" aria-pressed={pressed} onClick={choose}>{t(`crowd.floor.${kind}`)}{name && ` ${name}`} <small>{t('crowd.height', { height: (low + 0.5).toFixed(1) })}</small></button>
      })}
    </div>
  )
}

function useAreas(): readonly CityArea[] {
  const [areas, setAreas] = useState<readonly CityArea[]>([])
  useEffect(() => {
    let current = true
    const pack = session.city?.pack
    if (pack) void loadAreas(pack).then(opened => { if (current) setAreas(opened) }, () => undefined)
    return () => { current = false }
  }, [])
  return areas
}

type CrowdNow = { readonly seen: number } & ReturnType<typeof session.view.crowdDensity>

/** What the map knows of the crowd now. */
const look = (): CrowdNow => ({ seen: session.client?.feed?.newest()?.people?.head[3] ?? 0, ...session.view.crowdDensity() })

function useCrowd(): CrowdNow {
  const [crowd, setCrowd] = useState(look)
  useEffect(() => {
    const timer = setInterval(() => setCrowd(look()), EVERY)
    return () => clearInterval(timer)
  }, [])
  return crowd
}
