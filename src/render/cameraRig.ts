import CameraControls from 'camera-controls'
import { Box3, Matrix4, PerspectiveCamera, Quaternion, Raycaster, Sphere, Spherical, Vector2, Vector3, Vector4 } from 'three'
import { lookDirection, UP } from './axes'

CameraControls.install({ THREE: { Vector2, Vector3, Vector4, Quaternion, Matrix4, Spherical, Box3, Sphere, Raycaster } })

/** A place to look at: target on the ground, distance to it, pitch below the horizon and bearing clockwise from north. */
export interface CameraPose { readonly x: number; readonly y: number; readonly distance: number; readonly pitch: number; readonly bearing: number; readonly z?: number }

const DISTANCE_MIN = 9, DISTANCE_MAX = 70000 // m
const CLEAR = 1.7 // m that the eye stays above the ground
const FAR = 160000
const KEY_STEP = 0.9 // of the distance to the target, a second

/** Orbit, fly and follow; keeps the eye above the ground. Keys: arrows or WASD move, Q and E turn, R and F tilt, + and - zoom. */
export class CameraRig {
  readonly camera = new PerspectiveCamera(42, 1, 1, FAR)
  readonly controls: CameraControls
  readonly target = new Vector3()
  readonly #keys = new Set<string>()
  readonly #stop = new AbortController()
  groundAt: (x: number, y: number) => number = () => 0

  constructor(element: HTMLElement) {
    this.camera.up.set(...UP)
    this.controls = new CameraControls(this.camera, element)
    this.controls.minDistance = DISTANCE_MIN
    this.controls.maxDistance = DISTANCE_MAX
    this.controls.maxPolarAngle = Math.PI / 2 - 0.01
    this.controls.dollyToCursor = true
    this.controls.smoothTime = 0.22
    this.controls.draggingSmoothTime = 0.08
    this.controls.dollySpeed = 0.9
    this.controls.mouseButtons.left = CameraControls.ACTION.SCREEN_PAN
    this.controls.mouseButtons.right = CameraControls.ACTION.ROTATE
    this.controls.mouseButtons.middle = CameraControls.ACTION.ROTATE
    this.controls.mouseButtons.wheel = CameraControls.ACTION.DOLLY
    this.controls.touches.one = CameraControls.ACTION.TOUCH_SCREEN_PAN
    this.controls.touches.two = CameraControls.ACTION.TOUCH_DOLLY_ROTATE
    const signal = this.#stop.signal
    element.addEventListener('keydown', event => { if (!event.ctrlKey && !event.metaKey && !event.altKey) this.#keys.add(event.key.toLowerCase()) }, { signal })
    element.addEventListener('keyup', event => this.#keys.delete(event.key.toLowerCase()), { signal })
    element.addEventListener('blur', () => this.#keys.clear(), { signal })
    if (element.tabIndex < 0) element.tabIndex = 0
  }

  /** Moves at once, or in a smooth flight of about a second. */
  flyTo({ x, y, distance, pitch, bearing, z }: CameraPose, smooth: boolean): void {
    const ground = z ?? this.groundAt(x, y)
    const [dx, dy, dz] = lookDirection(bearing, pitch)
    this.controls.smoothTime = smooth ? 0.55 : 0.22
    void this.controls.setLookAt(x - dx * distance, y - dy * distance, ground - dz * distance, x, y, ground, smooth)
    if (!smooth) this.controls.update(0)
  }

  /** Where the camera looks now. */
  pose(): CameraPose {
    const target = this.controls.getTarget(this.target), { position } = this.camera
    const dx = target.x - position.x, dy = target.y - position.y, dz = position.z - target.z
    const distance = Math.hypot(dx, dy, dz)
    return { x: target.x, y: target.y, distance, pitch: (Math.asin(Math.min(1, dz / distance)) * 180) / Math.PI, bearing: ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360 }
  }

  resize(width: number, height: number): void {
    this.camera.aspect = width / Math.max(1, height)
    this.camera.updateProjectionMatrix()
  }

  /** @param delta  s since the last frame */
  update(delta: number): void {
    this.#moveByKeys(delta)
    this.controls.update(Math.min(delta, 0.1))
    const { position } = this.camera
    this.controls.getTarget(this.target)
    const floor = this.groundAt(position.x, position.y) + CLEAR
    if (position.z < floor) {
      position.z = floor
      this.camera.lookAt(this.target)
      this.camera.updateMatrixWorld()
    }
    // Near and far follow the height, so that 24 bits of depth do for a kerb and for the whole bay.
    const height = Math.max(1, position.z - this.groundAt(position.x, position.y))
    const distance = position.distanceTo(this.target)
    const near = Math.min(400, Math.max(0.6, Math.min(distance * 0.08, height * 0.22)))
    if (Math.abs(near - this.camera.near) > near * 0.05) {
      this.camera.near = near
      this.camera.updateProjectionMatrix()
    }
  }

  #moveByKeys(delta: number): void {
    if (this.#keys.size === 0) return
    const down = (...names: string[]): number => (names.some(name => this.#keys.has(name)) ? 1 : 0)
    const step = this.controls.distance * KEY_STEP * delta
    const right = down('arrowright', 'd') - down('arrowleft', 'a'), ahead = down('arrowup', 'w') - down('arrowdown', 's')
    if (right !== 0) void this.controls.truck(right * step, 0, true)
    if (ahead !== 0) void this.controls.forward(ahead * step, true)
    const turn = down('e') - down('q'), tilt = down('f') - down('r')
    if (turn !== 0 || tilt !== 0) void this.controls.rotate(turn * 1.2 * delta, tilt * 0.8 * delta, true)
    const zoom = down('+', '=') - down('-', '_')
    if (zoom !== 0) void this.controls.dolly(zoom * step, true)
  }

  dispose(): void {
    this.#stop.abort()
    this.controls.dispose()
  }
}
