import type { NetworkSpec } from './networkSpec'

/** Cells along each side of the square that the curve fills. */
const SIDE = 1 << 15

/**
 * The same network with its nodes in order along a space-filling curve and its links in order of the node where they
 * end: what is near in the city is near in the tables, and stretches of links make compact domains.
 */
export function orderSpec(spec: NetworkSpec): NetworkSpec {
  const { nodes, links, turns, bans } = spec
  let [west, south, side] = [Infinity, Infinity, 1]
  for (const { x, y } of nodes) { west = Math.min(west, x); south = Math.min(south, y) }
  for (const { x, y } of nodes) side = Math.max(side, x - west, y - south)
  const scale = (SIDE - 1) / side
  const along = nodes.map(({ x, y }) => hilbert(Math.floor((x - west) * scale), Math.floor((y - south) * scale)))
  const nodeOrder = [...nodes.keys()].sort((a, b) => along[a] - along[b] || a - b)
  const nodeRow = rowsOf(nodeOrder)
  const linkOrder = [...links.keys()].sort((a, b) => nodeRow[links[a].to] - nodeRow[links[b].to] || a - b)
  const linkRow = rowsOf(linkOrder)
  return {
    nodes: nodeOrder.map(row => nodes[row]),
    links: linkOrder.map(row => ({ ...links[row], from: nodeRow[links[row].from], to: nodeRow[links[row].to] })),
    bans: bans.map(ban => ({ ...ban, from: linkRow[ban.from], to: linkRow[ban.to] })),
    ...(turns ? { turns: turns.map(turn => ({ ...turn, from: linkRow[turn.from], to: linkRow[turn.to] })) } : {}),
  }
}

/** New row of each old one. */
function rowsOf(order: readonly number[]): number[] {
  const rows: number[] = []
  for (const [row, old] of order.entries()) rows[old] = row
  return rows
}

/** Distance along the Hilbert curve of a square of SIDE x SIDE cells. Source: Hamilton (2006), Compact Hilbert Indices, Dalhousie CS-2006-07. */
function hilbert(column: number, row: number): number {
  let [x, y, distance] = [column, row, 0]
  for (let half = SIDE >> 1; half > 0; half >>= 1) {
    const right = (x & half) > 0 ? 1 : 0
    const upper = (y & half) > 0 ? 1 : 0
    distance = distance * 4 + ((3 * right) ^ upper)
    if (upper === 0) {
      if (right === 1) { x = SIDE - 1 - x; y = SIDE - 1 - y }
      [x, y] = [y, x]
    }
  }
  return distance
}
