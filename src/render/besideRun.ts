import { Group, type Camera } from 'three'
import type { SnapshotFeed } from '../workers'
import { congestionColours, type Palette } from './colours'
import { AgentLayer } from './layers/agentLayer'
import { ClosureLayer } from './layers/closureLayer'
import { CrowdHeatLayer } from './layers/crowdHeatLayer'
import { PeopleLayer } from './layers/peopleLayer'
import { RoadPaint } from './roadPaint'
import type { RowWriter } from './textures'
import type { SharedUniforms } from './uniforms'

const COLOUR_EVERY = 1000 // ms between two refreshes of congestion colours

/** Another run of the same city, shown beside the one that the scene is about: its vehicles, people, lights, closures and colours of roads. */
export class BesideRun {
  readonly group = new Group()
  readonly agents: AgentLayer
  readonly people: PeopleLayer
  readonly heat: CrowdHeatLayer
  readonly closures: ClosureLayer
  readonly paint = new RoadPaint()
  /** Whether roads take the colours of this run's traffic. */
  congestion = false
  palette: Palette = 'usual'
  #colours = new Uint8Array(0)
  #coloursAt = 0

  constructor(uniforms: SharedUniforms, private readonly links: number) {
    this.agents = new AgentLayer(uniforms)
    this.people = new PeopleLayer(uniforms)
    this.heat = new CrowdHeatLayer(uniforms)
    this.closures = new ClosureLayer(uniforms)
    this.paint.setLinks(links)
    this.#colours = new Uint8Array(Math.max(1, Math.ceil(links / 256)) * 256 * 4)
    this.group.add(this.agents.group, this.closures.group, this.heat.group, this.people.group)
    this.group.visible = false
  }

  setFeed(feed: SnapshotFeed): void {
    this.agents.setFeed(feed)
    this.people.setFeed(feed)
  }

  /** States of the signal groups; null = nothing has come yet. */
  get lights(): Uint8Array | null { return this.agents.snapshot?.groupState ?? null }

  update(write: RowWriter, camera: Camera, time: number, now: number, lampsOn: boolean): void {
    this.agents.update(write, camera, time)
    this.people.update(write, camera, time)
    this.heat.update(this.people, camera, time)
    this.agents.showLights(lampsOn)
    const { snapshot } = this.agents
    if (!this.congestion || !snapshot || now - this.#coloursAt < COLOUR_EVERY) return
    this.#coloursAt = now
    congestionColours(snapshot.linkSpeed.subarray(0, this.links), this.#colours, this.palette)
    this.paint.setColours(this.#colours)
  }

  dispose(): void {
    this.agents.setFeed(null)
    this.people.setFeed(null)
    this.paint.dispose()
  }
}
