/** ms to wait for a tab that is just being closed or reloaded. */
const PATIENCE = 700

/**
 * Holds a document for this tab, so that another does not write over it. A tab that goes lets go by itself.
 *
 * @param lost  called when another tab takes it over
 * @param take  takes it over, whoever holds it
 * @returns what lets go; null = another tab has it open
 */
export async function holdDocument(key: string, lost?: () => void, take = false): Promise<(() => void) | null> {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) return () => undefined // revisions tell where there are no locks
  return new Promise(settle => {
    let held = false
    locks.request(`pengcheng.document.${key}`, take ? { steal: true } : { signal: AbortSignal.timeout(PATIENCE) }, () =>
      new Promise<void>(release => { held = true; settle(release) })).catch(() => { if (held) lost?.(); else settle(null) })
  })
}
