import type { QualityTier } from '../render'

const SEED_MAX = 2 ** 31 - 1
const DEFAULT_SCENARIO = 'morning-peak'
const tiers: readonly QualityTier[] = ['low', 'medium', 'high']

/** What the page's address asks for, as far as it can be used. */
export interface PageQuery {
  /** Name of a shipped scenario, or the full address of a file on this server. */
  readonly scenario: string
  readonly seed?: number
  /** Second of the day to run ahead to. */
  readonly time?: number
  readonly quality?: QualityTier
  /** Those that cannot be used, as they were given; each has a text `query.<name>`. */
  readonly ignored: readonly { readonly name: keyof typeof readers; readonly given: string }[]
}

/** Each reads one parameter; undefined = cannot be used. */
const readers = {
  scenario: (given: string, base: string): string | undefined => (/^[\w-]+$/.test(given) ? given : fileHere(given, base)),
  seed: (given: string): number | undefined => (/^\d+$/.test(given) && Number(given) <= SEED_MAX ? Number(given) : undefined),
  t(given: string): number | undefined {
    const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(given)
    return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 : undefined
  },
  quality: (given: string): QualityTier | undefined => tiers.find(tier => tier === given),
}

/**
 * Reads `?scenario=` (the name of a shipped scenario, or a .json file on this server), `?seed=`, `?t=HH:MM` and
 * `?quality=low|medium|high`.
 *
 * @param search  query of the page's address
 * @param base    address that relative ones start from
 */
export function readPageQuery(search: string, base: string): PageQuery {
  const query = new URLSearchParams(search)
  const ignored: { name: keyof typeof readers; given: string }[] = []
  function read<Value>(name: keyof typeof readers, reader: (given: string, base: string) => Value | undefined): Value | undefined {
    const given = query.get(name)
    if (given === null) return undefined
    const value = reader(given, base)
    if (value === undefined) ignored.push({ name, given })
    return value
  }
  const scenario = read('scenario', readers.scenario) ?? DEFAULT_SCENARIO
  const [seed, time, quality] = [read('seed', readers.seed), read('t', readers.t), read('quality', readers.quality)]
  return { scenario, ...(seed === undefined ? {} : { seed }), ...(time === undefined ? {} : { time }), ...(quality ? { quality } : {}), ignored }
}

/** Only a scenario file that this server has: an address must not make the page read anything else. */
function fileHere(given: string, base: string): string | undefined {
  if (!URL.canParse(given, base)) return undefined
  const { href, origin, pathname } = new URL(given, base)
  return origin === new URL(base).origin && pathname.endsWith('.json') ? href : undefined
}
