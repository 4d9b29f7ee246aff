import type { Scenario } from '../../scenario'
import { language } from '../i18n'
import { download } from '../model/download'
import { fileName } from './names'

/** Offers a document as a file, named as it is called. */
export function saveFile(scenario: Scenario): void {
  download(fileName(scenario, language()), `${JSON.stringify(scenario, null, 2)}\n`, 'application/json')
}
