import { englishNamesOf, openSearch, searchLayer, SearchKind, searchNames, type CityPack, type SearchHit, type SearchIndex } from '../../city'
import { language } from '../i18n'
import { linkMiddle, linkName, type CityModel, type PlaceHit } from './cityModel'

/** Keys of `hit.*` in the texts, by SearchKind. */
const kindNames = Object.entries(SearchKind).reduce<string[]>((names, [name, kind]) => { names[kind] = name; return names }, [])

const indices = new WeakMap<CityPack, Promise<SearchIndex>>()
/** Chinese to English names of roads and buildings, once the name index is there. */
const english = new WeakMap<CityPack, ReadonlyMap<string, string>>()

/** Fetches the name index; later calls get the same one. */
export function openPlaces(pack: CityPack): Promise<SearchIndex> {
  let index = indices.get(pack)
  if (!index) {
    index = pack.layer(searchLayer).then(openSearch)
    indices.set(pack, index)
    index.then(({ layer }) => english.set(pack, englishNamesOf(layer, SearchKind.road, SearchKind.building)), () => indices.delete(pack))
  }
  return index
}

/** Places by name, best first. */
export async function findPlaces(city: CityModel, query: string, count: number): Promise<readonly PlaceHit[]> {
  return searchNames(await openPlaces(city.pack), query, count).map(hit => placeOf(city, hit))
}

/** A name of the index as a place, a road with its nearest link. */
export function placeOf({ network }: CityModel, { name, nameEn, kind, x, y }: SearchHit): PlaceHit {
  const place = { kind: kindNames[kind] ?? 'place', zh: name, en: nameEn, x, y }
  const link = kind === SearchKind.road ? nearestLink({ network }, name, x, y) : -1
  return link < 0 ? place : { ...place, link }
}

function nearestLink({ network }: Pick<CityModel, 'network'>, name: string, x: number, y: number): number {
  let best = -1
  let distanceBest = Infinity
  for (let link = 0; link < network.links.rows; link++) {
    if (linkName(network, link) !== name) continue
    const middle = linkMiddle(network, link)
    const distance = Math.hypot(middle.x - x, middle.y - y)
    if (distance < distanceBest) { best = link; distanceBest = distance }
  }
  return best
}

/** Name of a road in the language of the page, with the other one where both are known. */
export function roadName({ pack, network }: CityModel, link: number): { readonly name: string; readonly other: string } | null {
  const chinese = linkName(network, link)
  if (chinese === null) return null
  return namePair(pack, chinese)
}

export function namePair(pack: CityPack, chinese: string): { readonly name: string; readonly other: string } {
  const translated = english.get(pack)?.get(chinese) ?? ''
  return language() === 'en' && translated ? { name: translated, other: chinese } : { name: chinese, other: translated }
}
