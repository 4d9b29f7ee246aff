import type { PackManifest } from '../city'
import { formatTimeOfDay, type Scenario } from '../scenario'
import type { Network } from '../sim'
import { kpisCsv, linksGeoJson, rulesCsv, tripsCsv } from './exports'
import { computeKpis } from './kpis'
import type { RunRecord } from './record'

/** A run as a researcher keeps it. Text files that are the same wherever the same run was made, a report of its making aside. */
export interface RunFile { readonly name: string; readonly text: string }

export interface RunSource {
  readonly scenario: Scenario
  readonly city: PackManifest
  readonly network: Network
  readonly run: RunRecord
  readonly toLonLat: (x: number, y: number) => readonly [number, number]
  /** Program and engine that made it, in words. */
  readonly environment: string
  /** Edits that joined a running simulation later than their window says, with the second of the day; absent = none. */
  readonly joinedLater?: readonly { readonly id: string; readonly at: number }[]
  /** What the program that made it says of it, such as how long it took; joins the folder and the manifest. Absent = nothing. */
  readonly report?: RunFile
  /** SHA-256 of a text in hex; null where the page may not compute it. */
  readonly digest: (text: string) => Promise<string | null>
}

/** scenario.json, kpis.csv, trips.csv, rules.csv where it has rules, links.geojson, and a manifest that names the run, its state and every file's hash. */
export async function runFiles({ scenario, city, network, run, toLonLat, environment, joinedLater = [], report, digest }: RunSource): Promise<readonly RunFile[]> {
  const files: RunFile[] = [
    ...(report ? [report] : []),
    { name: 'scenario.json', text: `${JSON.stringify(scenario, null, 2)}\n` },
    { name: 'kpis.csv', text: kpisCsv(computeKpis(network, run)) },
    { name: 'trips.csv', text: tripsCsv(run) },
    ...(run.rules ? [{ name: 'rules.csv', text: rulesCsv(run.rules, run.startTime) }] : []),
    { name: 'links.geojson', text: linksGeoJson(network, run, toLonLat) },
  ]
  const listed = await Promise.all(files.map(async ({ name, text }) => ({ name, bytes: new TextEncoder().encode(text).length, sha256: await digest(text) })))
  const manifest = {
    format: 'pengcheng-run', version: 1,
    scenario: scenario.id, seed: run.seed, from: formatTimeOfDay(run.startTime), until: formatTimeOfDay(run.startTime + run.ticks * run.dt),
    ticks: run.ticks, secondsPerTick: run.dt,
    stateHash: run.stateHash,
    // Then scenario and seed name the run completely, and the command line repeats it hash for hash.
    repeats: joinedLater.length === 0,
    joinedLater: joinedLater.map(({ id, at }) => ({ id, at: formatTimeOfDay(at) })),
    totals: run.totals,
    city: { id: city.id, compiler: city.compiler, layers: city.layers.map(({ name, sha256 }) => ({ name, sha256 })) },
    environment,
    files: listed,
  }
  return [{ name: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` }, ...files]
}
