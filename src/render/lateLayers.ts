import { Group } from 'three'
import type { CityPiece } from '../city'
import { BuildingLayer } from './layers/buildingLayer'
import { ClosureLayer } from './layers/closureLayer'
import { LabelLayer, type LabelFrame } from './layers/labelLayer'
import { MetroLayer } from './layers/metroLayer'
import { SignalLayer } from './layers/signalLayer'
import { TreeLayer } from './layers/treeLayer'
import type { qualityTiers, QualityTier } from './quality'
import type { SharedUniforms } from './uniforms'

/** What they need to know of a frame. */
export interface LateFrame extends LabelFrame {
  /** States of the signal groups; null = no run yet. */
  readonly lights: Uint8Array | null
  /** m above the ground. */
  readonly heightOfEye: number
}

/** Everything that stands on ground and roads. Its code is fetched when the first of it has been built. */
export class LateLayers {
  readonly group = new Group()
  readonly buildings
  readonly trees
  readonly signals
  readonly closures
  readonly metro
  readonly labels

  constructor(uniforms: SharedUniforms) {
    this.buildings = new BuildingLayer(uniforms)
    this.trees = new TreeLayer(uniforms)
    this.signals = new SignalLayer(uniforms)
    this.closures = new ClosureLayer(uniforms)
    this.metro = new MetroLayer(uniforms)
    this.labels = new LabelLayer(uniforms)
    this.group.add(this.buildings.group, this.trees.group, this.signals.group, this.closures.group, this.metro.group, this.labels.group)
  }

  add(piece: CityPiece): void {
    switch (piece.kind) {
      case 'signals': return this.signals.setSignals(piece.signals)
      case 'buildings': return this.buildings.addTile(piece.mesh)
      case 'metro': return this.metro.setMetro(piece.metro)
      case 'labels': return this.labels.setLabels(piece.labels)
      case 'trees': return this.trees.addTiles(piece.tiles)
    }
  }

  setQuality({ treeReach, buildings }: (typeof qualityTiers)[QualityTier]): void {
    this.trees.reach = treeReach
    this.buildings.detail = buildings
  }

  update(frame: LateFrame): void {
    this.signals.update(frame.heightOfEye)
    if (frame.lights) this.signals.setStates(frame.lights)
    this.buildings.update(frame.camera)
    this.trees.update(frame.camera)
    this.labels.update(frame)
  }
}
