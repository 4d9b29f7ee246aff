/** ms to wait for a tab that is just being closed or reloaded. */
const PATIENCE = 700

/**
 * Holds a document for this tab, so that another does not write over it. A tab that goes lets go by itself.
 *
 * @returns what lets go; null = another tab has it open
 */
export async function holdDocument(key: string): Promise<(() => void) | null> {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) return () => undefined // revisions tell where there are no locks
  return new Promise(settle => {
    locks.request(`pengcheng.document.${key}`, { signal: AbortSignal.timeout(PATIENCE) }, () =>
      new Promise<void>(release => settle(release))).catch(() => settle(null))
  })
}
