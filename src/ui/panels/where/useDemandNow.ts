import { useEffect, useState } from 'react'
import type { DemandNow } from '../../../workers'
import { session } from '../../session'

const EVERY = 1500 // ms

/** What people want of the roads, asked again while it is shown; null = not yet answered. */
export function useDemandNow(): DemandNow | null {
  const [demand, setDemand] = useState<DemandNow | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let wanted = true
    const ask = async (): Promise<void> => {
      const answer = await session.client?.ask(host => host.demandNow())
      if (!wanted) return
      if (answer?.ok) setDemand(answer.value)
      timer = setTimeout(() => void ask(), EVERY)
    }
    void ask()
    return () => { wanted = false; clearTimeout(timer) }
  }, [])
  return demand
}
