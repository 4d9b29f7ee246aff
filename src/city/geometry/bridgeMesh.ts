import { LinkFlag, type Network } from '../../sim'
import { heightAt, type HeightField } from './heightField'
import { growingFloat, growingIndex, sphereOf, type GrowingArray, type MeshData } from './meshData'
import { readLine, tangentAt, type Line } from './polyline'
import { indexRoads, linkWidths, standOffGround, type RoadIndex } from './roadIndex'
import { tileCentre, tileKey } from './tiles'

export interface StructureTile { readonly key: string; readonly mesh: MeshData }

const DECK = 1.5, PARAPET = 0.95, WALL = 0.3 // m
const PILLAR_SPACING = 34, PILLAR_HEIGHT_MIN = 3.5 // m
const RAISED = 2.2 // m above the ground, from where on a road counts as a bridge whatever its tags say

/** Deck sides, parapets and pillars of all raised roads, as plain triangles shaded by their faces. */
export function buildStructures(network: Network, ground: HeightField): StructureTile[] {
  const { links, points } = network
  const widths = linkWidths(network)
  const roads = indexRoads(network)
  const off = standOffGround(network)
  const tiles = new Map<string, { position: GrowingArray<Float32Array>; index: GrowingArray<Uint32Array>; centre: [number, number] }>()
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & LinkFlag.tunnel || links.pointCount[link]! < 2) continue
    const line = readLine(points, links.pointFirst[link]!, links.pointCount[link]!, 22)
    if (line.x.length < 2) continue
    const raised = Array.from(line.x, (x, i) => line.z[i]! - heightAt(ground, x, line.y[i]!))
    const isBridge = (links.flags[link]! & LinkFlag.bridge) !== 0
    if (!isBridge && (off[link] === 0 || Math.max(...raised) < RAISED)) continue
    const key = tileKey(line.x[line.x.length >> 1]!, line.y[line.x.length >> 1]!)
    let tile = tiles.get(key)
    if (!tile) tiles.set(key, tile = { position: growingFloat(), index: growingIndex(), centre: tileCentre(key) })
    const shape = { ...tile, half: widths[link]! / 2 }
    addSide(shape, line, raised, roads, link, 1, isBridge)
    addSide(shape, line, raised, roads, link, -1, isBridge)
    addPillars(shape, line, ground, roads, link)
  }
  return [...tiles].map(([key, { position, index, centre }]) => {
    const array = position.take()
    return {
      key,
      mesh: {
        attributes: { position: { array, itemSize: 3 } }, index: index.take(), origin: [centre[0], centre[1], 0] as const, scale: 1,
        sphere: sphereOf(array, 3, array.length / 3, 1), triangles: index.length / 3,
      },
    }
  })
}

interface Shape { readonly position: GrowingArray<Float32Array>; readonly index: GrowingArray<Uint32Array>; readonly centre: readonly [number, number]; readonly half: number }

/** The profile of one edge of the deck, swept along: underside, outer face, top of the parapet, inner face. */
function addSide(out: Shape, line: Line, raised: readonly number[], roads: RoadIndex, link: number, side: 1 | -1, isBridge: boolean): void {
  const profile = [[-0.9, -DECK], [0.25, -DECK * 0.7], [0.25, PARAPET], [0.25 - WALL, 0]] as const
  let before = -1
  for (let i = 0; i < line.x.length; i++) {
    const [tx, ty, mitre] = tangentAt(line, i)
    const ex = -ty * side, ey = tx * side
    const x = line.x[i]! + ex * out.half * mitre, y = line.y[i]! + ey * out.half * mitre, z = line.z[i]!
    let inside = !isBridge && raised[i]! < RAISED
    if (!inside) roads.covers(x, y, -0.2, (other, height) => { if (other !== link && Math.abs(height - z) < 1.6) inside = true })
    if (inside) { before = -1; continue }
    const base = out.position.length / 3
    for (const [outwards, up] of profile) out.position.push(x + ex * outwards - out.centre[0], y + ey * outwards - out.centre[1], z + up)
    if (before >= 0) {
      for (let k = 0; k < profile.length - 1; k++) {
        const a = before + k, b = base + k
        if (side > 0) out.index.push(a, b + 1, b, a, a + 1, b + 1)
        else out.index.push(a, b, b + 1, a, b + 1, a + 1)
      }
    }
    before = base
  }
}

function addPillars(out: Shape, line: Line, ground: HeightField, roads: RoadIndex, link: number): void {
  const length = line.along.at(-1)!
  const count = Math.max(1, Math.round(length / PILLAR_SPACING))
  let i = 0
  for (let k = 0; k < count; k++) {
    const wanted = ((k + 0.5) * length) / count
    while (i < line.x.length - 2 && line.along[i + 1]! < wanted) i++
    const span = line.along[i + 1]! - line.along[i]! || 1
    const t = (wanted - line.along[i]!) / span
    const x = line.x[i]! + (line.x[i + 1]! - line.x[i]!) * t, y = line.y[i]! + (line.y[i + 1]! - line.y[i]!) * t
    const top = line.z[i]! + (line.z[i + 1]! - line.z[i]!) * t - DECK * 0.6
    const bottom = heightAt(ground, x, y) - 1
    if (top - bottom < PILLAR_HEIGHT_MIN) continue
    let blocked = false
    roads.covers(x, y, 1.4, (other, height) => { if (other !== link && height < top - 2) blocked = true })
    if (blocked) continue
    const tx = (line.x[i + 1]! - line.x[i]!) / span, ty = (line.y[i + 1]! - line.y[i]!) / span
    const wide = Math.min(out.half * 0.8, 5)
    box(out, x, y, bottom, top - 1.2, tx, ty, 0.9, out.half > 6 ? Math.min(2.2, wide) : 0.9)
    box(out, x, y, top - 1.4, top, tx, ty, 0.9, out.half * 0.86)
  }
}

/** Four walls and a lid, turned along tx, ty. */
function box(out: Shape, x: number, y: number, z0: number, z1: number, tx: number, ty: number, halfLong: number, halfWide: number): void {
  const base = out.position.length / 3
  for (const z of [z0, z1]) {
    for (const [u, v] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
      out.position.push(x + tx * u * halfLong - ty * v * halfWide - out.centre[0], y + ty * u * halfLong + tx * v * halfWide - out.centre[1], z)
    }
  }
  for (let k = 0; k < 4; k++) {
    const n = (k + 1) % 4
    out.index.push(base + k, base + n, base + n + 4, base + k, base + n + 4, base + k + 4)
  }
}
