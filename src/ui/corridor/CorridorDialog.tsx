import '../styles/changes.css'
import { RotateCcw, Waves } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CYCLE_MAX, corridorRoads, type ScenarioEdit, type SignalPlanEdit, type SingleEdit } from '../../scenario'
import { language } from '../i18n'
import { DialogFrame } from '../dialogs/DialogFrame'
import { useEditWindow } from '../inspector/useEditWindow'
import { editsOnNode, newEditId } from '../model/editsInForce'
import { fixed, metres } from '../model/format'
import { linkName } from '../model/cityModel'
import { namePair } from '../model/places'
import { Field } from '../parts/Field'
import { Figure } from '../parts/Figure'
import { NumberField } from '../parts/NumberField'
import { Segments } from '../parts/Segments'
import { session, timeNow } from '../session'
import { store, useApp } from '../stores/store'
import { TimeSpaceDiagram } from './TimeSpaceDiagram'
import { useCorridorDraft, type Preference } from './useCorridorDraft'

const none: readonly ScenarioEdit[] = []
/** Of a screen, px that the diagram leaves to what stands around it. */
const AROUND = 440

/** Signals of a road on a time-space diagram: its green wave in both directions, set by hand or worked out, and run as signal plans. */
export default function CorridorDialog({ onClose }: { onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { city } = session
  const asked = useApp(({ dialogAbout }) => dialogAbout)
  const roads = useMemo(() => (city ? corridorRoads(city.network) : []), [city])
  const [begun] = useState(() => (asked ? { road: asked.key, node: asked.node } : selectedRoad(roads)))
  const [road, setRoad] = useState(begun?.road ?? roads[0] ?? '')
  if (!city) return null
  const shown = (name: string): string => namePair(city.pack, name).name
  const order = new Intl.Collator(language() === 'zh' ? 'zh-CN' : 'en', { numeric: true })
  const sorted = roads.map(key => ({ key, text: shown(key) })).sort((a, b) => order.compare(a.text, b.text))
  return (
    <DialogFrame title={t('corridor.heading')} closeLabel={t('panel.close')} wide onClose={onClose}>
      {roads.length === 0 ? <p className="soft">{t('corridor.none')}</p> : (
        <>
          <Corridor key={road} road={road} {...(road === begun?.road && begun.node !== undefined ? { around: begun.node } : {})} shown={shown} onClose={onClose} choice={(
            <label className="number-field"><span>{t('hit.road')}</span>
              <select className="time-field" data-testid="corridor-road" value={road} onChange={({ target }) => setRoad(target.value)}>{sorted.map(({ key, text }) => <option key={key} value={key}>{text}</option>)}</select>
            </label>
          )} />
        </>
      )}
    </DialogFrame>
  )
}

/** The road of the section that is selected on the map, if it has signals enough, and the junction that the section leads to. */
function selectedRoad(roads: readonly string[]): { road: string; node: number } | undefined {
  const { selection } = store.getState()
  if (selection?.kind !== 'link' || !session.city) return undefined
  const { network } = session.city
  const road = linkName(network, selection.link)
  return road !== null && roads.includes(road) ? { road, node: network.links.toNode[selection.link]! } : undefined
}

function Corridor({ road, around, shown, choice, onClose }: { road: string; around?: number; shown: (name: string) => string; choice: ReactElement; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const network = session.city!.network
  const edits = useApp(({ scenario }) => scenario?.edits ?? none)
  const [now] = useState(timeNow)
  const draft = useCorridorDraft(network, road, edits, now, around)
  const hours = useEditWindow()
  const [prefer, setPrefer] = useState<Preference>('both')
  const [room, width] = useWidth()
  if (!draft) return null
  const { whole, stretch, corridor, signals, cycle, cycleLeast, speedKmh, bands } = draft
  const nameOf = (node: number): string => {
    const meeting = network.strings[network.nodes.name[node]!]?.split(' / ') ?? []
    return [...new Set(meeting.map(shown))].filter(name => name !== shown(road)).join(' / ') || t('inspector.unnamed')
  }
  const headings = corridor.heading === 'east' ? ['east', 'west'] as const : ['north', 'south'] as const

  function apply(): void {
    const window = hours.read()
    const changes = signals.map(({ signal: { node }, greens, offset, movements, cycle: own }, at): SingleEdit => {
      const id = network.strings[network.nodes.id[node]!]!
      const old = editsOnNode(node, network, edits, timeNow())[0]
      const edit: SignalPlanEdit = { kind: 'signalPlan', id: old?.id ?? `${newEditId('signals')}-${at + 1}`, enabled: true, node: id, greens, offset: offset % own, ...(movements ? { movements } : {}), window, label: t('corridor.label', { road: shown(road), name: nameOf(node) }).slice(0, 200) }
      return old ? { kind: 'replace', id: old.id, edit } : { kind: 'add', edit }
    })
    if (session.apply({ kind: 'several', edits: changes })) onClose()
  }
  const band = (direction: 'forward' | 'backward'): string => {
    const found = bands?.[direction]
    return found && cycle ? `${fixed(found.width, 0)} ${t('unit.s')} · ${fixed((100 * found.width) / cycle, 0)} %` : '–'
  }

  return (
    <div className="corridor">
      <div className="corridor-places">
        {choice}
        {(['first', 'last'] as const).map(end => (
          <label key={end} className="number-field"><span>{t(`corridor.${end}`)}</span>
            <select className="time-field" data-testid={`corridor-${end}`} value={stretch[end]} onChange={({ target }) => draft.setStretch({ ...stretch, [end]: Number(target.value) })}>
              {whole.signals.map(({ node, at }, row) => ((end === 'first' ? row < stretch.last : row > stretch.first) ? <option key={node} value={row}>{nameOf(node)} · {metres(at)}</option> : null))}
            </select>
          </label>
        ))}
      </div>
      <div className="corridor-controls">
        <NumberField label={t('corridor.cycle')} value={cycle ?? Math.round(Math.max(...signals.map(each => each.cycle)))} min={cycleLeast} max={CYCLE_MAX} step={5} onChange={draft.setCycle} />
        <NumberField label={t('corridor.speed')} value={speedKmh} min={10} max={120} step={5} onChange={draft.setSpeed} />
        <Field label={t('corridor.prefer')}>
          <Segments label={t('corridor.prefer')} value={prefer} onChange={setPrefer} options={[
            { value: 'both', text: t('corridor.both') }, { value: 'forward', text: t(`edits.heading.${headings[0]}`) }, { value: 'backward', text: t(`edits.heading.${headings[1]}`) }]} />
        </Field>
        <button type="button" className="button primary" data-testid="green-wave" onClick={() => draft.coordinate(prefer)}><Waves aria-hidden size="1rem" /> {t('corridor.set')}</button>
        <button type="button" className="button" onClick={draft.reset}><RotateCcw aria-hidden size="1rem" /> {t('corridor.reset')}</button>
      </div>
      <dl className="figures corridor-figures">
        <Figure label={t('corridor.signals')} value={`${signals.length} · ${metres(signals.at(-1)!.signal.at)}`} />
        <Figure label={t('corridor.cycleNow')} value={cycle === null ? t('corridor.noCycle') : fixed(cycle, 0)} {...(cycle === null ? {} : { unit: t('unit.s') })} />
        <Figure label={t('corridor.band', { heading: t(`edits.heading.${headings[0]}`) })} value={<span data-testid="band-forward" data-direction="forward">{band('forward')}</span>} />
        <Figure label={t('corridor.band', { heading: t(`edits.heading.${headings[1]}`) })} value={<span data-testid="band-backward" data-direction="backward">{band('backward')}</span>} />
      </dl>
      {bands && (bands.forward?.width === 0 || bands.backward?.width === 0) && <p className="notice" data-tone="warn" role="status">{t('corridor.noBand')}</p>}
      <div ref={room} className="corridor-diagram" tabIndex={-1}>{width > 0 && <TimeSpaceDiagram draft={draft} width={width} height={Math.max(260, innerHeight - AROUND)} nameOf={nameOf} />}</div>
      <p className="soft small corridor-key"><i className="key-green" /> {t('corridor.keyGreen')} <i className="key-red" /> {t('corridor.keyRed')} <i className="key-wave" data-direction="forward" /> {t(`edits.heading.${headings[0]}`)} <i className="key-wave" data-direction="backward" /> {t(`edits.heading.${headings[1]}`)} · {t('corridor.dragNote')}</p>
      <details className="fold">
        <summary>{t('corridor.table')}</summary>
        <table className="people-table corridor-table">
          <thead><tr><th scope="col">{t('corridor.junction')}</th><th scope="col">m</th><th scope="col">{t('signalPlan.offset')}</th><th scope="col">{t('corridor.greens')}</th><th scope="col">{t('corridor.cycle')}</th></tr></thead>
          <tbody>{signals.map(({ signal, greens, offset, cycle: own }, at) => (
            <tr key={signal.program}><td>{nameOf(signal.node)}</td><td>{fixed(signal.at, 0)}</td>
              <td><NumberField label="" name={t('corridor.offsetOf', { name: nameOf(signal.node) })} value={offset} min={0} max={Math.ceil(own) - 1} step={1} onChange={value => draft.setOffset(at, value)} /></td>
              <td>{greens.map(green => fixed(green, 0)).join(' + ')}</td><td>{fixed(own, 0)}</td></tr>
          ))}</tbody>
        </table>
      </details>
      <div className="corridor-foot">
        {hours.fields}
        <button type="button" className="button primary" data-testid="apply-corridor" onClick={apply}>{t('corridor.apply', { count: signals.length })}</button>
      </div>
      <p className="soft small">{t('corridor.note')}</p>
    </div>
  )
}

/** px of a box. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const room = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    if (room.current) watch.observe(room.current)
    return () => watch.disconnect()
  }, [])
  return [room, width]
}
