import { ArrowLeftRight } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaWay, GateEdit, GroundEdit, Passage, Position } from '../../scenario'
import { labelFrom, labelOf } from '../model/labels'
import { newEditId } from '../model/editsInForce'
import { lanesOf } from '../model/marksOfEdits'
import { lengthOf, octantAcross, positionOf, type Point } from '../model/walkGround'
import { fixed, whole } from '../model/format'
import { Field } from '../parts/Field'
import { NumberField } from '../parts/NumberField'
import { Segments } from '../parts/Segments'
import { TextField } from '../parts/TextField'
import { useEditWindow } from './useEditWindow'

/** Persons a minute that stewards let through unless the planner says otherwise: two lanes of bag checks. assumed */
const USUAL_PERSONS = 40
const PERSONS_MAX = 1000
const DAY = 24 * 3600 // s

/** Where a measure stands: drawn from point to point, or a way of an area. */
export type Place = { readonly line: readonly Point[]; readonly level: string | null } | { readonly way: string; readonly name: string }

/** What is said of a barrier, an entry control or a count line beside where it is. */
export interface Measure {
  readonly fields: ReactElement
  readonly passage: Passage | undefined
  readonly persons: number
  readonly lanes: number
  edit(place: Place): GroundEdit
}

/**
 * The fields of a measure for people on foot.
 *
 * @param line  where it is, as far as that is known; says which way is which
 * @param way   at what kind of way of an area it is; null = drawn from point to point
 * @param old   the change that is changed again
 */
export function useMeasure(what: GroundEdit['kind'], { line, way, old }: { line: readonly Point[] | null; way: AreaWay['kind'] | null; old?: GroundEdit | undefined }): Measure {
  const { t } = useTranslation()
  const [name, setName] = useState(labelOf(old ?? {}) ?? '')
  const [passage, setPassage] = useState<Passage | undefined>(old && old.kind !== 'countLine' ? old.passage : undefined)
  const [persons, setPersons] = useState(old?.kind === 'gate' ? old.personsPerMinute : USUAL_PERSONS)
  const hours = useEditWindow({ ...(old ? { given: old.window } : {}), ...(what === 'countLine' ? { lasting: DAY } : {}) })
  const length = line ? fixed(lengthOf(line), 0) : ''
  const usualName = (placeName: string): string => {
    if (what === 'gate') return placeName ? t(persons === 0 ? 'draw.shutAt' : 'draw.gateAt', { place: placeName }) : t(persons === 0 ? 'draw.shutLabel' : 'draw.gateLabel', { persons: whole(persons) })
    return t(what === 'countLine' ? 'draw.countLabel' : passage ? 'draw.oneWayLabel' : 'draw.fenceLabel', { length })
  }
  const flip = passage && (
    <div className="row draw-way">
      <span className="soft small">{line && line.length > 1 ? t('draw.letsTo', { heading: t(`heading.${octantAcross(line, passage)}`) }) : t('draw.letsAsDrawn')}</span>
      <button type="button" className="button" data-testid="flip" onClick={() => setPassage(passage === 'toLeft' ? 'toRight' : 'toLeft')}><ArrowLeftRight aria-hidden size="1rem" /> {t('draw.flip')}</button>
    </div>
  )
  const both = what === 'gate' ? t('draw.both') : t('draw.nobody')
  return {
    passage, persons, lanes: lanesOf(persons, line ? lengthOf(line) : 6),
    fields: (
      <>
        {what === 'gate' && (
          <>
            <NumberField label={t('draw.persons')} value={persons} min={0} max={PERSONS_MAX} step={10} onChange={setPersons} />
            <p className="soft small">{t('draw.personsNote')}</p>
          </>
        )}
        {way && what === 'gate' && (
          <Field label={t('draw.direction')}>
            <Segments label={t('draw.direction')} value={passage ?? 'both'} onChange={value => setPassage(value === 'both' ? undefined : value)} options={[
              { value: 'both', text: t('draw.both') }, { value: 'toLeft', text: t(`draw.${way}Out`) }, { value: 'toRight', text: t(`draw.${way}In`) }]} />
          </Field>
        )}
        {!way && what !== 'countLine' && (
          <Field label={t('draw.direction')}>
            <Segments label={t('draw.direction')} value={passage ? 'one' : 'none'} onChange={value => setPassage(value === 'one' ? 'toLeft' : undefined)} options={[
              { value: 'none', text: both }, { value: 'one', text: t('draw.one') }]} />
          </Field>
        )}
        {!way && what !== 'countLine' && flip}
        {hours.fields}
        <TextField label={t('draw.name')} value={name} placeholder={usualName('')} onChange={setName} />
      </>
    ),
    edit(place) {
      const at = 'way' in place ? null : place.line.map(positionOf)
      const base = {
        id: old?.id ?? newEditId(what), enabled: old?.enabled ?? true, window: hours.read(),
        label: usualName('way' in place ? place.name : ''), ...labelFrom(name, old ?? {}),
        ...('line' in place && place.level ? { level: place.level } : {}),
      }
      if (what === 'countLine') return { kind: what, ...base, line: at as unknown as readonly [Position, Position] }
      const lets = passage ? { passage } : {}
      if (what === 'barrier') return { kind: what, ...base, ...lets, line: at! }
      return { kind: what, ...base, ...lets, at: 'way' in place ? place.way : at as unknown as GateEdit['at'], personsPerMinute: persons }
    },
  }
}
