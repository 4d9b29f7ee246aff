/** Low-poly vehicles, built once: x ahead, y to the left, z up, origin below the middle. */
export interface VehicleModel { readonly position: Float32Array; readonly normal: Float32Array; readonly part: Float32Array; readonly triangles: number }

const Paint = { body: 0, glass: 1, trim: 2, head: 3, tail: 4, white: 5, sign: 6, shade: 7, left: 8, right: 9 } as const

class Builder {
  readonly position: number[] = []
  readonly normal: number[] = []
  readonly part: number[] = []

  triangle(a: readonly number[], b: readonly number[], c: readonly number[], part: number): void {
    const ux = b[0]! - a[0]!, uy = b[1]! - a[1]!, uz = b[2]! - a[2]!, vx = c[0]! - a[0]!, vy = c[1]! - a[1]!, vz = c[2]! - a[2]!
    let nx = uy * vz - uz * vy, ny = uz * vx - ux * vz, nz = ux * vy - uy * vx
    const norm = Math.hypot(nx, ny, nz) || 1
    nx /= norm; ny /= norm; nz /= norm
    for (const p of [a, b, c]) {
      this.position.push(p[0]!, p[1]!, p[2]!)
      this.normal.push(nx, ny, nz)
      this.part.push(part)
    }
  }

  quad(a: readonly number[], b: readonly number[], c: readonly number[], d: readonly number[], part: number): void {
    this.triangle(a, b, c, part)
    this.triangle(a, c, d, part)
  }

  /**
   * A body from cross-sections along x: each [x, half width below, z below, half width above, z above]. Faces between
   * two sections get the part of `sides` and `tops` for that stretch.
   */
  loft(sections: readonly (readonly [number, number, number, number, number])[], sides: readonly number[], tops: readonly number[]): void {
    for (let k = 0; k < sections.length - 1; k++) {
      const [ax, aw, az, au, at] = sections[k]!, [bx, bw, bz, bu, bt] = sections[k + 1]!
      this.quad([ax, au, at], [ax, -au, at], [bx, -bu, bt], [bx, bu, bt], tops[k]!) // sections run from back to front
      this.quad([ax, -aw, az], [bx, -bw, bz], [bx, -bu, bt], [ax, -au, at], sides[k]!)
      this.quad([bx, bw, bz], [ax, aw, az], [ax, au, at], [bx, bu, bt], sides[k]!)
    }
    const [ax, aw, az, au, at] = sections[0]!, [bx, bw, bz, bu, bt] = sections.at(-1)!
    this.quad([ax, aw, az], [ax, -aw, az], [ax, -au, at], [ax, au, at], sides[0]!)
    this.quad([bx, -bw, bz], [bx, bw, bz], [bx, bu, bt], [bx, -bu, bt], sides.at(-1)!)
  }

  box(x0: number, x1: number, y0: number, y1: number, z0: number, z1: number, part: number): void {
    this.quad([x0, y0, z1], [x1, y0, z1], [x1, y1, z1], [x0, y1, z1], part)
    this.quad([x0, y0, z0], [x1, y0, z0], [x1, y0, z1], [x0, y0, z1], part)
    this.quad([x1, y1, z0], [x0, y1, z0], [x0, y1, z1], [x1, y1, z1], part)
    this.quad([x1, y0, z0], [x1, y1, z0], [x1, y1, z1], [x1, y0, z1], part)
    this.quad([x0, y1, z0], [x0, y0, z0], [x0, y0, z1], [x0, y1, z1], part)
  }

  wheels(xs: readonly number[], half: number, radius: number): void {
    for (const x of xs) for (const side of [1, -1]) {
      const rim: [number, number][] = Array.from({ length: 8 }, (_, i) => [x + Math.cos((i * Math.PI) / 4) * radius, radius + Math.sin((i * Math.PI) / 4) * radius])
      const outer = half * side, inner = (half - 0.22) * side
      for (let i = 0; i < 8; i++) {
        const [px, pz] = rim[i]!, [qx, qz] = rim[(i + 1) % 8]!
        if (side > 0) this.triangle([x, outer, radius], [qx, outer, qz], [px, outer, pz], Paint.trim)
        else this.triangle([x, outer, radius], [px, outer, pz], [qx, outer, qz], Paint.trim)
        this.quad([px, inner, pz], [px, outer, pz], [qx, outer, qz], [qx, inner, qz], Paint.trim)
      }
    }
  }

