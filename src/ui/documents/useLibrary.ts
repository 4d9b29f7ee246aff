import { useEffect, useState } from 'react'
import type { Problem } from '../../sim'
import { listDocuments, problemOf, watchLibrary, type KeptDocument } from './library'

export interface Listed extends KeptDocument { /** Why it cannot be opened; null = it can. */ readonly problem: Problem | null }

/** The planner's documents, kept up to date; null until they are read, or the reason why they cannot be. */
export function useLibrary(): readonly Listed[] | Error | null {
  const [listed, setListed] = useState<readonly Listed[] | Error | null>(null)
  useEffect(() => {
    let open = true
    /** What was found out about a text before. */
    const known = new Map<string, Problem | null>()
    const read = (): void => void listDocuments().then(
      documents => {
        if (!open) return
        setListed(documents.map(kept => {
          const problem = known.has(kept.text) ? known.get(kept.text)! : problemOf(kept)
          known.set(kept.text, problem)
          return { ...kept, problem }
        }))
      },
      (error: unknown) => { if (open) setListed(error instanceof Error ? error : new Error(String(error))) },
    )
    const stop = watchLibrary(read)
    read()
    return () => { open = false; stop() }
  }, [])
  return listed
}
