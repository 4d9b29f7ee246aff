import { PerspectiveCamera, type Mesh } from 'three'
import { describe, expect, test } from 'vitest'
import { measurePeopleFrames } from '../../bench/agentFrames'
import { advanceStrides, PeopleLayer, type PersonPose } from '../../src/render/layers/peopleLayer'
import { Bone, BodyPart, buildFigure, buildSimpleFigure } from '../../src/render/personModels'
import { sharedUniforms } from '../../src/render/uniforms'
import { snapshotBytes, viewSnapshot } from '../../src/sim'
import type { SnapshotFeed } from '../../src/workers'

const PRESENT = 0x80000000

/** A feed of one snapshot of people at places [x, y, z, speed in m/s]; a second call moves them. */
function feedOf(people: number) {
  const layout = { capacity: 1, links: 1, groups: 1, people }
  const snapshot = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
  const { head, state } = snapshot.people!, places = new Float32Array(state.buffer, state.byteOffset, state.length)
  const feed: SnapshotFeed = { layout, newest: () => snapshot, secondsPerTick: 0.5 }
  const put = (all: readonly (readonly [number, number, number, number])[]): void => {
    for (const [slot, [x, y, z, speed]] of all.entries()) {
      places.set([x, y, z], slot * 4)
      state[slot * 4 + 3] = (PRESENT | (Math.round(speed * 50) << 8)) >>> 0
    }
    snapshot.head[0]! += 2
    head.set([0, head[1]! + 1, all.length, all.length])
  }
  return { feed, put, state, places }
}

/** A camera that stands at the origin, 10 m up, and looks north. */
function eye(): PerspectiveCamera {
  const camera = new PerspectiveCamera(42, 16 / 9, 1, 10000)
  camera.up.set(0, 0, 1)
  camera.position.set(0, 0, 10)
  camera.lookAt(0, 100, 10)
  camera.updateMatrixWorld()
  return camera
}
const ignore = (): void => undefined
const counts = (layer: PeopleLayer): number[] => layer.group.children.map(mesh => (mesh as Mesh & { geometry: { instanceCount?: number } }).geometry.instanceCount ?? -1).filter(count => count >= 0)

describe('who is near', () => {
  test('close by as articulated figures, a little farther as simple ones, behind the eye not at all', () => {
    const { feed, put } = feedOf(8)
    put([[0, 20, 0, 1], [0, 100, 0, 1], [0, -20, 0, 1], [0, 5000, 0, 1]])
    const layer = new PeopleLayer(sharedUniforms())
    layer.setFeed(feed)
    for (let frame = 0; frame < 40; frame++) layer.update(ignore, eye(), frame * 16)
    expect(counts(layer)).toEqual([1, 2]) // who is near stands in both lists: the limit between them moves
  })

  test('nobody is drawn before there is a snapshot, nor after the feed is gone', () => {
    const layer = new PeopleLayer(sharedUniforms())
    layer.update(ignore, eye(), 0)
    expect(layer.group.children.every(mesh => !mesh.visible)).toBe(true)
    const { feed, put } = feedOf(4)
    put([[0, 20, 0, 1]])
    layer.setFeed(feed)
    layer.update(ignore, eye(), 16)
    expect(layer.group.children.some(mesh => mesh.visible)).toBe(true)
    layer.setFeed(null)
    expect(layer.group.children.every(mesh => !mesh.visible)).toBe(true)
  })

  test('a crowd beyond what the lists hold narrows them instead of leaving holes', () => {
    const people = Array.from({ length: 40_000 }, (_, i) => [(i % 200) - 100, Math.floor(i / 200), 0, 1] as const)
    const { feed, put } = feedOf(people.length)
    put(people)
    const layer = new PeopleLayer(sharedUniforms())
    layer.reach = { nearMax: 100, middleMax: 1000, nearFarthest: 60, middleFarthest: 240 }
    layer.setFeed(feed)
    for (let frame = 0; frame < 200; frame++) layer.update(ignore, eye(), frame * 16)
    const [near, middle] = counts(layer)
    expect(near).toBeGreaterThan(40)
    expect(near).toBeLessThanOrEqual(220) // lists reach a little farther than what is drawn
    expect(middle).toBeGreaterThan(500)
    expect(middle).toBeLessThanOrEqual(1500)
  })
})

