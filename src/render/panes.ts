/**
 * How the picture is shared with a run beside: `swipe` draws one picture, left of a line with the run beside; `split`
 * two of half the width, side by side, that look the same way. `at` is the line's place, 0..1 of the width.
 */
export interface Division { readonly mode: 'swipe' | 'split'; readonly at: number }

/** Which picture a place of the canvas belongs to. Left is the run beside, right the scene's own; px from the left edge of the canvas. */
export class Panes {
  division: Division | null = null
  /** Of the canvas, px. */
  width = 1

  get split(): boolean { return this.division?.mode === 'split' }
  /** Width of one picture, px. */
  get paneWidth(): number { return this.split ? this.width / 2 : this.width }
  /** Where the picture of the scene's own run begins, px. */
  get ownLeft(): number { return this.width - this.paneWidth }
  /** The line between the two, px. */
  get line(): number { return this.split ? this.width / 2 : this.width * (this.division?.at ?? 0) }

  isBeside(px: number): boolean { return px < this.line }
  /** px from the left edge of the picture that it lies in. */
  inPane(px: number): number { return this.split && !this.isBeside(px) ? px - this.ownLeft : px }
}
