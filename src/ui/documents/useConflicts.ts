import { useEffect, useState } from 'react'
import type { Conflict } from '../../scenario'
import { session } from '../session'
import { useApp } from '../stores/store'

/** ms that a document rests before it is looked through. */
const REST = 150
const none: readonly Conflict[] = []

/** What edits of the open document do to each other and to the city; worked out in the worker, those of the version before until then. */
export function useConflicts(): readonly Conflict[] {
  const scenario = useApp(state => state.scenario)
  const running = useApp(state => state.info !== null && state.phase === 'running')
  const [found, setFound] = useState(none)
  useEffect(() => {
    const { client } = session
    if (!scenario || !client || !running) return undefined
    let current = true
    const timer = setTimeout(() => void client.ask(host => host.conflicts(scenario)).then(outcome => { if (current && outcome.ok) setFound(outcome.value) }), REST)
    return () => { current = false; clearTimeout(timer) }
  }, [scenario, running])
  return found
}
