import { LocateFixed } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsOfDay } from '../../../scenario'
import { VehicleClass } from '../../../sim'
import type { RouteAnswer, RouteQuestion } from '../../../workers'
import { language } from '../../i18n'
import type { CityModel, PlaceHit } from '../../model/cityModel'
import { duration, fixed } from '../../model/format'
import { nearestLinks } from '../../model/nearestLinks'
import { findNear } from '../../model/nearPlaces'
import { findPlaces, namePair } from '../../model/places'
import { roadTitle } from '../../model/roadTitle'
import { isSound } from '../../parts/EditForm'
import { IconButton } from '../../parts/IconButton'
import { TimeField } from '../../parts/TimeField'
import { PlaceInput } from '../../search/PlaceInput'
import { session } from '../../session'
import { store, useApp } from '../../stores/store'

/** One end of a way: what it is called and the links it lies at, nearest first. */
interface End { readonly name: string; readonly links: readonly number[] }
type Case = 'now' | 'later' | 'open'
interface Answer { readonly of: Case; readonly route: RouteAnswer | null }

/** Roads named of a way, by their length on it. */
const NAMED = 4
/** Links near a place from or to which a way is looked for. */
const TRIED = 6
/** Names that are nearly what was typed. */
const NEAR = 4

/** The quickest way between two places: now, at another time, and as if nothing had been changed; a click shows it on the map. */
export function WayFinder(): ReactElement {
  const { t } = useTranslation()
  const [from, setFrom] = useState<End | null>(null)
  const [to, setTo] = useState<End | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const [answers, setAnswers] = useState<readonly Answer[] | null>(null)
  const [shown, setShown] = useState<Case>('now')
  const changed = useApp(state => state.changes.length > 0)
  const route = answers?.find(({ of }) => of === shown)?.route
  useEffect(() => {
    session.view.highlightLinks(route?.links ?? [])
    return () => session.view.highlightLinks([])
  }, [route])

  async function find(): Promise<void> {
    if (!from || !to || !session.client) return
    const later = at === null ? null : secondsOfDay(at)
    const cases: { readonly of: Case; readonly moment: RouteQuestion['moments'][number] }[] = [
      { of: 'now', moment: { at: 'now' } },
      ...(later === null ? [] : [{ of: 'later' as const, moment: { at: later } }]),
      ...(changed ? [{ of: 'open' as const, moment: { at: 'now' as const, open: true } }] : []),
    ]
    const outcome = await session.client.ask(host => host.routes({ from: from.links, to: to.links, class: VehicleClass.car, moments: cases.map(({ moment }) => moment) }))
    if (!outcome.ok) return store.getState().say('bad', t('wayFinder.failed'), outcome.problems[0]?.message)
    setAnswers(cases.map(({ of }, index) => ({ of, route: outcome.value[index]! })))
    setShown('now')
  }
  return (
    <form className="way" data-testid="way-finder" onSubmit={event => { event.preventDefault(); if (isSound(event.currentTarget)) void find() }}>
      <EndField label={t('wayFinder.from')} end={from} onChange={end => { setFrom(end); setAnswers(null) }} />
      <EndField label={t('wayFinder.to')} end={to} onChange={end => { setTo(end); setAnswers(null) }} />
      <div className="row">
        <label className="row grow">{t('wayFinder.at')} <TimeField label={t('wayFinder.at')} value={at} placeholder="--:--" onChange={setAt} /></label>
        <button type="submit" className="button primary" disabled={!from || !to}>{t('wayFinder.find')}</button>
      </div>
      {answers && (
        <ul className="rows" data-testid="ways">
          {answers.map(({ of, route: found }) => (
            <li key={of}>
              <button type="button" className="row-button" aria-pressed={shown === of} onClick={() => setShown(of)}>
                <b>{t(`wayFinder.${of}`, { time: at })}{found ? ` · ${duration(found.seconds)} ${t('unit.min')} · ${fixed(found.metres / 1000, 1)} km` : ''}</b>
                <span className="soft">{found ? t('wayFinder.over', { roads: mainRoads(session.city!, found.links).join(t('edits.comma')) }) : t('wayFinder.none')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}

function EndField({ label, end, onChange }: { label: string; end: End | null; onChange: (end: End | null) => void }): ReactElement {
  const { t } = useTranslation()
  const [picking, setPicking] = useState(false)
  const [missed, setMissed] = useState<{ readonly text: string; readonly near: readonly PlaceHit[] } | null>(null)
  useEffect(() => {
    if (!picking) return undefined
    return session.view.watchPointer({
      height: () => null, move: () => undefined, end: () => undefined,
      click([x, y]) {
        setPicking(false)
        const { city } = session
        if (!city) return
        const links = nearestLinks(city.network, x, y, TRIED)
        setMissed(null)
        onChange({ links, name: roadTitle(city, links[0]!) })
      },
    })
  }, [picking, onChange])
  function choose(hit: PlaceHit): void {
    const { city } = session
    if (!city) return
    setMissed(null)
    const near = nearestLinks(city.network, hit.x, hit.y, TRIED)
    onChange({ links: hit.link === undefined ? near : [hit.link, ...near], name: nameOf(hit) })
  }
  /** What was typed and not chosen is the best that is called so, or nothing: an answer to another question must not stand beside it. */
  async function leave(text: string): Promise<void> {
    const { city } = session
    if (!city) return
    onChange(null)
    const [best] = await findPlaces(city, text, 1)
    if (best) return choose(best)
    setMissed({ text, near: await findNear(city, text, NEAR) })
  }
  return (
    <>
    <div className="way-end search">
      <PlaceInput label={label} placeholder={picking ? t('wayFinder.pick') : label} chosen={missed?.text ?? end?.name ?? ''} onChoose={choose} onLeave={text => void leave(text)} />
      <IconButton icon={LocateFixed} label={t('wayFinder.onMap')} pressed={picking} onClick={() => setPicking(!picking)} />
    </div>
    {missed && (
      <div className="way-missed" role="alert" data-testid="way-missed">
        <p className="warn">{t('wayFinder.unknown', { text: missed.text })} {t(missed.near.length > 0 ? 'wayFinder.near' : 'wayFinder.tryOther')}</p>
        {missed.near.length > 0 && <div className="row">{missed.near.map(hit => <button type="button" key={`${hit.kind} ${hit.zh}`} className="button" onClick={() => choose(hit)}>{nameOf(hit)}</button>)}</div>}
      </div>
    )}
    </>
  )
}

const nameOf = ({ zh, en }: PlaceHit): string => (language() === 'en' && en ? en : zh)

function roadOf({ pack, network: { links, strings } }: CityModel, link: number): string {
  const row = links.name[link]!
  return row < 0 ? '' : namePair(pack, strings[row]!).name
}

/** Named roads that make up most of a way, in the order in which it comes to them. */
function mainRoads(city: CityModel, way: readonly number[]): string[] {
  const lengths = new Map<string, number>()
  for (const link of way) {
    const name = roadOf(city, link)
    if (name) lengths.set(name, (lengths.get(name) ?? 0) + city.network.links.length[link]!)
  }
  const longest = new Set([...lengths].sort(([, a], [, b]) => b - a).slice(0, NAMED).map(([name]) => name))
  return [...lengths.keys()].filter(name => longest.has(name))
}
