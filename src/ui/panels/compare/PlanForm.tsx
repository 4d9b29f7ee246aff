import { ListPlus } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { baselineOf, baselines, runName, usualBaseline, type Baseline } from '../../../analysis'
import { formatTimeOfDay, isEvent, parseScenarioText, secondsOfDay, type Scenario } from '../../../scenario'
import { comparer } from '../../comparer'
import { nameWithout } from '../../documents/names'
import { useLibrary } from '../../documents/useLibrary'
import { language } from '../../i18n'
import { editName, labelOf } from '../../model/labels'
import { loadPresets } from '../../model/presets'
import { isSound } from '../../parts/EditForm'
import { Fold } from '../../parts/Fold'
import { NumberField } from '../../parts/NumberField'
import { Segments } from '../../parts/Segments'
import { TimeField } from '../../parts/TimeField'
import { useApp } from '../../stores/store'

const OPEN = 'open'

/** Adds a comparison to the queue: which document, with which of its changes, until when, with how many seeds. */
export function PlanForm(): ReactElement | null {
  const { t } = useTranslation()
  const open = useApp(state => state.scenario)
  const { choices, read } = useDocuments()
  const [chosen, choose] = useState(OPEN)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [until, setUntil] = useState<string | null>(null)
  const [seeds, setSeeds] = useState(3)
  const [against, setAgainst] = useState<Baseline | null>(null)
  const scenario = chosen === OPEN ? open : read(chosen) ?? open
  if (!scenario) return null
  const parts = partsOf(scenario, t)
  const variant = without(scenario, parts, left, until, t)
  const events = variant.edits.filter(({ enabled }) => enabled)
  const keeps = against ?? usualBaseline(variant)
  const nothing = runName(baselineOf(variant, keeps)) === runName(variant)
  return (
    <form className="compare-start" onSubmit={event => { event.preventDefault(); if (!nothing && isSound(event.currentTarget)) comparer.add({ variant, seeds, keeps }) }}>
      <label className="number-field compare-document"><span>{t('compare.document')}</span>
        <select className="time-field" value={chosen} data-testid="compare-document" onChange={({ target }) => { choose(target.value); setLeft(new Set()); setUntil(null); setAgainst(null) }}>
          <option value={OPEN}>{t('compare.thisDocument', { name: open?.name[language()] })}</option>
          {choices.map(({ label, documents }) => documents.length > 0 && (
            <optgroup key={label} label={t(label)}>{documents.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}</optgroup>
          ))}
        </select>
      </label>
      <label className="number-field"><span>{t('compare.window')} <b>{scenario.window.start}</b> {t('compare.until')}</span>
        <TimeField label={t('compare.until')} value={variant.window.end.slice(0, 5)} onChange={time => { if (time) setUntil(later(time, scenario.window)) }} /></label>
      <span data-testid="compare-seeds"><NumberField label={t('compare.seeds')} value={seeds} min={1} max={30} step={1} onChange={setSeeds} /></span>
      {events.some(isEvent) && !events.every(isEvent) && (
        <Segments label={t('compare.against')} value={keeps} onChange={setAgainst} options={baselines.map(value => ({ value, text: t(`compare.keeps.${value}`) }))} />
      )}
      {parts.length > 1 && (
        <Fold title={t('compare.changes')} figure={t('compare.changesOn', { on: parts.filter(({ id }) => !left.has(id)).length, all: parts.length })} testId="compare-changes">
          <div className="choices">{parts.map(({ id, name }) => (
            <label key={id}><input type="checkbox" checked={!left.has(id)} onChange={({ target }) => setLeft(target.checked ? new Set([...left].filter(each => each !== id)) : new Set([...left, id]))} /> {name}</label>
          ))}</div>
        </Fold>
      )}
      {nothing && <p className="notice">{t('compare.nothing')}</p>}
      <button type="submit" className="button primary" data-testid="start-compare" disabled={nothing}><ListPlus aria-hidden size="1rem" /> {t('compare.add')}</button>
    </form>
  )
}

interface Part { readonly id: string; readonly name: string }
type Translate = ReturnType<typeof useTranslation>['t']

/** Changes and rules that are switched on. */
const partsOf = ({ edits, rules = [] }: Scenario, t: Translate): Part[] => [
  ...edits.filter(({ enabled }) => enabled).map(edit => ({ id: edit.id, name: editName(edit, t) })),
  ...rules.filter(({ enabled }) => enabled).map(rule => ({ id: rule.id, name: `${t('rules.title')}: ${labelOf(rule) ?? rule.id}` })),
]

/** The document with some of its changes switched off, which its name says, and cut off at a time. */
function without(scenario: Scenario, parts: readonly Part[], left: ReadonlySet<string>, until: string | null, t: Translate): Scenario {
  const { name, edits, rules, window, description: _, ...rest } = scenario
  const hours = { ...window, end: until ?? window.end }
  if (left.size === 0) return { ...scenario, window: hours }
  const off = parts.filter(({ id }) => left.has(id)).map(each => each.name).join(t('edits.comma'))
  const kept = <Each extends { readonly id: string; readonly enabled: boolean }>(list: readonly Each[]): Each[] => list.map(each => (left.has(each.id) ? { ...each, enabled: false } : each))
  // What is said of the whole does not hold for a part of it.
  return { ...rest, window: hours, name: nameWithout(name, off), edits: kept(edits), ...(rules ? { rules: kept(rules) } : {}) }
}

/** A time typed by the planner, kept inside the window of the document. */
function later(text: string, window: { start: string; end: string }): string {
  const time = secondsOfDay(text)
  if (time === null) return window.end
  return formatTimeOfDay(Math.min(secondsOfDay(window.end)!, Math.max(secondsOfDay(window.start)! + 60, time)))
}

interface Choice { readonly key: string; readonly name: string }

/** The planner's own documents and the shipped ones; `read` answers the document of a choice. */
function useDocuments(): { choices: readonly { readonly label: string; readonly documents: readonly Choice[] }[]; read: (key: string) => Scenario | null } {
  const listed = useLibrary()
  const [presets, setPresets] = useState<readonly Scenario[]>([])
  useEffect(() => { void loadPresets().then(setPresets) }, [])
  const lang = language()
  const own = Array.isArray(listed) ? listed.filter(({ problem }) => problem === null) : []
  const read = (key: string): Scenario | null => {
    const kept = own.find(each => `own ${each.key}` === key)
    const parsed = kept && parseScenarioText(kept.text, kept.name[lang])
    return parsed?.ok ? parsed.value : presets.find(({ id }) => `shipped ${id}` === key) ?? null
  }
  return {
    read,
    choices: [
      { label: 'compare.ownDocuments', documents: own.map(({ key, name }) => ({ key: `own ${key}`, name: name[lang] })) },
      { label: 'compare.shippedDocuments', documents: presets.filter(({ edits, rules = [] }) => edits.length + rules.length > 0).map(({ id, name }) => ({ key: `shipped ${id}`, name: name[lang] })) },
    ],
  }
}
