/**
 * base^exponent for base >= 0 and exponent >= 0, the same on every engine: `Math.pow` and `**` may differ in the last
 * bit. Whole exponents are products; others split into whole and rest, so that the rest's error stays near 1e-15.
 */
export function power(base: number, exponent: number): number {
  if (exponent === 4) {
    const square = base * base
    return square * square
  }
  const whole = Math.floor(exponent)
  const rest = exponent - whole
  if (base === 0) return exponent === 0 ? 1 : 0
  let result = rest === 0 ? 1 : exponential(rest * logarithm(base))
  let factor = base
  for (let left = whole; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= factor
    factor *= factor
  }
  return result
}

const bits = new DataView(new ArrayBuffer(8))
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const { SQRT2 } = Math

/** Natural logarithm of a positive normal number: 2 atanh((m - 1) / (m + 1)) of the mantissa m, by its series. */
function logarithm(value: number): number {
  bits.setFloat64(0, value)
  const high = bits.getUint32(0)
  let exponent = (high >>> 20) - 1023
  bits.setUint32(0, (high & 0xfffff) | (1023 << 20))
  let mantissa = bits.getFloat64(0)
  if (mantissa > SQRT2) { mantissa /= 2; exponent++ }
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum = 0
  for (let k = 23; k >= 1; k -= 2) sum = sum * square + 1 / k
  return exponent * LN2_HIGH + (2 * s * sum + exponent * LN2_LOW)
}

/** e^x for |x| < 700, by halving the range to +-ln(2)/2 and the Taylor series. */
export function exponential(x: number): number {
  const doublings = Math.round(x / (LN2_HIGH + LN2_LOW))
  const rest = x - doublings * LN2_HIGH - doublings * LN2_LOW
  let sum = 1
  for (let k = 14; k >= 1; k--) sum = 1 + (rest / k) * sum
  bits.setUint32(0, (doublings + 1023) << 20)
  bits.setUint32(4, 0)
  return sum * bits.getFloat64(0)
}
