import { useEffect, useRef } from 'react'
import type { PersonReport } from '../../sim'
import { session } from '../session'

/** m that a train goes before the camera is moved on. */
const STEP = 15
/** m from the eye, on foot and on rides. */
const WALK_DISTANCE = 45
const RIDE_DISTANCE = 500

/** Keeps the camera with a person: on foot, in the vehicle that they sit in, and where their train or bus is. */
export function useFollowPerson(report: PersonReport | null, following: boolean): void {
  const kept = useRef('')
  const last = useRef<readonly [number, number]>([NaN, NaN])
  const target = following && report ? targetOf(report) : 'none'
  const ride = following ? report?.ride?.at ?? null : null
  useEffect(() => {
    if (kept.current === target) return
    kept.current = target
    const [kind, slot] = target.split(' ')
    if (kind === 'vehicle') return session.view.follow(Number(slot))
    if (kind !== 'person') return session.view.followPerson(null)
    const place = placeOf(Number(slot))
    if (place) session.view.flyTo({ ...place, distance: WALK_DISTANCE })
    session.view.followPerson(Number(slot))
  }, [target])
  useEffect(() => {
    if (!ride || Math.hypot(ride[0] - last.current[0], ride[1] - last.current[1]) < STEP) return
    last.current = ride
    session.view.flyTo({ x: ride[0], y: ride[1], distance: RIDE_DISTANCE })
  }, [ride])
  useEffect(() => () => session.view.followPerson(null), [])
}

/** Where somebody on foot is in the newest snapshot. */
function placeOf(slot: number): { readonly x: number; readonly y: number } | null {
  const people = session.client?.feed?.newest()?.people
  if (!people || slot >= people.head[2]!) return null
  const floats = new Float32Array(people.state.buffer, people.state.byteOffset + 16 * slot, 2)
  return { x: floats[0]!, y: floats[1]! }
}

/** A train is looked at where it is; who waits out of the picture (at a rank, in line) leaves the camera where it was. */
function targetOf({ row, vehicle, ride, place }: PersonReport): string {
  if (ride) return 'ride'
  if (vehicle >= 0) return `vehicle ${vehicle}`
  return place === 1 || place === 2 ? `person ${row}` : 'none'
}
