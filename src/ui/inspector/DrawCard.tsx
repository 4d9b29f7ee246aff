import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { waysOf, type GroundEdit, type HousingEdit } from '../../scenario'
import type { Mark } from '../cityView'
import { editName } from '../model/labels'
import { fixed, metres } from '../model/format'
import { lengthOf, lineOfEdit, middle, wayNamed } from '../model/walkGround'
import { wayName, wayNumber } from '../model/wayName'
import { EditForm } from '../parts/EditForm'
import { Segments } from '../parts/Segments'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import type { Drawn } from '../stores/viewSlice'
import { CardFrame } from './CardFrame'
import { DrawButtons } from './DrawButtons'
import { DrawnGroundForm } from './DrawnGroundForm'
import { HousingCard } from './HousingCard'
import { MapTags, type MapTag } from './MapTags'
import { useGrounds } from './useGrounds'
import { useMeasure, type Place } from './useMeasure'
import { useSketch } from './useSketch'

const WAYS_WITHIN = 2500 // m from the eye that ways are offered at
const TAG_WITHIN = 20_000 // m

const kinds: readonly Drawn[] = ['barrier', 'gate', 'countLine', 'ground']

/** Draws a measure for people on foot, or the ground of an event, on the map, and says what it is. */
export function DrawCard({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const { what, replaces } = useApp(state => state.drawn)
  const old = useApp(state => (replaces === undefined ? undefined : state.scenario?.edits.find(({ id }) => id === replaces)))
  if (what === 'housing') return <HousingCard key={replaces ?? ''} old={old as HousingEdit | undefined} onClose={onClose} onDone={selectMark} />
  const choice = (
    <Segments label={t('draw.what')} value={what} onChange={value => store.getState().draw(value)} options={kinds.map(value => ({ value, text: t(`draw.${value}`) }))} />
  )
  return (
    <CardFrame kind={t('draw.title')} title={t(`draw.${what}Title`)} onClose={onClose}>
      {replaces === undefined && choice}
      {what === 'ground' ? <DrawnGroundForm key="ground" onDone={selectMark} />
        : <MeasureDrawing key={`${what} ${replaces ?? ''}`} what={what} old={old as GroundEdit | undefined} />}
    </CardFrame>
  )
}

function selectMark(id: string): void {
  store.setState({ tool: 'inspect' })
  store.getState().select({ kind: 'mark', id })
}

function MeasureDrawing({ what, old }: { what: GroundEdit['kind']; old: GroundEdit | undefined }): ReactElement {
  const { t } = useTranslation()
  const { areas, grounds } = useGrounds()
  const [way, setWay] = useState<string | null>(null)
  const refused = (): void => store.getState().say('bad', t('draw.noGround'), t('draw.noGroundAdvice'))
  const { sketch, step, putCentre } = useSketch(what, grounds, null, refused, () => undefined)
  const chosen = way === null ? null : wayNamed(areas, way)
  const line = chosen ? chosen.way.line : sketch.points.length > 1 ? sketch.points : null
  const measure = useMeasure(what, { line, way: chosen?.way.kind ?? null, old })
  const shown = useMemo(() => (chosen ? chosen.way.line : sketch.cursor && !sketch.finished ? [...sketch.points, sketch.cursor] : sketch.points), [chosen, sketch])
  const ground = grounds.find(({ id }) => id === (chosen ? `${chosen.area.id}/${chosen.way.floor}` : sketch.ground))
  const height = ground?.height ?? null
  const { passage, persons, lanes } = measure
  useEffect(() => {
    if (shown.length < 2) return session.view.setSketch(shown.length === 1 ? [{ id: '', kind: 'count', points: [shown[0]!, [shown[0]![0] + 0.01, shown[0]![1]]], height, state: 'drawn' }] : [])
    const look: Omit<Mark, 'id' | 'points' | 'height' | 'state'> = what === 'barrier' ? (passage ? { kind: 'oneWay', passage } : { kind: 'fence' })
      : what === 'gate' ? { kind: 'gate', lanes, shut: persons === 0, ...(passage ? { passage } : {}) } : { kind: 'count' }
    session.view.setSketch([{ id: '', points: shown, height, state: 'drawn', ...look }])
  }, [shown, height, what, passage, persons, lanes])

  const done = chosen !== null || sketch.finished
  function submit(): void {
    const place: Place = chosen ? { way: chosen.way.id, name: wayName(chosen.way, chosen.area, t) } : { line: sketch.points, level: ground && !ground.open ? ground.id : null }
    const edit = measure.edit(place)
    if (session.apply(old ? { kind: 'replace', id: old.id, edit } : { kind: 'add', edit })) selectMark(edit.id)
  }
  const tags = useMemo((): MapTag[] => [
    ...(shown.length > 1 ? [{ id: 'length', at: shown.at(-1)!, height, text: `${fixed(lengthOf(shown), 1)} m`, tone: 'drawn', within: TAG_WITHIN }] : []),
    ...(what === 'gate' && sketch.points.length === 0 ? areas.flatMap(area => waysOf(area).map((each): MapTag => ({
      id: each.id, at: middle(each.line), height: null, text: each.kind === 'portal' ? wayNumber(each) : wayName(each, area, t, true), title: wayName(each, area, t), within: WAYS_WITHIN, onClick: () => setWay(each.id),
      ...(each.id === way ? { tone: 'chosen' } : {}),
    }))) : []),
  ], [shown, height, what, areas, sketch.points.length, t, way])
  const before = old && lineOfEdit(old, areas, grounds)
  return (
    <>
      <MapTags tags={tags} />
      <p className="notice" role="status" data-testid="draw-status">
        {chosen ? wayName(chosen.way, chosen.area, t) : sketch.finished ? t('draw.finished', { length: fixed(lengthOf(sketch.points), 1) })
          : sketch.points.length === 0 ? t(`draw.${what}Begin`) : t(`draw.${what}On`, { length: fixed(lengthOf(shown), 1) })}
      </p>
      {before && !done && <p className="soft small">{t('draw.replaces', { name: editName(old, t), length: metres(lengthOf(before.line)) })}</p>}
      <DrawButtons what={what} sketch={sketch} step={step} putCentre={putCentre} onClear={() => setWay(null)} chosen={chosen !== null} />
      {done && (
        <EditForm title={t('draw.details')} {...(what === 'barrier' && !passage || what === 'gate' && persons === 0 ? { tone: 'closure' as const } : {})} onSubmit={submit}>
          {measure.fields}
          <div className="row">
            <button type="submit" className="button primary" data-testid="apply-measure">{t(old ? 'draw.save' : 'draw.apply')}</button>
            <button type="button" className="button" onClick={() => store.getState().setTool('inspect')}>{t('closure.cancel')}</button>
          </div>
        </EditForm>
      )}
    </>
  )
}
