import { withTexts } from '../i18n'
import { session, type SessionOptions } from '../session'
import { carriesDocument, lastPlace } from './place'

/** The desk, fetched when there is something to keep or to open again. */
export const deskReady = withTexts(() => import('./desk'))

/** Opens the document that the address carries, else what was open before, else what the address asks for. */
export async function openAtStart(options: SessionOptions): Promise<void> {
  session.configure(options)
  if (carriesDocument(location.hash) || lastPlace()) {
    const opened = await deskReady().then(({ desk }) => desk.openAtStart(options), () => false)
    if (opened) return
  }
  await session.openUrl(options)
}
