import '@cesium/engine/Source/Widget/CesiumWidget.css'
import {
  Cartesian2, Cartesian3, CesiumTerrainProvider, CesiumWidget, Color, DistanceDisplayCondition, HorizontalOrigin, ImageryLayer, JulianDate, LabelCollection, LabelStyle, Terrain, TileMapServiceImageryProvider, UrlTemplateImageryProvider, buildModuleUrl,
  type PerspectiveFrustum,
} from '@cesium/engine'
import { Matrix4, PerspectiveCamera, Vector3 } from 'three'
import { lookDirection } from '../axes'
import type { CameraPose } from '../cameraRig'
import { CityScene } from '../CityScene'
import type { QualityTier } from '../quality'
import { CesiumScene } from './cesiumScene'
import { CesiumTextures } from './cesiumTextures'
import { TangentPlane } from './tangentPlane'

/** Where the globe is seen from at first, m and degrees: the whole modelled area, with the horizon. */
const OVERVIEW = { distance: 34_000, pitch: 38, bearing: 0 }
const FLIGHT = 3 // s
/** m above the ground from where the city is a speck: only its ground is drawn, and its name. */
const SPECK = 300_000
/** m above the ground up to where the city view can show what the globe shows. */
const CITY_VIEW_HEIGHT = 60_000
/** Midnight in China of a day on which the sun stands as the city's own light has it (see daylight.ts). */
const MIDNIGHT = JulianDate.fromIso8601('2026-04-07T16:00:00Z')

/** What lies on the globe around the city instead of the bundled pictures; addresses on the app's own host. */
export interface GlobeSurface {
  /** Pictures: a template like `tiles/{z}/{x}/{y}.jpg` (Web Mercator), or a folder with tilemapresource.xml. */
  readonly imagery?: string
  /** Relief: a folder with layer.json and quantized-mesh tiles. */
  readonly terrain?: string
}

/**
 * The run on the globe, from orbit down to the street: Cesium with its bundled imagery, no request to another host,
 * and the very layers of the city view. This folder is the only one that imports Cesium, and it is itself imported
 * only when somebody opens the globe.
 */
export class GlobeView extends CityScene {
  readonly #widget: CesiumWidget
  readonly #plane: TangentPlane
  readonly #textures: CesiumTextures
  readonly #drawer: CesiumScene
  readonly #camera = new PerspectiveCamera()
  readonly #right = new Vector3()
  readonly #up = new Vector3()
  readonly #back = new Vector3()
  readonly #basis = new Matrix4()
  #second = -1
  #frameMs = 0

