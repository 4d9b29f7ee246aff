import { useEffect, useMemo, useState } from 'react'
import type { CityArea } from '../../city'
import type { ScenarioEdit } from '../../scenario'
import { groundsOf, openAreas, type Ground } from '../model/walkGround'
import { session } from '../session'
import { useApp } from '../stores/store'

const none: readonly ScenarioEdit[] = []
const nowhere: readonly CityArea[] = []

/** Where people can walk: areas of the city, and grounds drawn for events. Empty until the areas are there. */
export function useGrounds(): { readonly areas: readonly CityArea[]; readonly grounds: readonly Ground[]; readonly edits: readonly ScenarioEdit[] } {
  const edits = useApp(state => state.scenario?.edits ?? none)
  const [areas, setAreas] = useState(nowhere)
  useEffect(() => {
    let current = true
    const pack = session.city?.pack
    if (pack) void openAreas(pack).then(opened => { if (current) setAreas(opened) }, () => undefined)
    return () => { current = false }
  }, [])
  const grounds = useMemo(() => groundsOf(areas, edits), [areas, edits])
  return { areas, grounds, edits }
}
