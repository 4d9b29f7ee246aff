import { englishNamesOf, openSearch, searchLayer, SearchKind, searchNames } from '../city'
import { nearestOnLink } from '../sim'
import { Failure } from './failure'
import type { LoadedCity } from './input'

/** A place that somebody named, and the link of the network that leads to it. */
export interface FoundPlace {
  readonly name: string
  /** In English; the same as `name` where there is none. */
  readonly nameEn: string
  readonly link: number
  /** From the place to the link, m. */
  readonly metres: number
}

/** Farthest that a place may be from the road that leads to it, m. */
const FAR_OFF = 1000

/**
 * Finds what somebody means: the id of a link, "longitude,latitude", or a name as the search box of the app takes it.
 * Of places off the road, the nearest link that is open.
 */
export async function findPlace(given: string, city: LoadedCity, isOpen: (link: number) => boolean): Promise<FoundPlace> {
  const { network, pack } = city
  for (let link = 0; link < network.links.rows; link++) if (network.strings[network.links.id[link]!] === given) return { name: given, nameEn: given, link, metres: 0 }
  const numbers = /^\s*(-?\d+(?:\.\d+)?)\s*[,\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(given)
  if (numbers) return nearest(given, { name: given, nameEn: '' }, ...city.toPlane(Number(numbers[1]), Number(numbers[2])), city, isOpen)
  const hit = pack.has(searchLayer.kind) ? searchNames(openSearch(await pack.layer(searchLayer)), given, 1)[0] : undefined
  if (!hit) throw refuse('route/unknown-place', given, 'is no link, no pair of coordinates and no name that the city knows', 'Write the id of a link, "longitude,latitude", or a name such as "市民中心".')
  const isOwn = (link: number): boolean => network.strings[network.links.name[link]!] === hit.name
  return nearest(given, hit, hit.x, hit.y, city, hit.kind === SearchKind.road ? link => isOpen(link) && isOwn(link) : isOpen)
}

/** English names of roads by their Chinese ones, where the city knows them. */
export async function englishNames({ pack }: LoadedCity): Promise<ReadonlyMap<string, string>> {
  return pack.has(searchLayer.kind) ? englishNamesOf(await pack.layer(searchLayer), SearchKind.road) : new Map()
}

function nearest(given: string, { name, nameEn }: { name: string; nameEn: string }, x: number, y: number, { network }: LoadedCity, isOpen: (link: number) => boolean): FoundPlace {
  const { links } = network
  let best = -1
  let metres = Infinity
  for (let link = 0; link < links.rows; link++) {
    if (!isOpen(link)) continue
    const { distance } = nearestOnLink(network, link, x, y, metres)
    if (distance < metres) { best = link; metres = distance }
  }
  if (best < 0 || metres > FAR_OFF) {
    throw refuse('route/off-road', given, best < 0 ? 'no road there is open' : `the nearest open road is ${(metres / 1000).toFixed(1)} km away`,
      'Give a place in the city, coordinates as "longitude,latitude" in WGS 84.')
  }
  return { name, nameEn: nameEn || name, link: best, metres }
}

function refuse(code: string, given: string, what: string, remedy: string): Failure {
  const message = `"${given}": ${what}. ${remedy}`
  return new Failure(message, [{ code, subject: { kind: 'place', id: given }, message, remedy }])
}
