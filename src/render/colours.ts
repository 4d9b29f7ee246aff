/**
 * Colours of roads. The usual ramps differ in lightness as well as in hue: congestion runs dark red, orange, yellow,
 * blue-green; differences run blue (better), grey, orange, red (worse). The safe ones use no red beside green: from
 * vermilion over yellow to blue (Okabe & Ito 2008), and the five-class PuOr of ColorBrewer (Harrower & Brewer 2003).
 */
export const roadRamps = {
  usual: { congestion: ['#7d0f2c', '#d7352c', '#f6963a', '#f5dc5a', '#2fb5ad'], difference: ['#1f6fe5', '#7fbdf5', '#c3cad3', '#f5a55e', '#c92a2a'] },
  safe: { congestion: ['#d55e00', '#e69f00', '#f0e442', '#7fc4ea', '#0072b2'], difference: ['#5e3c99', '#b2abd2', '#e2e2e2', '#fdb863', '#e66101'] },
} as const
export type Palette = keyof typeof roadRamps
/**
 * Fruin levels A to F, lighter is emptier: the six-class YlOrRd of ColorBrewer (Harrower & Brewer 2003), which reads
 * with every kind of colour blindness.
 */
export const fruinRamp = ['#ffffb2', '#fed976', '#feb24c', '#fd8d3c', '#f03b20', '#bd0026'] as const

/** What planners put on the ground, in the colours of the panels (ui/styles/tokens.css, dark): closures, the accent, what is open, what is watched. */
export const markColours = { barrier: '#ff9c66', oneWay: '#58d0ff', gate: '#56e0a0', count: '#ffcf66', ground: '#58d0ff', steel: '#b3c0d4' } as const

const parsed = (ramp: readonly string[]): number[][] => ramp.map(text => [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16)))
const ramps: Record<Palette, { readonly congestion: number[][]; readonly difference: number[][] }> = {
  usual: { congestion: parsed(roadRamps.usual.congestion), difference: parsed(roadRamps.usual.difference) },
  safe: { congestion: parsed(roadRamps.safe.congestion), difference: parsed(roadRamps.safe.difference) },
}

/** Writes the colour at `t` (0..1) of a ramp as bytes. */
function write(ramp: readonly number[][], t: number, alpha: number, out: Uint8Array, at: number): void {
  const place = Math.min(1, Math.max(0, t)) * (ramp.length - 1)
  const i = Math.min(ramp.length - 2, Math.floor(place)), f = place - i
  for (let c = 0; c < 3; c++) out[at + c] = ramp[i]![c]! * (1 - f) + ramp[i + 1]![c]! * f
  out[at + 3] = alpha
}

/** Four bytes a link from mean speed as a share of the limit (0..254, 255 = nobody there lately). */
export function congestionColours(linkSpeed: Uint8Array, out: Uint8Array, palette: Palette = 'usual'): void {
  const { congestion } = ramps[palette]
  for (let link = 0; link < linkSpeed.length; link++) {
    const value = linkSpeed[link]!
    // Half of the limit counts as slow, three quarters as free: signals alone cost a quarter.
    if (value === 255) write(congestion, 1, 70, out, link * 4)
    else write(congestion, (value / 254 - 0.08) / 0.68, 225, out, link * 4)
  }
}

/** Four bytes a link from differences; `scale` is the difference that takes the full colour. */
export function differenceColours(values: Float32Array, scale: number, out: Uint8Array, palette: Palette = 'usual'): void {
  const { difference } = ramps[palette]
  for (let link = 0; link < values.length; link++) {
    const share = values[link]! / (scale || 1)
    write(difference, 0.5 + share * 0.5, Number.isFinite(share) ? 40 + Math.min(1, Math.abs(share) * 2.5) * 190 : 0, out, link * 4)
  }
}

/** The size below which 95 % of all non-zero differences lie. */
export function differenceScale(values: Float32Array): number {
  const sizes = Array.from(values, Math.abs).filter(size => size > 1e-6 && Number.isFinite(size)).sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length * 0.95)] ?? 1
}
