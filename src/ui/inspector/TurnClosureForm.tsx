import { CornerUpLeft, CornerUpRight, MoveUp, Undo2 } from 'lucide-react'
import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { movementsFrom, type TurnClosureEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { roadTitle } from '../model/roadTitle'
import { EditForm } from '../parts/EditForm'
import { session } from '../session'
import { useClasses } from './useClasses'
import { useEditWindow } from './useEditWindow'

/** By Direction: right, straight, left, U-turn. */
const arrows = [CornerUpRight, MoveUp, CornerUpLeft, Undo2] as const

/** Bans turns at the junction that a road section leads to. */
export function TurnClosureForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const hours = useEditWindow()
  const { classes, field } = useClasses()
  const { city, view } = session
  const movements = useMemo(() => (city ? [...movementsFrom(city.network, link)] : []), [city, link])
  const [chosen, setChosen] = useState<readonly number[]>([])
  useEffect(() => { view.highlightLinks([link, ...chosen]) }, [chosen, link, view])
  if (!city) return null
  const { network } = city
  const nameOf = (row: number): string => roadTitle(city, row)
  const idOf = (row: number): string => network.strings[network.links.id[row]!]!

  function submit(): void {
    const edit: TurnClosureEdit = {
      kind: 'turnClosure', id: newEditId('turn'), enabled: true, window: hours.read(),
      turns: chosen.map(to => ({ from: idOf(link), to: idOf(to) })), ...(classes ? { classes } : {}),
      label: t('turnClosure.label', { road: nameOf(link), turns: chosen.map(nameOf).join(t('edits.comma')) }),
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('turnClosure.title')} tone="closure" onSubmit={submit}>
      <ul className="choices">
        {movements.map(([to, turn]) => {
          const direction = network.turns.direction[turn]!
          const Arrow = arrows[direction] ?? MoveUp
          return (
            <li key={to}><label>
              <input type="checkbox" checked={chosen.includes(to)} onChange={({ target }) => setChosen(target.checked ? [...chosen, to] : chosen.filter(each => each !== to))} />
              <Arrow aria-hidden size="1rem" /> {t(`turnClosure.${direction}`)} <span className="soft">{nameOf(to)}</span>
            </label></li>
          )
        })}
      </ul>
      {field}
      {hours.fields}
      <p className="soft small">{t('turnClosure.note')}</p>
      <div className="row">
        <button type="submit" className="button closure" data-testid="apply-turn" disabled={chosen.length === 0}>{t('turnClosure.apply', { count: Math.max(1, chosen.length) })}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
