import { zipSync, strToU8 } from 'fflate'
import { version } from '../../package.json'
import { recordOf, runFiles } from '../analysis'
import { toLonLat, type PackManifest } from '../city'
import { networkChanges, secondsOfDay, tickOf, type Scenario, type ScenarioCity } from '../scenario'
import type { NetworkChange, World, WorldInput } from '../sim'

/** A run as it stands, and the city it is in. */
export interface StandingRun { readonly scenario: Scenario; readonly manifest: PackManifest; readonly city: ScenarioCity; readonly input: WorldInput; readonly world: World }

/** First day that a zip can tell: the same run gives the same bytes on any day. */
const ZIP_DATE = '1980-01-01T00:00:00'

/** The run folder as a zip. Its own chunk: few sittings end with an export. */
export async function zipRun({ scenario, manifest, city, input, world }: StandingRun): Promise<Uint8Array> {
  const files = await runFiles({
    scenario, city: manifest, network: input.network, run: recordOf(input, world), toLonLat,
    environment: `pengcheng ${version}, ${globalThis.navigator?.userAgent ?? 'no browser'}`,
    joinedLater: joinedLater(scenario, city, input), digest,
  })
  return zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), { mtime: ZIP_DATE, level: 6 })
}

/** Edits whose changes, and rules that, the run took in later than their window says, because they were made while it ran. */
function joinedLater(scenario: Scenario, city: ScenarioCity, { changes, rules = [], startTime, dt }: WorldInput): { id: string; at: number }[] {
  const clock = { start: startTime, end: secondsOfDay(scenario.window.end)!, dt }
  const documented = new Set(networkChanges(scenario, city, clock).changes.map(change => JSON.stringify(change)))
  const first = new Map<string, number>()
  for (const change of changes as readonly NetworkChange[]) {
    if (documented.has(JSON.stringify(change)) || first.has(change.source)) continue
    first.set(change.source, startTime + change.tick * dt)
  }
  const late = rules.flatMap(({ id, fromTick }) => {
    const own = scenario.rules?.find(rule => rule.id === id)
    return own && fromTick > Math.max(0, tickOf(clock, secondsOfDay(own.window.start)!)) ? [{ id, at: startTime + fromTick * dt }] : []
  })
  return [...[...first].map(([id, at]) => ({ id, at })), ...late]
}

/** Pages that are served without encryption to other machines may not compute hashes. */
async function digest(text: string): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}
