import { MapPin, X } from 'lucide-react'
import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metroLayer } from '../../city'
import type { OnFoot } from '../../scenario'
import { language } from '../i18n'
import { planeOf, positionOf } from '../model/walkGround'
import { NumberField } from '../parts/NumberField'
import { session } from '../session'
import { MapTags, type MapTag } from './MapTags'
import { useLayer } from './useLayer'

type Part = Pick<OnFoot, 'stage' | 'staggered' | 'shuttle' | 'exitChoice'>
interface Props { readonly value: Part; /** Where the event is, m. */ readonly at: readonly [number, number] | null; readonly onChange: (part: { [Name in keyof Part]: Part[Name] | undefined }) => void }

const BLOCKS = 4, BLOCK_MINUTES = 5
const SHUTTLE = { share: 0.2, headwayMinutes: 3, seats: 70 } // a full city bus; assumed
const STRANGERS = { followSeconds: 5, keepSeconds: 5 } // docs/crowd-model.md, choosing a goal
const STATIONS_WITHIN = 8000 // m
const TAG_WITHIN = 20_000 // m

/** What stewards do about an event: where its stage is, stands that leave block by block, buses that are ordered. */
export function EventStewards({ value: { stage, staggered, shuttle, exitChoice }, at, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const [placing, setPlacing] = useState(false)
  const stations = useStations(at)
  useEffect(() => {
    if (!placing) return undefined
    return session.view.watchPointer({ height: () => null, move: () => undefined, end: () => undefined, click(place) { onChange({ stage: positionOf(place) }); setPlacing(false) } })
  }, [placing, onChange])
  const tags = useMemo((): MapTag[] => (stage ? [{ id: 'stage', at: planeOf([stage])[0]!, height: null, text: t('stewards.stage'), tone: 'drawn', within: TAG_WITHIN }] : []), [stage, t])
  return (
    <details className="fold">
      <summary data-testid="stewards">{t('stewards.title')}</summary>
      <MapTags tags={tags} />
      <div className="row">
        <button type="button" className="button" aria-pressed={placing} data-testid="place-stage" onClick={() => setPlacing(!placing)}><MapPin aria-hidden size="1rem" /> {t(placing ? 'stewards.clickStage' : stage ? 'stewards.moveStage' : 'stewards.placeStage')}</button>
        {stage && <button type="button" className="button" onClick={() => onChange({ stage: undefined })}><X aria-hidden size="1rem" /> {t('stewards.noStage')}</button>}
      </div>
      <label className="row"><input type="checkbox" checked={staggered !== undefined} onChange={({ target }) => onChange({ staggered: target.checked ? { blocks: BLOCKS, minutes: BLOCK_MINUTES } : undefined })} /> {t('stewards.staggered')}</label>
      {staggered && (
        <div className="settings">
          <NumberField label={t('stewards.blocks')} value={staggered.blocks} min={2} max={20} step={1} onChange={blocks => onChange({ staggered: { ...staggered, blocks } })} />
          <NumberField label={t('stewards.apart')} value={staggered.minutes} min={1} max={60} step={1} onChange={minutes => onChange({ staggered: { ...staggered, minutes } })} />
        </div>
      )}
      {stations.length > 0 && (
        <label className="row"><input type="checkbox" checked={shuttle !== undefined} onChange={({ target }) => onChange({ shuttle: target.checked ? { to: stations.at(-1)!.name, ...SHUTTLE } : undefined })} /> {t('stewards.shuttle')}</label>
      )}
      {shuttle && (
        <>
          <label className="number-field"><span>{t('stewards.shuttleTo')}</span>
            <select className="time-field" value={shuttle.to} onChange={({ target }) => onChange({ shuttle: { ...shuttle, to: target.value } })}>
              {stations.map(({ name, shown }) => <option key={name} value={name}>{shown}</option>)}
            </select>
          </label>
          <div className="settings">
            <NumberField label={t('stewards.shuttleShare')} value={Math.round(shuttle.share * 100)} min={1} max={100} step={5} onChange={percent => onChange({ shuttle: { ...shuttle, share: percent / 100 } })} />
            <NumberField label={t('stewards.headway')} value={shuttle.headwayMinutes} min={1} max={60} step={1} onChange={headwayMinutes => onChange({ shuttle: { ...shuttle, headwayMinutes } })} />
            <NumberField label={t('stewards.seats')} value={shuttle.seats} min={10} max={200} step={10} onChange={seats => onChange({ shuttle: { ...shuttle, seats } })} />
          </div>
        </>
      )}
      <label className="row"><input type="checkbox" data-testid="exit-choice" checked={exitChoice !== undefined} onChange={({ target }) => onChange({ exitChoice: target.checked ? STRANGERS : undefined })} /> {t('stewards.strangers')}</label>
      {exitChoice && (
        <div className="settings">
          <NumberField label={t('stewards.follow')} value={exitChoice.followSeconds} min={0} max={60} step={1} onChange={followSeconds => onChange({ exitChoice: { ...exitChoice, followSeconds } })} />
          <NumberField label={t('stewards.keep')} value={exitChoice.keepSeconds} min={0} max={60} step={1} onChange={keepSeconds => onChange({ exitChoice: { ...exitChoice, keepSeconds } })} />
        </div>
      )}
    </details>
  )
}

/** Metro stations around a place, nearest first. */
function useStations(at: readonly [number, number] | null): readonly { readonly name: string; readonly shown: string }[] {
  const layer = useLayer(metroLayer)
  return useMemo(() => {
    if (!layer || !at) return []
    const { stations, strings } = layer
    const far = (row: number): number => Math.hypot(stations.x[row]! - at[0], stations.y[row]! - at[1])
    const rows = Array.from({ length: stations.rows }, (_, row) => row).filter(row => far(row) < STATIONS_WITHIN).sort((a, b) => far(a) - far(b))
    const seen = new Set<string>()
    return rows.flatMap(row => {
      const name = strings[stations.name[row]!] ?? '', english = strings[stations.nameEn[row]!] ?? ''
      if (name === '' || seen.has(name)) return []
      seen.add(name)
      return [{ name, shown: language() === 'en' && english ? english : name }]
    })
  }, [layer, at])
}
