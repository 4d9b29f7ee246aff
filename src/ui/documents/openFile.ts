import { textOf } from '../../city'
import { i18n } from '../i18n'
import { whole } from '../model/format'
import { session } from '../session'
import { store } from '../stores/store'

/** Bytes of a scenario file at most: what is larger is something else. */
const LARGEST = 8_000_000

/** Opens a scenario file of the planner's; what is none is refused. */
export async function openFile(file: File): Promise<void> {
  const { say, show, panel } = store.getState()
  if (!/\.json$/i.test(file.name)) return say('bad', i18n.t('scenarios.noScenario', { name: file.name }), i18n.t('scenarios.dropJson'))
  if (file.size > LARGEST) return say('bad', i18n.t('scenarios.noScenario', { name: file.name }), i18n.t('scenarios.tooLarge', { size: whole(file.size / 1e6), most: whole(LARGEST / 1e6) }))
  const text = await file.arrayBuffer().then(textOf, () => null)
  if (text === null) return say('bad', i18n.t('scenarios.noScenario', { name: file.name }), i18n.t('scenarios.unreadable'))
  if (await session.openText(text, file.name) && panel) show(null)
}
