import { Group, type Camera } from 'three'
import { AreaLayer } from './layers/areaLayer'
import { CrowdHeatLayer } from './layers/crowdHeatLayer'
import { MarkLayer } from './layers/markLayer'
import { PeopleLayer, type PeopleReach } from './layers/peopleLayer'
import type { QualityTier } from './quality'
import type { RowWriter } from './textures'
import type { SharedUniforms } from './uniforms'

const reaches: Readonly<Record<QualityTier, PeopleReach>> = {
  low: { nearMax: 120, middleMax: 1500, nearFarthest: 40, middleFarthest: 140 },
  medium: { nearMax: 700, middleMax: 7000, nearFarthest: 60, middleFarthest: 240 },
  high: { nearMax: 2000, middleMax: 18000, nearFarthest: 90, middleFarthest: 320 },
}

/** People on foot, how densely they stand, where they walk and what planners put there. Its code is fetched when the first of it is wanted. */
export class CrowdLayers {
  readonly group = new Group()
  readonly people
  readonly areas
  readonly heat
  readonly marks

  constructor(uniforms: SharedUniforms) {
    this.people = new PeopleLayer(uniforms)
    this.areas = new AreaLayer(uniforms)
    this.heat = new CrowdHeatLayer(uniforms)
    this.marks = new MarkLayer(uniforms, this.areas.floors)
    this.group.add(this.areas.group, this.heat.group, this.marks.group, this.people.group)
  }

  setQuality(tier: QualityTier): void { this.people.reach = reaches[tier] }

  setFloors(range: readonly [low: number, high: number] | null): void {
    this.people.setFloors(range)
    this.areas.setFloors(range)
    this.heat.setFloors(range)
  }

  update(write: RowWriter, camera: Camera, now: number): void {
    this.areas.update(camera)
    this.people.update(write, camera, now)
    this.heat.update(this.people, camera, now)
  }
}
