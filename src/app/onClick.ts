/** Pixels that pointer or finger may stray between down and up for it to be a click and not a drag. */
const STRAY = 6
const LONGEST = 600 // ms

/** Calls `act` with pixels from the top left corner of `element` for clicks and taps, not for drags. */
export function onClick(element: HTMLElement, act: (x: number, y: number) => void): void {
  let down: { x: number; y: number; time: number } | null = null
  element.addEventListener('pointerdown', event => {
    down = event.isPrimary && event.button === 0 ? { x: event.clientX, y: event.clientY, time: event.timeStamp } : null
  })
  element.addEventListener('pointerup', event => {
    const start = down
    down = null
    if (!start || event.timeStamp - start.time > LONGEST || Math.hypot(event.clientX - start.x, event.clientY - start.y) > STRAY) return
    const { left, top } = element.getBoundingClientRect()
    act(event.clientX - left, event.clientY - top)
  })
}
