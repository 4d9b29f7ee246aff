import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { readValidationStatus, VALIDATION_KEY } from '../../analysis'
import { timeChart } from '../charts/timeChart'
import { i18n, language } from '../i18n'
import { editName } from '../model/labels'
import { whatOf, whereOf } from '../model/describeEdit'
import { openGroupNames } from '../model/groupNames'
import { roadTitle } from '../model/roadTitle'
import { session } from '../session'
import type { FinishedComparison } from '../../workers'
import { differenceMap } from './differenceMap'
import { ReportDocument } from './ReportDocument'
import { htmlDocument } from './htmlDocument'
import css from './report.css?raw'

/** What the planner adds to the figures. */
export interface ReportWords { readonly title: string; readonly question: string; readonly remarks: string; readonly author: string }

/** Roads that the map names. */
const NAMED = 5
const CHART = { width: 900, height: 230 } as const

/** A finished comparison, with those beside it, as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
export async function writeReport(words: ReportWords, result: FinishedComparison, beside: readonly FinishedComparison[]): Promise<string> {
  const { city } = session
  if (!city) throw new Error('no city is open')
  const t = i18n.t.bind(i18n)
  const lang = language()
  const roadNames = result.roads.map(({ link }) => roadTitle(city, link))
  const style = getComputedStyle(document.documentElement)
  const ramp = [0, 1, 2, 3, 4].map(step => style.getPropertyValue(`--ramp-difference-${step}`).trim())
  const chart = (value: 'vehicles' | 'speed', title: string): { title: string; svg: string } => ({ title, svg: timeChart(result.series, { ...CHART, value, label: title }).outerHTML })
  const body = renderToStaticMarkup(createElement(ReportDocument, { content: {
    ...words, result, roadNames, language: lang,
    written: new Date().toLocaleString(lang === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeStyle: 'short' }),
    variants: beside.map(each => ({ result: each, edits: each.variant.edits.filter(({ enabled }) => enabled).map(edit => ({
      name: editName(edit, t), what: [whereOf(edit, t), whatOf(edit, t)].filter(Boolean).join(' · '), window: `${edit.window.start.slice(0, 5)}–${edit.window.end.slice(0, 5)}`,
    })) })),
    map: await differenceMap(city.pack, city.network, result.maps.density, ramp, result.roads.slice(0, NAMED).map(({ link }, at) => ({ link, text: roadNames[at]! }))),
    charts: [chart('vehicles', t('compare.vehiclesOnRoad')), chart('speed', t('compare.speedOnRoad'))],
    groupName: await openGroupNames(city),
    validation: readValidationStatus(localStorage.getItem(VALIDATION_KEY)),
    manifest: city.pack.manifest,
  } }))
  return htmlDocument({ title: words.title, language: lang, css, body })
}