  lights(front: number, back: number, half: number, z: number, height: number): void {
    for (const s of [1, -1]) {
      const a = half * s, b = (half - 0.42) * s
      const y0 = Math.min(a, b), y1 = Math.max(a, b)
      this.box(front - 0.25, front + 0.03, y0, y1, z, z + height, Paint.head)
      this.box(back - 0.03, back + 0.2, y0, y1, z + 0.08, z + height + 0.10, Paint.tail)
      const turn = s > 0 ? Paint.left : Paint.right
      this.box(front - 0.4, front - 0.2, s > 0 ? half - 0.02 : -half - 0.02, s > 0 ? half + 0.02 : -half + 0.02, z, z + height, turn)
      this.box(back, back + 0.25, s > 0 ? half - 0.02 : -half - 0.02, s > 0 ? half + 0.02 : -half + 0.02, z + 0.1, z + height + 0.1, turn)
    }
  }

  take(): VehicleModel {
    return { position: Float32Array.from(this.position), normal: Float32Array.from(this.normal), part: Float32Array.from(this.part), triangles: this.part.length / 3 }
  }
}

function car(taxi: boolean): VehicleModel {
  const b = new Builder()
  const belt = taxi ? 0.98 : 0.92
  b.loft([[-2.3, 0.84, 0.32, 0.80, belt - 0.06], [-2.1, 0.92, 0.22, 0.88, belt], [0.95, 0.92, 0.22, 0.88, belt - 0.03], [2.0, 0.90, 0.22, 0.82, 0.74], [2.3, 0.78, 0.32, 0.74, 0.62]],
    [0, 0, 0, 0], [0, 0, 0, 0])
  const roof = taxi ? 1.56 : 1.46
  const rear = taxi ? -2.0 : -1.75
  b.loft([[rear, 0.84, belt - 0.02, 0.80, belt], [rear + 0.55, 0.85, belt - 0.02, 0.66, roof - 0.06], [-0.2, 0.85, belt - 0.02, 0.68, roof], [0.35, 0.85, belt - 0.02, 0.66, roof - 0.05], [1.2, 0.82, belt - 0.06, 0.78, belt - 0.04]],
    [Paint.glass, Paint.glass, Paint.glass, Paint.glass], [Paint.glass, taxi ? Paint.white : Paint.body, taxi ? Paint.white : Paint.body, Paint.glass])
  if (taxi) {
    b.box(-0.25, 0.05, -0.32, 0.32, roof - 0.02, roof + 0.16, Paint.sign)
    for (const s of [1, -1]) b.box(-2.0, 1.2, s > 0 ? 0.90 : -0.94, s > 0 ? 0.94 : -0.90, 0.62, 0.78, Paint.white)
  }
  b.wheels([-1.38, 1.38], 0.90, 0.33)
  b.lights(2.28, -2.3, 0.78, 0.52, 0.16)
  return b.take()
}

function bus(): VehicleModel {
  const b = new Builder()
  b.loft([[-5.8, 1.22, 0.35, 1.22, 1.25], [5.8, 1.22, 0.35, 1.22, 1.25]], [Paint.body], [Paint.body])
  b.loft([[-5.78, 1.20, 1.2, 1.18, 2.45], [5.76, 1.20, 1.2, 1.17, 2.45]], [Paint.glass], [Paint.body])
  b.loft([[-5.8, 1.22, 2.42, 1.10, 3.05], [5.7, 1.22, 2.42, 1.08, 3.02]], [Paint.body], [Paint.white])
  for (let x = -4.6; x < 5; x += 1.6) for (const s of [1, -1]) b.box(x - 0.06, x + 0.06, s > 0 ? 1.17 : -1.23, s > 0 ? 1.23 : -1.17, 1.2, 2.45, Paint.body)
  b.box(-3.6, 0.5, -0.8, 0.8, 3.0, 3.28, Paint.white) // batteries on the roof
  b.box(5.75, 5.83, -0.9, 0.9, 2.5, 2.85, Paint.sign)
  b.wheels([-3.2, 3.4], 1.20, 0.48)
  b.lights(5.8, -5.8, 1.15, 0.7, 0.22)
  return b.take()
}

