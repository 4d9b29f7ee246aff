import { useEffect, useMemo, useState } from 'react'
import type { CityArea } from '../../city'
import type { ScenarioEdit } from '../../scenario'
import { groundsOf, openAreas, openDrawnAreas, type Ground } from '../model/walkGround'
import { session } from '../session'
import { useApp } from '../stores/store'

const none: readonly ScenarioEdit[] = []
const nowhere: readonly CityArea[] = []

/** Where people can walk: areas of the city, and grounds drawn for events. Empty until they are there. */
export function useGrounds(): { readonly areas: readonly CityArea[]; readonly drawn: readonly CityArea[]; readonly grounds: readonly Ground[]; readonly edits: readonly ScenarioEdit[] } {
  const edits = useApp(state => state.scenario?.edits ?? none)
  const [own, setOwn] = useState(nowhere)
  const [drawn, setDrawn] = useState(nowhere)
  useEffect(() => {
    let current = true
    const { city } = session
    if (!city) return undefined
    void openAreas(city.pack).then(areas => { if (current) setOwn(areas) }, () => undefined)
    void openDrawnAreas(city, edits).then(areas => { if (current) setDrawn(areas) }, () => undefined)
    return () => { current = false }
  }, [edits])
  const areas = useMemo(() => [...own, ...drawn], [own, drawn])
  const grounds = useMemo(() => groundsOf(areas), [areas])
  return { areas, drawn, grounds, edits }
}
