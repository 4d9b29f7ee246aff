import { store } from '../stores/store'

/** Hides the panels, and takes the whole screen where the browser lets it. */
export function enterWall(): void {
  store.getState().setWall(true)
  document.documentElement.requestFullscreen?.().catch(() => undefined)
}

export function leaveWall(): void {
  store.getState().setWall(false)
  if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
}