function lorry(): VehicleModel {
  const b = new Builder()
  b.box(-4.2, 4.2, -0.9, 0.9, 0.55, 0.85, Paint.trim)
  b.box(-4.3, 2.1, -1.2, 1.2, 0.95, 3.2, Paint.white)
  b.loft([[2.35, 1.15, 0.5, 1.12, 1.5], [4.25, 1.15, 0.5, 1.10, 1.5]], [Paint.body], [Paint.body])
  b.loft([[2.35, 1.12, 1.48, 1.05, 2.65], [3.7, 1.12, 1.48, 1.02, 2.62], [4.22, 1.10, 1.48, 1.0, 1.55]], [Paint.body, Paint.glass], [Paint.body, Paint.glass])
  b.wheels([-3.1, -1.9, 3.2], 1.15, 0.46)
  b.lights(4.25, -4.3, 1.1, 0.65, 0.2)
  return b.take()
}

/** A scooter and its rider. */
function ebike(): VehicleModel {
  const b = new Builder()
  b.box(-0.85, -0.35, -0.04, 0.04, 0.04, 0.56, Paint.trim)
  b.box(0.4, 0.85, -0.04, 0.04, 0.04, 0.54, Paint.trim)
  b.box(-0.75, 0.5, -0.16, 0.16, 0.28, 0.42, Paint.body)
  b.box(-0.7, -0.05, -0.15, 0.15, 0.42, 0.78, Paint.body)
  b.box(0.45, 0.58, -0.12, 0.12, 0.4, 1.0, Paint.body)
  b.box(0.38, 0.5, -0.32, 0.32, 0.98, 1.04, Paint.trim)
  b.loft([[-0.5, 0.16, 0.76, 0.16, 1.3], [-0.12, 0.18, 0.76, 0.2, 1.36]], [Paint.shade], [Paint.shade])
  b.box(-0.38, -0.12, -0.11, 0.11, 1.38, 1.62, Paint.white)
  b.lights(0.66, -0.86, 0.14, 0.66, 0.1)
  return b.take()
}

/** An ambulance: a van with a light bar. */
function emergency(): VehicleModel {
  const b = new Builder()
  b.loft([[-2.8, 0.96, 0.3, 0.96, 1.2], [1.9, 0.96, 0.3, 0.96, 1.2], [2.8, 0.9, 0.3, 0.88, 0.95]], [Paint.body, Paint.body], [Paint.body, Paint.body])
  b.loft([[-2.78, 0.96, 1.18, 0.88, 2.3], [1.1, 0.96, 1.18, 0.86, 2.3]], [Paint.white], [Paint.white])
  b.loft([[1.1, 0.95, 1.18, 0.84, 2.28], [2.1, 0.9, 1.1, 0.84, 1.16]], [Paint.glass], [Paint.glass])
  for (const s of [1, -1]) b.box(-2.7, 1.8, s > 0 ? 0.95 : -0.98, s > 0 ? 0.98 : -0.95, 0.85, 1.05, Paint.tail)
  b.box(0.5, 0.85, -0.7, -0.05, 2.3, 2.46, Paint.tail)
  b.box(0.5, 0.85, 0.05, 0.7, 2.3, 2.46, Paint.sign)
  b.wheels([-1.7, 1.75], 0.94, 0.36)
  b.lights(2.8, -2.8, 0.85, 0.6, 0.18)
  return b.take()
}

/** By VehicleClass. */
export const buildVehicleModels = (): VehicleModel[] => [car(false), car(true), bus(), lorry(), ebike(), emergency()]
