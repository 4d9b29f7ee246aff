import { openScenario } from './input'
import { printJson } from './output'

/** Checks a scenario against the schema and its city, and says what it would do. */
export async function validateCommand(path: string, options: { json?: boolean; pack?: string }): Promise<void> {
  const { scenario, city, compiled } = await openScenario(path, options)
  const edits = compiled.applied.map(({ id, kind, links, fromTick, toTick }) => ({
    id, kind, links: links.length, km: links.reduce((sum, link) => sum + city.network.links.length[link]!, 0) / 1000,
    seconds: (Math.min(toTick, compiled.endTick) - fromTick) * compiled.dt,
  }))
  const report = { scenario: scenario.id, city: scenario.city, valid: true, trips: compiled.trips.rows, changes: compiled.changes.length, edits, warnings: compiled.warnings.map(({ message }) => message) }
  if (options.json) return printJson(report)
  process.stdout.write([`${path}: valid; ${report.trips} trips`, ...edits.map(({ id, kind, links, km, seconds }) => `  ${id}: ${kind}, ${kind === 'weather' ? 'the whole city' : `${links} links, ${km.toFixed(1)} km`}, for ${Math.round(seconds / 60)} min`), ...report.warnings.map(text => `  note: ${text}`), ''].join('\n'))
}
