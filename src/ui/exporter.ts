import { formatTimeOfDay } from '../scenario'
import { i18n } from './i18n'
import { download } from './model/download'
import { session, timeNow } from './session'
import { store } from './stores/store'

/** Saves the run as it stands as a zip: manifest with state and file hashes, scenario, indicators, trips, links. */
export async function exportRun(): Promise<void> {
  const { scenario, say } = store.getState()
  const { client } = session
  if (!scenario || !client?.info) return
  say('info', i18n.t('export.working'))
  const outcome = await client.ask(host => host.exportRun())
  if (!outcome.ok) return say('bad', i18n.t('export.failed'), outcome.problems[0]?.message)
  const name = `pengcheng-${scenario.id}-seed${scenario.seed}-${formatTimeOfDay(Math.floor(timeNow())).replaceAll(':', '')}.zip`
  download(name, outcome.value as Uint8Array<ArrayBuffer>, 'application/zip')
  say('good', i18n.t('export.done'), name)
}
