/** A person of joints: x ahead, y to the left, z up, 1.75 m tall, standing with the feet on z = 0. `bone` and `part` as in shaders/people.ts. */
export interface PersonModel {
  readonly position: Float32Array<ArrayBuffer>
  readonly normal: Float32Array<ArrayBuffer>
  readonly bone: Float32Array<ArrayBuffer>
  readonly part: Float32Array<ArrayBuffer>
  readonly index: Uint16Array<ArrayBuffer>
}

export const Bone = { trunk: 0, thigh: 1, shin: 3, upperArm: 5, forearm: 7, head: 9 } as const
export const BodyPart = { skin: 0, hair: 1, shirt: 2, trousers: 3, shoes: 4, bag: 5, longHair: 6, skirt: 7, shin: 8, phone: 9 } as const

/** A cross-section of a limb: its middle x, y, z, and half of its size ahead and aside. */
type Ring = readonly [x: number, y: number, z: number, ahead: number, aside: number]

class Builder {
  readonly #position: number[] = []
  readonly #normal: number[] = []
  readonly #bone: number[] = []
  readonly #part: number[] = []
  readonly #index: number[] = []

  /** A tube through rings from bottom to top, rounded in the light; closed only at ends that are seen. */
  tube(rings: readonly Ring[], sides: number, bone: number, part: number, closed: '' | 'top' | 'both' = ''): void {
    const first = this.#part.length
    for (const [k, [x, y, z, ahead, aside]] of rings.entries()) {
      const [, , zBelow, aBelow] = rings[Math.max(0, k - 1)]!, [, , zAbove, aAbove] = rings[Math.min(rings.length - 1, k + 1)]!
      const slope = (aBelow - aAbove) / Math.max(0.01, Math.hypot(zAbove - zBelow, aBelow - aAbove))
      for (let side = 0; side < sides; side++) {
        const angle = ((side + 0.5) / sides) * 2 * Math.PI
        this.#vertex(x + Math.cos(angle) * ahead, y + Math.sin(angle) * aside, z, Math.cos(angle) * aside, Math.sin(angle) * ahead, slope * Math.min(ahead, aside), bone, part)
      }
    }
    for (let k = 0; k + 1 < rings.length; k++) {
      for (let side = 0; side < sides; side++) {
        const a = first + k * sides + side, b = first + k * sides + ((side + 1) % sides)
        this.#index.push(a, b, b + sides, a, b + sides, a + sides)
      }
    }
    if (closed) this.#cap(first + (rings.length - 1) * sides, sides, rings.at(-1)!, 1, bone, part)
    if (closed === 'both') this.#cap(first, sides, rings[0]!, -1, bone, part)
  }

