/** How the map is shared by the run without the changes, left, and the one with them, right. */
export interface BesideState {
  /** `ahead`: the run without the changes is being simulated up to now. */
  readonly phase: 'off' | 'loading' | 'ahead' | 'on'
  readonly mode: 'swipe' | 'split'
  /** Place of the line between the two, 0..1 of the width of the map, while the mode is `swipe`. */
  readonly at: number
  /** How far the run without the changes has come; -1 = it has not begun. */
  readonly tick: number
}

export const nothingBeside: BesideState = { phase: 'off', mode: 'swipe', at: 0.5, tick: -1 }
