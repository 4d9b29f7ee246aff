/** Which document a tab has open, so that it is open again after a reload, a crash or a closed tab. */
export type Place = { readonly own: string } | { readonly shipped: string }

const KEY = 'pengcheng.open'

/** Remembers what is open: for this tab, and the planner's own documents also for the next one. */
export function rememberPlace(place: Place): void {
  sessionStorage.setItem(KEY, JSON.stringify({ ...place, search: location.search }))
  if ('own' in place) localStorage.setItem(KEY, place.own)
  else localStorage.removeItem(KEY)
}

/** What was open in this tab at the same address; else, where the address asks for nothing, what was open last in any. */
export function lastPlace(): { readonly place: Place; readonly ofThisTab: boolean } | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Place & { search: string } | null
    if (place && place.search === location.search) return { place, ofThisTab: true }
  } catch { /* of another build: as if nothing had been open */ }
  const own = localStorage.getItem(KEY)
  const asked = new URLSearchParams(location.search)
  // A wall shows what its address says, the shipped day where it says nothing: never what somebody worked on last.
  return own !== null && !asked.has('scenario') && !asked.has('wall') ? { place: { own }, ofThisTab: false } : null
}

/** Whether the address carries a document. */
export const carriesDocument = (fragment: string): boolean => fragment.startsWith('#doc=')
