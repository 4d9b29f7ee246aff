import '@cesium/engine/Source/Widget/CesiumWidget.css'
import {
  BufferPoint, BufferPointCollection, BufferPointMaterial, BufferPolyline, BufferPolylineCollection, BufferPolylineMaterial, Cartesian3, CesiumWidget,
  Color, ImageryLayer, JulianDate, Math as CesiumMath, TileMapServiceImageryProvider, buildModuleUrl,
} from '@cesium/engine'
import { RoadClass, type Network } from '../../sim'
import { toLonLat, type PackManifest } from '../../city'
import type { SnapshotFeed } from '../../workers'
import { PlaneToEarth } from './earth'
import { EarthPaths, MovingPoints } from './movingPoints'

/**
 * The run on the globe, from orbit down to the road: Cesium with its bundled imagery, no request to another host. It
 * reads the same pack and snapshots as the city view. This module is the only one that imports Cesium, and is itself
 * imported only when somebody opens the globe.
 */
export class GlobeView {
  private readonly widget: CesiumWidget
  private readonly earth = new PlaneToEarth()
  private moving: { points: MovingPoints; collection: BufferPointCollection; feed: SnapshotFeed } | null = null
  private readonly paths: EarthPaths
  private readonly point = new BufferPoint()
  private readonly place = new Cartesian3()
  private readonly stop: () => void

  private constructor(container: HTMLElement, private readonly network: Network) {
    this.widget = new CesiumWidget(container, {
      baseLayer: ImageryLayer.fromProviderAsync(TileMapServiceImageryProvider.fromUrl(buildModuleUrl('Assets/Textures/NaturalEarthII')), {}),
      creditContainer: document.createElement('div'), // credits of data stand in the app's own dialog
      skyBox: false, useBrowserRecommendedResolution: true, shouldAnimate: false,
    })
    this.widget.scene.globe.enableLighting = false
    this.widget.scene.globe.baseColor = Color.fromCssColorString('#123043')
    this.paths = new EarthPaths(network, this.earth)
    this.addRoads()
    this.stop = this.widget.scene.preUpdate.addEventListener(() => this.frame()) as () => void
  }

  /** Opens the globe over the city. `base` is where the files that Cesium fetches lie, with a slash at its end. */
  static open(container: HTMLElement, network: Network, core: PackManifest['core'], base: string): GlobeView {
    Object.assign(globalThis, { CESIUM_BASE_URL: base })
    const view = new GlobeView(container, network)
    view.flyTo(core.bounds)
    return view
  }

  setFeed(feed: SnapshotFeed): void {
    const { capacity } = feed.layout
    if (this.moving) this.widget.scene.primitives.remove(this.moving.collection)
    const collection = new BufferPointCollection({ primitiveCountMax: capacity })
    const material = new BufferPointMaterial({ color: Color.fromCssColorString('#ffd166'), size: 3, outlineWidth: 0 })
    for (let slot = 0; slot < capacity; slot++) collection.add({ position: new Cartesian3(), material, show: false }, this.point)
    this.widget.scene.primitives.add(collection)
    this.moving = { points: new MovingPoints(this.paths, capacity), collection, feed }
  }

  /** Camera over an area (west, south, east, north; m from the false origin), seen from the south. */
  private flyTo([west, south, east]: readonly [number, number, number, number]): void {
    const [longitude, latitude] = toLonLat((west + east) / 2, south - 9000)
    this.widget.camera.setView({
      destination: Cartesian3.fromDegrees(longitude, latitude, 14000),
      orientation: { heading: 0, pitch: CesiumMath.toRadians(-42), roll: 0 },
    })
  }

  /** Sun by the simulated hour: second of the day in China Standard Time, on the day of the equinox. */
  setTimeOfDay(second: number): void {
    this.widget.clock.currentTime = JulianDate.addSeconds(JulianDate.fromIso8601('2026-03-19T16:00:00Z'), second, new JulianDate())
  }

  dispose(): void {
    this.stop()
    this.widget.destroy()
  }

  private addRoads(): void {
    const { links, points } = this.network
    let vertices = 0
    for (let link = 0; link < links.rows; link++) vertices += links.pointCount[link]!
    const roads = new BufferPolylineCollection({ primitiveCountMax: links.rows, vertexCountMax: vertices })
    const material = (css: string, width: number): BufferPolylineMaterial => new BufferPolylineMaterial({ color: Color.fromCssColorString(css), width, outlineWidth: 0 })
    const major = material('#7fd6ff', 2), middle = material('#4b93b8', 1.5), minor = material('#2f6179', 1)
    const line = new BufferPolyline()
    for (let link = 0; link < links.rows; link++) {
      const first = links.pointFirst[link]!, count = links.pointCount[link]!
      const positions = new Float64Array(count * 3)
      for (let p = 0; p < count; p++) this.earth.write(points.x[first + p]!, points.y[first + p]!, points.z[first + p]! + 1, positions, p * 3)
      const roadClass = links.class[link]!
      roads.add({ positions, material: roadClass <= RoadClass.primaryLink ? major : roadClass <= RoadClass.tertiaryLink ? middle : minor }, line)
    }
    this.widget.scene.primitives.add(roads)
  }

  private frame(): void {
    const snapshot = this.moving?.feed.newest()
    if (!this.moving || !snapshot) return
    const { points, collection } = this.moving
    const mix = points.update(snapshot, performance.now())
    const { now, before, shown } = points
    for (let slot = 0; slot < points.capacity; slot++) {
      collection.get(slot, this.point)
      if (shown[slot] === 0) { if (this.point.show) this.point.show = false; continue }
      const at = slot * 3
      this.place.x = before[at]! + (now[at]! - before[at]!) * mix
      this.place.y = before[at + 1]! + (now[at + 1]! - before[at + 1]!) * mix
      this.place.z = before[at + 2]! + (now[at + 2]! - before[at + 2]!) * mix
      this.point.setPosition(this.place)
      if (!this.point.show) this.point.show = true
    }
  }
}
