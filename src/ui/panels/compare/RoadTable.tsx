import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { shownComparison } from '../../../analysis'
import type { ComparedRoad } from '../../../workers'
import { linkMiddle } from '../../model/cityModel'
import { fixed } from '../../model/format'
import { roadTitle } from '../../model/roadTitle'
import { session } from '../../session'
import { store } from '../../stores/store'
import { ComparedHead, DifferenceCell, trend } from './KpiTable'

/** The roads that changed most; a click looks at them. */
export function RoadTable({ roads }: { roads: readonly ComparedRoad[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <table className="compare-table" data-testid="compare-roads">
      <ComparedHead first={t('inspector.road')} />
      <tbody>{roads.map(road => <RoadRow key={road.name} road={road} most={Math.abs(roads[0]!.difference)} />)}</tbody>
    </table>
  )
}

function RoadRow({ road, most }: { road: ComparedRoad; most: number }): ReactElement {
  const { digits, baseline, variant, difference } = shownComparison(road)
  function go(): void {
    if (!session.city) return
    session.view.flyTo({ ...linkMiddle(session.city.network, road.link), distance: 1200 })
    store.getState().select({ kind: 'link', link: road.link })
  }
  return (
    <tr>
      <td><button type="button" className="link-button" onClick={go}>{session.city ? roadTitle(session.city, road.link) : road.name}</button></td>
      <td>{fixed(baseline!, digits)}</td><td>{fixed(variant!, digits)}</td>
      <DifferenceCell of={road} moreIsBetter={false}>
        <i className="diff-bar" data-trend={trend(difference!, digits, false)} style={{ width: `${(100 * Math.abs(road.difference)) / most}%` }} />
      </DifferenceCell>
    </tr>
  )
}
