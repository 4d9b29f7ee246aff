import { Ban, Building2, Bus, CloudRain, CornerUpRight, Construction, DoorOpen, Fence, Footprints, MessageSquareWarning, SlidersHorizontal, Ticket, Timer, TrainFront, Waves, type LucideIcon } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { Scenario, ScenarioEdit, WeatherEdit } from '../../scenario'
import { language } from '../i18n'
import { session } from '../session'
import { editName } from './labels'
import { whole } from './format'
import { namePair } from './places'

export const editIcons: Record<ScenarioEdit['kind'], LucideIcon> = { closure: Ban, turnClosure: CornerUpRight, speedLimit: Timer, capacity: Construction, laneUse: Bus, flood: Waves, message: MessageSquareWarning, weather: CloudRain, signalPlan: SlidersHorizontal, barrier: Fence, gate: DoorOpen, countLine: Footprints, event: Ticket, metro: TrainFront, housing: Building2 }

/** Whether an edit shuts somebody out, which lists and the map show in the colour of closures. */
export const shutsOut = ({ kind }: ScenarioEdit): boolean => kind === 'closure' || kind === 'turnClosure'

/** What an edit does, in a few words. */
export function whatOf(edit: ScenarioEdit, t: TFunction): string {
  switch (edit.kind) {
    case 'event': return t('edits.attendance', { people: whole(edit.attendance) })
    case 'housing': return t('edits.estate', { people: whole(edit.persons), cars: whole(edit.persons * edit.carsPerPerson) })
    case 'metro': return edit.change.what === 'setHeadway' ? t('edits.setHeadway', { minutes: edit.change.minutes }) : t(`edits.${edit.change.what}`)
    case 'barrier': return t(edit.passage ? 'edits.oneWay' : 'edits.fence')
    case 'gate': return edit.personsPerMinute === 0 ? t('edits.shut') : t('edits.lets', { persons: whole(edit.personsPerMinute) })
    case 'countLine': return t('edits.counts')
    case 'speedLimit': return `${edit.speedLimitKmh} km/h`
    case 'capacity': return t('edits.carries', { percent: Math.round(edit.capacityShare * 100) })
    case 'signalPlan': return [t('edits.greens', { greens: edit.greens.join(' + ') }), ...edit.movements ? [t('edits.regrouped', { count: edit.movements.length })] : []].join(' · ')
    case 'weather': return weatherName(edit, t)
    case 'laneUse': return `${t('edits.lanes', { count: edit.laneCount, side: t(`edits.${edit.side}`) })} · ${t('edits.reserved', { names: edit.classes.map(name => t(`class.${name}`)).join(t('edits.comma')) })}`
    case 'flood': return t('edits.water', { depth: edit.depthMm })
    case 'message': return t('edits.told', { percent: Math.round(edit.share * 100) })
    case 'turnClosure': return [t('edits.turns', { count: edit.turns.length }), ...classesOf(edit.classes, t)].join(' · ')
    case 'closure': {
      const lanes = edit.lanes === 'all' ? t('edits.allLanes') : t('edits.lanes', { count: edit.lanes.count, side: t(`edits.${edit.lanes.side}`) })
      return [lanes, ...classesOf(edit.classes, t)].join(' · ')
    }
  }
}

/** "Heavy rain, wind of force 10". */
export const weatherName = ({ rain, windBeaufort = 0 }: Pick<WeatherEdit, 'rain' | 'windBeaufort'>, t: TFunction): string =>
  [...rain ? [t(`weather.${rain}`)] : [], ...windBeaufort > 0 ? [t('wind.named', { force: windBeaufort })] : []].join(t('edits.comma'))

/** A line about an edit: its name, where, what and when. */
export function lineOf(edit: ScenarioEdit, t: TFunction): string {
  const about = [whereOf(edit, t), whatOf(edit, t), `${edit.window.start.slice(0, 5)}–${edit.window.end.slice(0, 5)}`].filter(Boolean).join(t('edits.comma'))
  return `${editName(edit, t)} (${about})`
}

const LINES_MOST = 5

/** What a report asks of a document: what its planner wrote about it, else what its changes do. */
export function questionOf({ name, description, edits }: Pick<Scenario, 'name' | 'description' | 'edits'>, t: TFunction): string {
  if (description) return description[language()]
  const lines = edits.filter(({ enabled }) => enabled).map(edit => lineOf(edit, t))
  if (lines.length === 0) return t('report.usualQuestion', { name: name[language()] })
  const more = lines.length - LINES_MOST
  return t('report.changesQuestion', { changes: lines.slice(0, LINES_MOST).join(language() === 'zh' ? '；' : '; ') + (more > 0 ? t('conflict.more', { more }) : '') })
}

/** Where it does it; empty where that is said by what it does. */
export function whereOf(edit: ScenarioEdit, t: TFunction): string {
  if (edit.kind === 'housing') return edit.name
  if (edit.kind === 'metro') return edit.change.what === 'closeStation' ? edit.change.station : edit.change.line
  if (!('target' in edit)) return ''
  const { target } = edit
  if ('links' in target) return t('edits.links', { count: target.links.length })
  const name = session.city ? namePair(session.city.pack, target.road).name : target.road
  return target.heading ? `${name} ${t(`edits.heading.${target.heading}`)}` : name
}

const classesOf = (classes: readonly string[] | undefined, t: TFunction): string[] =>
  classes ? [t('edits.classes', { names: classes.map(name => t(`class.${name}`)).join(t('edits.comma')) })] : []
