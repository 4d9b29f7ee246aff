import { expect, test } from 'vitest'
import { closedByLink } from '../../src/render/closedByLink'
import { Panes } from '../../src/render/panes'

test('with a line to swipe, one picture is as wide as the canvas, and left of the line is the run beside', () => {
  const panes = new Panes()
  panes.width = 1000
  panes.division = { mode: 'swipe', at: 0.3 }
  expect([panes.paneWidth, panes.ownLeft, panes.line]).toEqual([1000, 0, 300])
  expect([299, 300].map(px => panes.isBeside(px))).toEqual([true, false])
  expect([0, 299, 300, 999].map(px => panes.inPane(px))).toEqual([0, 299, 300, 999])
})

test('split in two, both pictures are half as wide and look at the same places', () => {
  const panes = new Panes()
  panes.width = 1000
  panes.division = { mode: 'split', at: 0.9 }
  expect([panes.paneWidth, panes.ownLeft, panes.line]).toEqual([500, 500, 500])
  for (const px of [0, 123, 499]) expect(panes.inPane(px)).toBe(panes.inPane(px + 500))
})

test('undivided, the whole canvas is the own run', () => {
  const panes = new Panes()
  panes.width = 800
  expect([0, 400, 799].map(px => [panes.isBeside(px), panes.inPane(px)])).toEqual([[false, 0], [false, 400], [false, 799]])
})

test('closed lanes become bits of their links, the lane nearest the kerb first', () => {
  // Links 7, 7, 7, 9, 9 by row of the lane table.
  const linkOfLane = (lane: number): number => [7, 7, 7, 9, 9][lane] ?? -1
  expect(closedByLink([0, 2, 4, 99], linkOfLane)).toEqual(new Map([[7, 0b101], [9, 0b10]]))
})
