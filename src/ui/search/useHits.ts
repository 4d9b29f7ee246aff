import { useEffect, useState } from 'react'
import type { PlaceHit } from '../model/cityModel'
import { findPlaces } from '../model/places'
import { session } from '../session'
import { store } from '../stores/store'

const MOST = 8

/** Places by what is typed, and where `persons` are wanted whoever has that number; null = nothing was asked for yet. */
export function useHits(text: string, persons: boolean): readonly PlaceHit[] | null {
  const [found, setFound] = useState<readonly PlaceHit[] | null>(null)
  useEffect(() => {
    let current = true
    if (text === '' || !session.city) return undefined
    void Promise.all([findPlaces(session.city, text, MOST), persons ? findPerson(text) : []]).then(([list, people]) => {
      if (current) setFound([...people, ...list])
    })
    return () => { current = false }
  }, [text, persons])
  return text === '' ? null : found
}

/** The person with a number, of a run that has any. */
async function findPerson(text: string): Promise<PlaceHit[]> {
  const { client } = session
  const id = /^#?\d{1,10}$/.test(text) && store.getState().status?.people ? Number(text.replace('#', '')) : -1
  if (id < 0 || !client) return []
  const found = await client.ask(host => host.findPerson(id))
  return found.ok && found.value >= 0 ? [{ kind: 'person', zh: `#${id}`, en: '', x: 0, y: 0, person: found.value }] : []
}
