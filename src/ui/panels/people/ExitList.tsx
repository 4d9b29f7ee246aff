import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { roundedTogether } from '../../../analysis'
import type { PeopleReport } from '../../../sim'
import { exitUse } from '../../model/exits'
import { fixed, whole } from '../../model/format'
import { usePlaceName } from './usePlaceName'

const SHOWN = 8

/** By which ways people left; of those to the street with their share beside that of their width. */
export function ExitList({ exits, balance }: { exits: PeopleReport['exits']; balance: number | null }): ReactElement {
  const { t } = useTranslation()
  const nameOf = usePlaceName()
  const uses = exitUse(exits)
  const streets = exits.filter(({ share }) => share !== null)
  const shares = roundedTogether(streets.map(({ share }) => 100 * share!)), widths = roundedTogether(streets.map(({ capacityShare }) => 100 * capacityShare!))
  return (
    <>
      <ol className="rows ranked">
        {uses.map(({ kind, name, persons }) => (
          <li key={kind + name}><div className="row-text"><div className="row spread"><span>{t(`people.exit.${kind}`, { name })}</span><b>{whole(persons)}</b></div>
            <i className="bar" style={{ width: `${(100 * persons) / uses[0]!.persons}%` }} /></div></li>
        ))}
      </ol>
      {streets.length > 0 && (
        <table className="people-table" data-testid="exit-balance">
          <thead><tr><th>{t('people.wayOut')}</th><th>{t('people.persons')}</th><th>{t('people.share')}</th><th>{t('people.widthShare')}</th></tr></thead>
          <tbody>
            {streets.slice(0, SHOWN).map(({ goal, persons }, at) => (
              <tr key={goal}><td>{nameOf(goal)}</td><td>{whole(persons)}</td><td>{fixed(shares[at]!, 0)} %</td><td>{fixed(widths[at]!, 0)} %</td></tr>
            ))}
          </tbody>
        </table>
      )}
      {balance !== null && <p className="soft small">{t('people.balance', { percent: fixed(100 * balance, 0) })}</p>}
    </>
  )
}
