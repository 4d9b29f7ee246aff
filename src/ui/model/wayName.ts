import type { TFunction } from 'i18next'
import type { CityArea } from '../../city'
import type { AreaWay } from '../../scenario'
import { language } from '../i18n'

/** A way of an area by its kind and number; with the name of its area, unless it is told `short`. */
export function wayName({ id, kind }: AreaWay, area: CityArea, t: TFunction, short = false): string {
  const number = /(\d+)$/.exec(id)?.[1] ?? ''
  const way = t(`way.${kind}`, { number })
  return short ? way : t('way.of', { way, area: areaName(area) })
}

/** Name of an area in the language of the page. */
export const areaName = ({ name, nameEn }: Pick<CityArea, 'name' | 'nameEn'>): string => (language() === 'en' && nameEn ? nameEn : name)
