import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PerspectiveCamera, type WebGLRenderer } from 'three'
import { SyntheticCrowd } from '../debug/syntheticCrowd'
import { SyntheticFeed } from '../debug/syntheticFeed'
import { buildPathTexture, networkLayer, readPack } from '../src/city'
import { CrowdDensity } from '../src/render/crowdDensity'
import { AgentLayer } from '../src/render/layers/agentLayer'
import { PeopleLayer } from '../src/render/layers/peopleLayer'
import { rowWriter, type RowWriter } from '../src/render/textures'
import { sharedUniforms } from '../src/render/uniforms'
import { snapshotBytes, viewSnapshot, type Network } from '../src/sim'

/*
 * Main-thread JavaScript of drawing vehicles and people, without a graphics card: every frame takes a new snapshot, which is
 * the worst case (usually one comes every few frames). Sketch: 100,000 x 8 bytes copied and handed to WebGL 0.1 ms,
 * an eighth of the slots looked at for the lists of near vehicles 0.2 ms; measured 0.4 ms in Chromium with a new
 * snapshot every frame at load 9 on two cores. People: 100,000 x 16 bytes copied and handed over 0.4 ms, strides of all
 * 0.5 ms, an eighth looked at 0.1 ms; measured figures are in docs/performance.md.
 */

export interface AgentFrames { readonly agents: number; readonly min: number; readonly median: number; readonly p95: number; readonly checksum: number }

/** ms of `AgentLayer.update` a frame over the real lanes, camera low over the middle of the city. */
export function measureAgentFrames(network: Network, agents: number, frames: number): AgentFrames {
  const card = new CountingCard()
  const layer = new AgentLayer(sharedUniforms())
  layer.setPaths(buildPathTexture(network, [0, 0]))
  const feed = new SyntheticFeed(network, agents)
  layer.setFeed(feed)
  const camera = new PerspectiveCamera(42, 16 / 9, 1, 100000)
  camera.position.set(600, -150, 120)
  camera.updateMatrixWorld()
  const times = timed(frames, () => feed.advance(), time => layer.update(card.write, camera, time))
  return { agents, ...times, checksum: card.words }
}

/** ms of `PeopleLayer.update` a frame, everybody on a square of 400 m, camera in the middle of them. */
export function measurePeopleFrames(people: number, frames: number): AgentFrames {
  const card = new CountingCard()
  const layer = new PeopleLayer(sharedUniforms())
  const crowd = new SyntheticCrowd([{ x: 606, y: -300, size: 200, z: 4, shape: 'square', people }])
  const layout = { capacity: 1, links: 1, groups: 1, people }
  const snapshot = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
  layer.setFeed({ layout, newest: () => snapshot, secondsPerTick: 0.5 })
  const advance = (): void => {
    crowd.move(snapshot.people!)
    snapshot.head[0]! += 2
  }
  const camera = new PerspectiveCamera(42, 16 / 9, 1, 100000)
  camera.up.set(0, 0, 1)
  camera.position.set(606, -300, 20)
  camera.lookAt(606, 0, 4)
  camera.updateMatrixWorld()
  const times = timed(frames, advance, time => layer.update(card.write, camera, time))
  return { agents: people, ...times, checksum: card.words }
}

/** ms of counting how densely people stand, twice a second in the app: everybody on a square of 400 m, cells of 1 m. */
export function measureCrowdHeat(people: number, looks: number): AgentFrames {
  const crowd = new SyntheticCrowd([{ x: 606, y: -300, size: 200, z: 4, shape: 'square', people }])
  const layout = { capacity: 1, links: 1, groups: 1, people }
  const { head, state } = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout))).people!
  const places = new Float32Array(state.buffer, state.byteOffset, state.length)
  const density = new CrowdDensity()
  density.place(350, -556, 1, () => 0, 10)
  const times = timed(looks, () => crowd.move({ head, state }), () => density.count(state, places, people))
  return { agents: people, ...times, checksum: density.bytes.reduce((sum, byte) => sum + byte, 0) }
}

/** Stands for the graphics card and counts the words that it is sent. */
class CountingCard {
  words = 0
  readonly write: RowWriter

  constructor() {
    const gl = { TEXTURE0: 0, TEXTURE_2D: 1, RED_INTEGER: 2, UNSIGNED_INT: 3, RGBA_INTEGER: 4, pixelStorei() {}, texSubImage2D: (...all: unknown[]) => { this.words += (all[8] as Uint32Array).length } }
    this.write = rowWriter({
      initTexture() {}, getContext: () => gl, properties: { get: () => ({ __webglTexture: {} }) }, state: { activeTexture() {}, bindTexture() {} },
    } as unknown as WebGLRenderer)
  }
}

function timed(frames: number, advance: () => void, update: (time: number) => void): { min: number; median: number; p95: number } {
  const times: number[] = []
  for (let frame = 0; frame < frames; frame++) {
    advance()
    const start = performance.now()
    update(frame * 16)
    times.push(performance.now() - start)
  }
  const sorted = times.slice(Math.min(10, frames >> 1)).sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
  return { min: sorted[0]!, median: at(0.5), p95: at(0.95) }
}

export async function readNetwork(): Promise<Network> {
  const folder = resolve(import.meta.dirname, '../assets/shenzhen')
  const pack = await readPack(async file => new Uint8Array(readFileSync(resolve(folder, file))))
  return await pack.layer(networkLayer) as unknown as Network
}

if (process.argv[1]?.endsWith('agentFrames.ts')) {
  void readNetwork().then(network => {
    for (const agents of [1000, 10_000, 20_000, 100_000, 300_000]) {
      const { min, median, p95, checksum } = measureAgentFrames(network, agents, 240)
      console.log(`${agents} vehicles: min ${min.toFixed(2)}, median ${median.toFixed(2)}, p95 ${p95.toFixed(2)} ms of JavaScript a frame (limit 2 at 100,000); checksum ${checksum}`)
    }
    for (const people of [20_000, 100_000, 200_000]) {
      const { min, median, p95, checksum } = measurePeopleFrames(people, 240)
      console.log(`${people} people: min ${min.toFixed(2)}, median ${median.toFixed(2)}, p95 ${p95.toFixed(2)} ms of JavaScript a frame (limit 8 at 100,000); checksum ${checksum}`)
    }
    for (const people of [20_000, 100_000, 200_000]) {
      const { min, median, p95, checksum } = measureCrowdHeat(people, 60)
      console.log(`${people} people: min ${min.toFixed(2)}, median ${median.toFixed(2)}, p95 ${p95.toFixed(2)} ms to count how densely they stand, twice a second; checksum ${checksum}`)
    }
  })
}
