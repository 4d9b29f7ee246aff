import { useEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoadTarget } from '../../scenario'
import { linkName } from '../model/cityModel'
import { roadTitle } from '../model/roadTitle'
import { linksOf, targetOf } from '../model/roadTargets'
import { Field } from '../parts/Field'
import { Segments } from '../parts/Segments'
import { session } from '../session'

/** What a planner who clicked `link` means: this way or both, this section or the whole road. Shown on the map. */
export function useRoadTarget(link: number): { readonly target: RoadTarget | null; readonly links: readonly number[]; readonly road: string; readonly fields: ReactElement } {
  const { t } = useTranslation()
  const { city, view } = session
  const [bothWays, setBothWays] = useState(false)
  const [wholeRoad, setWholeRoad] = useState(false)
  const target = useMemo(() => (city ? targetOf(link, { bothWays, wholeRoad }, city) : null), [city, link, bothWays, wholeRoad])
  const links = useMemo(() => (city && target ? linksOf(target, city) : []), [city, target])
  useEffect(() => { view.highlightLinks(links) }, [links, view])
  return {
    target, links,
    road: city ? roadTitle(city, link) : t('inspector.unnamed'),
    fields: (
      <>
        <Field label={t('closure.direction')}>
          <Segments label={t('closure.direction')} value={bothWays ? 'both' : 'this'} onChange={value => setBothWays(value === 'both')} options={[
            { value: 'this', text: t('closure.thisWay') }, { value: 'both', text: t('closure.bothWays') }]} />
        </Field>
        <Field label={t('closure.extent')}>
          <Segments label={t('closure.extent')} value={wholeRoad ? 'road' : 'section'} onChange={value => setWholeRoad(value === 'road')} options={[
            { value: 'section', text: t('closure.section') }, { value: 'road', text: t('closure.wholeRoad'), disabled: !city || linkName(city.network, link) === null }]} />
        </Field>
      </>
    ),
  }
}