  #cap(ring: number, sides: number, [x, y, z]: Ring, up: 1 | -1, bone: number, part: number): void {
    const middle = this.#part.length
    this.#vertex(x, y, z, 0, 0, up, bone, part)
    for (let side = 0; side < sides; side++) {
      const a = ring + side, b = ring + ((side + 1) % sides)
      this.#index.push(middle, ...(up > 0 ? [a, b] : [b, a]))
    }
  }

  #vertex(x: number, y: number, z: number, nx: number, ny: number, nz: number, bone: number, part: number): void {
    const norm = Math.hypot(nx, ny, nz) || 1
    this.#position.push(x, y, z)
    this.#normal.push(nx / norm, ny / norm, nz / norm)
    this.#bone.push(bone)
    this.#part.push(part)
  }

  take(): PersonModel {
    return { position: Float32Array.from(this.#position), normal: Float32Array.from(this.#normal), bone: Float32Array.from(this.#bone), part: Float32Array.from(this.#part), index: Uint16Array.from(this.#index) }
  }
}

/** Close by. */
export function buildFigure(): PersonModel {
  const b = new Builder()
  b.tube([[0, 0, 0.84, 0.085, 0.12], [0, 0, 0.92, 0.115, 0.165], [0, 0, 1.02, 0.105, 0.15]], 8, Bone.trunk, BodyPart.trousers)
  b.tube([[0, 0, 0.97, 0.118, 0.168], [0, 0, 1.10, 0.108, 0.148], [0.01, 0, 1.28, 0.125, 0.182], [0, 0, 1.39, 0.108, 0.190], [-0.005, 0, 1.45, 0.072, 0.125], [0, 0, 1.485, 0.055, 0.065]], 8, Bone.trunk, BodyPart.shirt)
  b.tube([[0, 0, 1.46, 0.05, 0.055], [0.01, 0, 1.56, 0.05, 0.05]], 6, Bone.head, BodyPart.skin)
  b.tube([[0.025, 0, 1.525, 0.055, 0.05], [0.018, 0, 1.57, 0.088, 0.068], [0.01, 0, 1.64, 0.098, 0.078], [0.005, 0, 1.70, 0.085, 0.07]], 8, Bone.head, BodyPart.skin)
  b.tube([[-0.055, 0, 1.57, 0.05, 0.066], [-0.03, 0, 1.635, 0.083, 0.084], [-0.008, 0, 1.69, 0.098, 0.084], [-0.005, 0, 1.73, 0.078, 0.066], [-0.005, 0, 1.755, 0.03, 0.03]], 8, Bone.head, BodyPart.hair, 'top')
  b.tube([[-0.095, 0, 1.36, 0.025, 0.075], [-0.085, 0, 1.48, 0.045, 0.092], [-0.05, 0, 1.62, 0.065, 0.092]], 6, Bone.head, BodyPart.longHair)
  b.tube([[-0.17, 0, 1.06, 0.075, 0.12], [-0.18, 0, 1.12, 0.095, 0.14], [-0.165, 0, 1.36, 0.075, 0.13], [-0.14, 0, 1.42, 0.05, 0.10]], 6, Bone.trunk, BodyPart.bag, 'both')
  b.tube([[0, 0, 0.56, 0.205, 0.230], [0, 0, 0.80, 0.168, 0.205], [0, 0, 0.93, 0.130, 0.180], [0, 0, 1.02, 0.112, 0.158]], 8, Bone.trunk, BodyPart.skirt)
  for (const [left, side] of [[0, 1], [1, -1]] as const) {
    const leg = 0.088 * side, arm = 0.208 * side
    b.tube([[0, leg, 0.47, 0.058, 0.056], [0.005, leg, 0.70, 0.078, 0.076], [0, leg, 0.93, 0.09, 0.084]], 6, Bone.thigh + left, BodyPart.trousers)
    b.tube([[-0.005, leg, 0.06, 0.042, 0.04], [-0.018, leg, 0.34, 0.056, 0.052], [0, leg, 0.52, 0.057, 0.055]], 6, Bone.shin + left, BodyPart.shin)
    b.tube([[0.045, leg, 0, 0.135, 0.046], [0.04, leg, 0.035, 0.13, 0.046], [0, leg, 0.095, 0.06, 0.042]], 6, Bone.shin + left, BodyPart.shoes, 'top')
    b.tube([[0, arm, 1.20, 0.052, 0.048], [0, arm, 1.33, 0.053, 0.047], [0, arm * 0.93, 1.405, 0.046, 0.040], [0, arm * 0.86, 1.435, 0.026, 0.026]], 6, Bone.upperArm + left, BodyPart.shirt, 'top')
    b.tube([[0, arm, 1.10, 0.038, 0.036], [0, arm, 1.21, 0.042, 0.04]], 6, Bone.upperArm + left, BodyPart.skin)
    b.tube([[0.01, arm, 0.79, 0.036, 0.02], [0.006, arm, 0.88, 0.03, 0.027], [0, arm, 1.13, 0.04, 0.037]], 6, Bone.forearm + left, BodyPart.skin)
  }
  b.tube([[0.045, -0.20, 0.745, 0.008, 0.036], [0.045, -0.20, 0.885, 0.008, 0.036]], 4, Bone.forearm + 1, BodyPart.phone, 'both')
  return b.take()
}

/** At middle distance, with the same joints. */
export function buildSimpleFigure(): PersonModel {
  const b = new Builder()
  b.tube([[0, 0, 0.86, 0.10, 0.15], [0, 0, 1.12, 0.11, 0.155], [0, 0, 1.40, 0.11, 0.20], [0, 0, 1.49, 0.05, 0.08]], 6, Bone.trunk, BodyPart.shirt)
  b.tube([[0.015, 0, 1.50, 0.06, 0.055], [0.01, 0, 1.62, 0.10, 0.082], [0.005, 0, 1.70, 0.08, 0.07]], 5, Bone.head, BodyPart.skin)
  b.tube([[-0.045, 0, 1.53, 0.055, 0.08], [-0.01, 0, 1.68, 0.098, 0.088], [-0.005, 0, 1.76, 0.045, 0.045]], 5, Bone.head, BodyPart.hair, 'top')
  b.tube([[-0.18, 0, 1.06, 0.085, 0.13], [-0.155, 0, 1.41, 0.065, 0.12]], 4, Bone.trunk, BodyPart.bag, 'both')
  b.tube([[0, 0, 0.56, 0.20, 0.23], [0, 0, 1.02, 0.125, 0.17]], 5, Bone.trunk, BodyPart.skirt)
  for (const [left, side] of [[0, 1], [1, -1]] as const) {
    const leg = 0.09 * side, arm = 0.222 * side
    b.tube([[0, leg, 0.48, 0.065, 0.06], [0, leg, 0.93, 0.10, 0.09]], 4, Bone.thigh + left, BodyPart.trousers)
    b.tube([[0.02, leg, 0, 0.085, 0.05], [0, leg, 0.52, 0.065, 0.06]], 4, Bone.shin + left, BodyPart.shin)
    b.tube([[0, arm, 1.12, 0.048, 0.046], [0, arm * 0.95, 1.43, 0.055, 0.05]], 4, Bone.upperArm + left, BodyPart.shirt, 'top')
    b.tube([[0, arm, 0.80, 0.035, 0.03], [0, arm, 1.14, 0.045, 0.04]], 4, Bone.forearm + left, BodyPart.skin)
  }
  return b.take()
}