  /** @param base  where the files that Cesium fetches lie, with a slash at its end */
  constructor(container: HTMLElement, centre: readonly [number, number], base: string, tier: QualityTier, surface: GlobeSurface = {}) {
    super()
    Object.assign(globalThis, { CESIUM_BASE_URL: base })
    this.setQuality(tier)
    this.#plane = new TangentPlane(centre)
    this.#widget = new CesiumWidget(container, {
      baseLayer: imageryOf(surface.imagery),
      ...(surface.terrain ? { terrain: new Terrain(CesiumTerrainProvider.fromUrl(surface.terrain, { requestVertexNormals: true })) } : {}),
      creditContainer: document.createElement('div'), // credits of data stand in the app's own dialog
      useBrowserRecommendedResolution: true, shouldAnimate: false, msaaSamples: tier === 'low' ? 1 : 4,
    })
    const { scene } = this.#widget
    scene.globe.enableLighting = true
    // By default Cesium lights everything when near, which would show a green rim around the city at night.
    Object.assign(scene.globe, { lightingFadeOutDistance: 1, lightingFadeInDistance: 2, nightFadeOutDistance: 1, nightFadeInDistance: 2 })
    scene.globe.baseColor = Color.fromCssColorString('#123043')
    const { context } = scene as unknown as { context: CesiumContext }
    this.#textures = new CesiumTextures(context)
    this.#drawer = new CesiumScene(context, this.group, this.#plane, this.#textures)
    const names = new LabelCollection()
    names.add({
      position: new Cartesian3(...this.#plane.toEarth(...centre, 0)), text: '深圳 Shenzhen', font: '600 18px "Noto Sans SC Variable", "Inter Variable", sans-serif', style: LabelStyle.FILL_AND_OUTLINE,
      outlineWidth: 4, outlineColor: Color.fromCssColorString('#0c121c'), pixelOffset: new Cartesian2(0, -16), horizontalOrigin: HorizontalOrigin.CENTER,
      distanceDisplayCondition: new DistanceDisplayCondition(SPECK, 3e7),
    })
    scene.primitives.add(names)
    scene.primitives.add({
      update: (state: CesiumFrameState) => { if (state.passes.render) this.#frame(state) },
      isDestroyed: () => false,
      destroy: () => undefined,
    })
  }

  /** Puts the camera where the city view would have it, at once or in a flight. */
  flyTo({ x, y, z, distance, pitch, bearing }: CameraPose, smooth: boolean): void {
    const [dx, dy, dz] = lookDirection(bearing, pitch)
    const [destination, orientation] = this.#viewFrom([x - dx * distance, y - dy * distance, (z ?? this.groundAt(x, y)) - dz * distance], [dx, dy, dz])
    if (smooth) this.#widget.camera.flyTo({ destination, orientation, duration: FLIGHT })
    else this.#widget.camera.setView({ destination, orientation })
  }

  /** Flies back until the whole modelled area is in sight. */
  flyOut(): void {
    const [x, y] = this.#plane.centre
    this.flyTo({ x, y, z: 0, ...OVERVIEW }, true)
  }

  #viewFrom([x, y, z]: readonly [number, number, number], [dx, dy, dz]: readonly [number, number, number]): [Cartesian3, { direction: Cartesian3; up: Cartesian3 }] {
    const flat = Math.hypot(dx, dy) || 1
    const origin = this.#plane.fromTangent(0, 0, 0)
    const turned = (vx: number, vy: number, vz: number): Cartesian3 => new Cartesian3(...this.#plane.fromTangent(vx, vy, vz).map((value, k) => value - origin[k]!) as [number, number, number])
    return [
      new Cartesian3(...this.#plane.toEarth(x, y, z)),
      { direction: turned(dx, dy, dz), up: turned((-dx * dz) / flat, (-dy * dz) / flat, flat) },
    ]
  }

  /** What the city view would show from here; null from too far away. */
  pose(): CameraPose | null {
    const { position } = this.#camera
    const [dx, dy, dz] = [-this.#back.x, -this.#back.y, -this.#back.z]
    if (position.z > CITY_VIEW_HEIGHT || dz > -0.05) return null
    const distance = position.z / -dz
    return {
      x: position.x + dx * distance, y: position.y + dy * distance, distance,
      pitch: (Math.asin(-dz) * 180) / Math.PI, bearing: ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360,
    }
  }

  override setTimeOfDay(second: number): void {
    super.setTimeOfDay(second)
    if (second === this.#second) return
    this.#second = second
    this.#widget.clock.currentTime = JulianDate.addSeconds(MIDNIGHT, second, new JulianDate())
  }

  #frame({ camera, context, commandList }: CesiumFrameState): void {
    const start = performance.now()
    this.#follow(camera, context)
    const { width, height } = this.#widget.canvas.getBoundingClientRect()
    const { position } = this.#camera
    const distance = position.z / Math.max(0.25, this.#back.z)
    this.prepare({ camera: this.#camera, now: performance.now(), distance, width, height, write: (texture, data, rows) => this.#textures.write(texture, data, rows) })
    this.detail.visible = position.z < SPECK
    this.#drawer.draw(commandList)
    this.#frameMs += (performance.now() - start - this.#frameMs) * 0.1
  }

  /** Brings the plane's own camera, and what shaders know of it, to where Cesium's camera is. */
  #follow(eye: CesiumFrameState['camera'], { drawingBufferWidth, drawingBufferHeight }: CesiumContext): void {
    const { uniforms } = this
    const camera = this.#camera
    const [x, y, z] = this.#plane.toTangent(eye.positionWC.x, eye.positionWC.y, eye.positionWC.z)
    camera.position.set(x + this.#plane.centre[0], y + this.#plane.centre[1], z)
    this.#right.set(...this.#plane.turn(eye.rightWC.x, eye.rightWC.y, eye.rightWC.z))
    this.#up.set(...this.#plane.turn(eye.upWC.x, eye.upWC.y, eye.upWC.z))
    this.#back.set(...this.#plane.turn(eye.directionWC.x, eye.directionWC.y, eye.directionWC.z)).negate()
    camera.quaternion.setFromRotationMatrix(this.#basis.makeBasis(this.#right, this.#up, this.#back))
    const fovy = (eye.frustum as PerspectiveFrustum).fovy ?? Math.PI / 3
    camera.fov = (fovy * 180) / Math.PI
    camera.aspect = drawingBufferWidth / drawingBufferHeight
    camera.far = 1e7
    camera.updateProjectionMatrix()
    camera.updateMatrixWorld()
    uniforms.uViewToWorld.value.setFromMatrix4(camera.matrixWorld)
    uniforms.uCamera.value.copy(camera.position)
    uniforms.uViewport.value.set(drawingBufferWidth, drawingBufferHeight)
    uniforms.uPixel.value = (2 * Math.tan(fovy / 2)) / drawingBufferHeight
  }

  /** Draw commands handed to Cesium, vehicles, and JavaScript of a frame, smoothed, ms. */
  stats(): { readonly commands: number; readonly agents: number; readonly frameMs: number } {
    return { commands: this.#drawer.commands, agents: this.agents.slotsUsed, frameMs: this.#frameMs }
  }

  override dispose(): void {
    super.dispose()
    this.#drawer.destroy()
    this.#textures.destroy()
    this.#widget.destroy()
  }
}

/** The bundled Natural Earth pictures, or those that somebody put beside the app. */
function imageryOf(address: string | undefined): ImageryLayer {
  if (address?.includes('{z}')) return new ImageryLayer(new UrlTemplateImageryProvider({ url: address }))
  return ImageryLayer.fromProviderAsync(TileMapServiceImageryProvider.fromUrl(address ?? buildModuleUrl('Assets/Textures/NaturalEarthII')), {})
}