describe('strides', () => {
  test('follow the way walked: 1.284 m at 1.34 m/s are one stride, and whoever stands keeps still', () => {
    const { put, state, places } = feedOf(2)
    const before = new Uint32Array(8), placesBefore = new Float32Array(before.buffer)
    put([[0, 0, 0, 1.34], [5, 5, 0, 0]])
    before.set(state)
    put([[0.642, 0, 0, 1.34], [5, 5, 0, 0]])
    advanceStrides(state, places, before, placesBefore, 2)
    expect((state[3]! >>> 21) & 1023).toBe(512)
    expect((state[7]! >>> 21) & 1023).toBe(0)
    expect(state[3]! & ~0x7fe00000).toBe(PRESENT | (67 << 8))
  })

  test('whoever takes a freed slot begins anew', () => {
    const { put, state, places } = feedOf(1)
    put([[3, 0, 0, 1]])
    const before = new Uint32Array([0, 0, 0, (512 << 21) >>> 0])
    advanceStrides(state, places, before, new Float32Array(before.buffer), 1)
    expect(state[3]! & 0x7fe00000).toBe(0)
  })
})

test('a person can be followed: between two snapshots the pose is what is drawn', () => {
  const { feed, put } = feedOf(2)
  const layer = new PeopleLayer(sharedUniforms())
  layer.setFeed(feed)
  put([[0, 20, 4, 1]])
  layer.update(ignore, eye(), 0)
  put([[1, 20, 4, 1]])
  layer.update(ignore, eye(), 500)
  layer.fixBlend(0.25)
  layer.update(ignore, eye(), 510)
  const pose: PersonPose = { x: 0, y: 0, z: 0, headingX: 0, headingY: 0, speed: 0, mode: 0, standing: false }
  expect(layer.pose(0, pose)).toBe(true)
  expect(pose).toMatchObject({ x: 0.25, y: 20, z: 4, headingX: 1, speed: 1 })
  expect(layer.pose(1, pose)).toBe(false)
})

test('figures stand on the ground, 1.75 m tall, with normals that look outwards', () => {
  for (const [{ position, normal, bone, part, index }, most] of [[buildFigure(), 720], [buildSimpleFigure(), 200]] as const) {
    expect(index.length / 3).toBeLessThan(most)
    let low = Infinity, high = -Infinity
    for (let i = 2; i < position.length; i += 3) { low = Math.min(low, position[i]!); high = Math.max(high, position[i]!) }
    expect(low).toBe(0)
    expect(high).toBeCloseTo(1.755, 1)
    expect(new Set(bone).size).toBe(10)
    expect(Math.max(...part)).toBeLessThanOrEqual(BodyPart.phone)
    let outwards = 0, triangles = 0
    for (let i = 0; i < index.length; i += 3) {
      const [a, b, c] = [index[i]! * 3, index[i + 1]! * 3, index[i + 2]! * 3]
      const edge = (p: number, q: number, k: number): number => position[q + k]! - position[p + k]!
      const face = [0, 1, 2].map(k => edge(a, b, (k + 1) % 3) * edge(a, c, (k + 2) % 3) - edge(a, b, (k + 2) % 3) * edge(a, c, (k + 1) % 3))
      const along = face[0]! * normal[a]! + face[1]! * normal[a + 1]! + face[2]! * normal[a + 2]!
      triangles++
      if (along >= 0) outwards++
    }
    expect(outwards / triangles).toBeGreaterThan(0.97)
  }
  expect(Bone.head).toBe(9)
})

test('100,000 people take 16 bytes each and snapshot', () => {
  const { min, median, checksum } = measurePeopleFrames(100_000, 24)
  console.log(`100,000 people: min ${min.toFixed(2)}, median ${median.toFixed(2)} ms of JavaScript a frame, not warmed up; see bench/agentFrames.ts`)
  expect(checksum).toBe(Math.ceil(100_000 / 1024) * 1024 * 4 * 25)
}, 60_000)
