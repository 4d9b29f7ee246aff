import { useEffect } from 'react'
import { deskReady } from './documents/openAtStart'
import { session } from './session'
import { store } from './stores/store'
import { panelOrder } from './Rail'
import { speeds } from './SpeedButton'
import { enterWall, leaveWall } from './wall/wallMode'

/** Keys of the workbench. Letters typed into fields stay letters. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isField(event.target) || store.getState().dialog) return
      const command = event.ctrlKey || event.metaKey
      const done = command ? withCommand(event) : alone(event)
      if (done) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Whether letters that are typed there stay letters. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(range|checkbox)$/.test((target as HTMLInputElement).type)

function withCommand({ key, shiftKey }: KeyboardEvent): boolean {
  const { undo, redo, openDialog } = store.getState()
  const letter = key.toLowerCase()
  if (letter === 'z' && !shiftKey) undo()
  else if (letter === 'y' || (letter === 'z' && shiftKey)) redo()
  else if (letter === 's' && shiftKey) openDialog('saveAs')
  else if (letter === 's') void deskReady().then(({ desk }) => desk.save())
  else return false
  return true
}

/** Keys that mean on a display wall what they mean elsewhere. */
const wallKeys: ReadonlySet<string> = new Set([' ', '[', ']', 'p', 'o', 't', 'b'])

function alone({ key, target }: KeyboardEvent): boolean {
  const state = store.getState()
  if (state.wall) {
    if (key === 'Escape') { leaveWall(); return true }
    if (key.toLowerCase() === 'n') { state.tourOn(); return true }
    if (!wallKeys.has(key.toLowerCase())) return false
  }
  switch (key.toLowerCase()) {
    case ' ':
      if (target instanceof HTMLButtonElement) return false
      session.toggle()
      return true
    case ']': changeSpeed(1); return true
    case '[': changeSpeed(-1); return true
    case '.': session.stepBy(1); return true
    case ',': session.stepBy(-1); return true
    case '/': document.getElementById('search')?.focus(); return true
    case 'v': state.setTool('inspect'); return true
    case 'c': state.setTool('close'); return true
    case 'l': state.setTool('draw'); return true
    case 'b': state.openDialog('briefing'); return true
    case 'x': state.show('compare'); return true
    case 'k': void import('./beside').then(({ beside }) => beside.toggle()); return true
    case 'p': if (state.wall) leaveWall(); else enterWall(); return true
    case 'h': session.view.home(); return true
    case 'o': state.setGlobe(!state.globe); return true
    case 't': state.setTheme(state.theme === 'dark' ? 'light' : 'dark'); return true
    case '?': state.openDialog('shortcuts'); return true
    case 'g': {
      if (state.selection?.kind !== 'vehicle') return false
      session.view.follow(state.following ? null : state.selection.slot)
      state.setFollowing(!state.following)
      return true
    }
    case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9': {
      const panel = panelOrder[Number(key) - 1]
      if (panel) state.show(panel)
      return panel !== undefined
    }
    case 'escape':
      if (state.tool !== 'inspect') state.setTool('inspect')
      else if (state.selection) state.select(null)
      else if (state.panel) state.show(null)
      else return false
      return true
    default: return false
  }
}

function changeSpeed(by: 1 | -1): void {
  const { speed } = store.getState()
  const index = speeds.indexOf(speed as (typeof speeds)[number])
  store.setState({ speed: speeds[Math.min(speeds.length - 1, Math.max(0, index + by))]! })
}
