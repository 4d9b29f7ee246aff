import { useEffect, useState } from 'react'
import { isOnFoot } from '../../scenario'
import { framingOf, frame, type Pose } from '../model/framing'
import { session } from '../session'
import { store, useApp } from '../stores/store'

/** s that the camera stays at a view. */
const STAY = 20
/** m from which the people of a show fill the picture. */
const SHOW_DISTANCE = 620

/** `name`: key of `wall.stop` in the texts. */
interface Stop { readonly name: string; readonly pose: Pose }

/** Views of the default city, in the order in which they are flown to. */
const stops: readonly Stop[] = [
  { name: 'core', pose: { x: -7000, y: 700, distance: 15_500, pitch: 32, bearing: 10 } },
  { name: 'futian', pose: { x: 350, y: 600, distance: 2600, pitch: 24, bearing: 345 } },
  { name: 'civic', pose: { x: 800, y: 700, distance: 1300, pitch: 30, bearing: 20 } },
  { name: 'interchange', pose: { x: -2700, y: -350, distance: 900, pitch: 34, bearing: 20 } },
  { name: 'bay', pose: { x: -8500, y: -1200, distance: 7000, pitch: 14, bearing: 285 } },
  { name: 'houhai', pose: { x: -11_300, y: -2300, distance: 2600, pitch: 17, bearing: 300 } },
  { name: 'nanshan', pose: { x: -14_500, y: -3500, distance: 5200, pitch: 22, bearing: 250 } },
]

/** Flies from view to view while the wall tours, back to what the document changes or to its event after each; answers the name of the view where it stands. */
export function useTour(): string | null {
  const touring = useApp(state => state.touring)
  const step = useApp(state => state.tourStep)
  const edits = useApp(state => state.scenario?.edits)
  const visible = useApp(state => state.cityVisible)
  const [all, setAll] = useState<readonly Stop[]>([])
  useEffect(() => {
    const { city } = session
    if (!city || !edits || !visible) return undefined
    let current = true
    const [west, south, east, north] = city.pack.manifest.core.bounds
    const own: readonly Stop[] = city.pack.manifest.id === 'shenzhen' ? stops : [{ name: 'core', pose: frame([[west, south], [east, south], [east, north], [west, north]]) }]
    const shows = edits.filter(edit => isOnFoot({ edits: [edit] }))
    void framingOf(shows.length > 0 ? shows : edits, city).then(pose => {
      if (!current) return
      const first = pose && (shows.length > 0 ? { name: 'event', pose: { ...pose, distance: Math.min(pose.distance, SHOW_DISTANCE) } } : { name: 'changes', pose })
      setAll(first ? own.flatMap(stop => [first, stop]) : own)
    })
    return () => { current = false }
  }, [edits, visible])
  const stop = all.length === 0 ? undefined : all[step % all.length]
  useEffect(() => {
    if (!stop || !touring || !visible) return undefined
    session.view.flyTo(stop.pose)
    const timer = setTimeout(() => store.getState().tourOn(), STAY * 1000)
    return () => clearTimeout(timer)
  }, [stop, touring, visible])
  return touring && stop ? stop.name : null
}
