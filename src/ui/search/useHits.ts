import { useEffect, useState } from 'react'
import type { PlaceHit } from '../model/cityModel'
import { findPlaces } from '../model/places'
import { session } from '../session'

const MOST = 8

/** Places by what is typed, and where `numbers` are wanted who and what has that number; null = nothing was asked for yet. */
export function useHits(text: string, numbers: boolean): readonly PlaceHit[] | null {
  const [found, setFound] = useState<readonly PlaceHit[] | null>(null)
  useEffect(() => {
    let current = true
    if (text === '' || !session.city) return undefined
    void Promise.all([findPlaces(session.city, text, MOST), numbers ? findNumber(text) : []]).then(([list, numbered]) => {
      if (current) setFound([...numbered, ...list])
    })
    return () => { current = false }
  }, [text, numbers])
  return text === '' ? null : found
}

/** The person and the vehicle with a number, those of the run that are there now. */
async function findNumber(text: string): Promise<PlaceHit[]> {
  const { client } = session
  const id = /^#?\d{1,10}$/.test(text) ? Number(text.replace('#', '')) : -1
  if (id < 0 || !client?.info) return []
  const found = await client.ask(host => host.findNumber(id))
  if (!found.ok) return []
  const { person, vehicle } = found.value
  const hit = { zh: `#${id}`, en: '', x: 0, y: 0 }
  return [...person < 0 ? [] : [{ ...hit, kind: 'person', person }], ...vehicle < 0 ? [] : [{ ...hit, kind: 'vehicle', vehicle: { slot: vehicle, trip: id } }]]
}
