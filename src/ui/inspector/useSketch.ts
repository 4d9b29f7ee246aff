import { useEffect, useMemo, useReducer, useRef, type Dispatch } from 'react'
import type { PointerWatch } from '../cityView'
import { canEnd, emptySketch, stepSketch, type Sketch, type SketchStep } from '../model/sketch'
import { planeOf, snapToGround, type Ground, type Point } from '../model/walkGround'
import { session } from '../session'
import { useApp } from '../stores/store'
import type { Drawn } from '../stores/viewSlice'
import { isField } from '../useShortcuts'

const CLOSE_PX = 12 // px from the first point within which a click closes a ground

export interface Sketching {
  readonly sketch: Sketch
  readonly step: Dispatch<SketchStep>
  /** Puts a point where the picture looks. */
  putCentre(): void
}

/** Drawing on the map: pointer and keys make the points of a line or a ring, on ground to walk on. */
export function useSketch(what: Drawn, grounds: readonly Ground[], given: Sketch | null, onRefused: () => void, onMapClick: (at: Point, drawn: readonly Point[]) => void): Sketching {
  const [sketch, step] = useReducer((before: Sketch, next: SketchStep) => stepSketch(what, before, next), given ?? emptySketch)
  const levels = useApp(state => state.levels)
  const edits = useApp(state => state.scenario?.edits)
  const ends = useMemo(() => (edits ?? []).flatMap(edit => {
    const line = edit.kind === 'barrier' || edit.kind === 'countLine' ? edit.line : edit.kind === 'gate' && typeof edit.at !== 'string' ? edit.at : []
    return line.length > 0 ? planeOf([line[0]!, line.at(-1)!]) : []
  }), [edits])
  const now = useRef({ sketch, onRefused, onMapClick })
  useEffect(() => { now.current = { sketch, onRefused, onMapClick } })

  const watch = useMemo((): PointerWatch => {
    const snapped = (at: Point, pixel: number): { at: Point; ground: string | null } | null => {
      if (what === 'ground') return { at, ground: null }
      const found = snapToGround(grounds, ends, at, { shown: levels, on: now.current.sketch.ground, pixel })
      return found && { at: found.at, ground: found.ground.id }
    }
    return {
      height: () => (levels ? levels[0] + 0.5 : null),
      move: (at, pixel) => step({ kind: 'move', at: snapped(at, pixel)?.at ?? null }),
      click(at, pixel) {
        if (now.current.sketch.finished) return now.current.onMapClick(at, now.current.sketch.points)
        const found = snapped(at, pixel)
        if (found) step({ kind: 'point', ...found, near: CLOSE_PX * pixel })
        else now.current.onRefused()
      },
      end: () => step({ kind: 'end' }),
    }
  }, [what, grounds, ends, levels])
  useEffect(() => session.view.watchPointer(watch), [watch])

  const putCentre = (): void => {
    const centre = session.view.centre(watch.height())
    if (centre) watch.click(centre.at, centre.pixel)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event
      if (isField(target) || event.ctrlKey || event.metaKey || event.altKey) return
      const { points, finished } = now.current.sketch
      if (key === 'Escape' && points.length > 0) step({ kind: 'clear' })
      else if (key === 'Backspace' && points.length > 0) step({ kind: 'back' })
      else if (key === 'Enter' && !finished && canEnd(what, now.current.sketch) && !(target instanceof HTMLButtonElement)) step({ kind: 'end' })
      else if (key === '.') putCentre()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  })
  // Whoever leaves the tool takes what was being drawn off the map.
  useEffect(() => () => session.view.setSketch([]), [])
  return { sketch, step, putCentre }
}
