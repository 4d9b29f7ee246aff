import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { congestionColours, differenceColours, fruinRamp, roadRamps } from '../../src/render/colours'

type Triple = readonly [number, number, number]
/** Complete protanopia, deuteranopia and tritanopia, in linear RGB: Machado, Oliveira & Fernandes (2009), table 1. */
const eyes: Readonly<Record<string, readonly Triple[]>> = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
const linear = (text: string): Triple => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16) / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as unknown as Triple
const seen = (colour: Triple, eye: readonly Triple[]): Triple => eye.map(row => Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2]))) as unknown as Triple

/** CIE 1976 L*a*b*, white D65. */
function lab([r, g, b]: Triple): Triple {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116)
  const [x, y, z] = [(0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505, 0.2126 * r + 0.7152 * g + 0.0722 * b, (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089].map(f)
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)]
}
const apart = (a: string, b: string, eye: readonly Triple[]): number => {
  const [one, two] = [lab(seen(linear(a), eye)), lab(seen(linear(b), eye))]
  return Math.hypot(one[0] - two[0], one[1] - two[1], one[2] - two[2])
}

/** Levels of service as the panels show them. */
const css = readFileSync(join(import.meta.dirname, '../../src/ui/styles/tokens.css'), 'utf8')
const grades = ['A', 'B', 'C', 'D', 'E', 'F'].map(grade => new RegExp(`data-palette='safe'\\] \\{.*--grade-${grade}: (#[0-9a-f]{6})`).exec(css)![1]!)

// A difference of 2.3 is just seen side by side (Mahy et al. 1994); across a map it takes several times that.
test.each(Object.entries(eyes))('the safe colours stay apart for a %s eye: neighbours by 12, ends by 35', (_, eye) => {
  for (const ramp of [roadRamps.safe.congestion, roadRamps.safe.difference, grades]) {
    for (let at = 1; at < ramp.length; at++) expect(apart(ramp[at - 1]!, ramp[at]!, eye), `${ramp[at - 1]} ${ramp[at]}`).toBeGreaterThan(12)
    expect(apart(ramp[0]!, ramp.at(-1)!, eye)).toBeGreaterThan(35)
  }
  for (let at = 1; at < fruinRamp.length; at++) expect(apart(fruinRamp[at - 1]!, fruinRamp[at]!, eye)).toBeGreaterThan(7)
})

test('roads are drawn in the palette that is chosen', () => {
  const out = new Uint8Array(4)
  congestionColours(new Uint8Array([0]), out, 'safe')
  expect(Array.from(out.subarray(0, 3))).toEqual([0xd5, 0x5e, 0x00])
  differenceColours(new Float32Array([-1]), 1, out, 'safe')
  expect(Array.from(out.subarray(0, 3))).toEqual([0x5e, 0x3c, 0x99])
})
