import type { NetworkIndex } from './networkIndex'
import type { Network } from './networkTables'

/**
 * Parts of the network that can be worked on apart: a domain owns consecutive links, their lanes and the turns that leave
 * them, and with them all that meets at the nodes where its links end. There are as many as the network has room for,
 * however many threads share them, so that results cannot depend on threads.
 */
export interface Domains {
  readonly count: number
  /** First row of each domain, and the end of the last. */
  readonly linkFirst: Int32Array
  readonly laneFirst: Int32Array
  readonly turnFirst: Int32Array
  /** First and end of a domain's lanes, then of its turns, as paths: four a domain, for whoever goes through all of its paths. */
  readonly stretches: Int32Array
  /** Domain of a path. */
  readonly ofPath: Uint8Array
}

const DOMAINS_MAX = 32
/** Fewer lane metres than this are not worth a domain of their own. */
const METRES_MIN = 20000

/**
 * Cuts the links into consecutive domains of about equal lane metres. Links that end at one node, and those whose turns
 * cross or merge, stay together; in a network whose links are not ordered by place that leaves one domain.
 */
export function cutDomains(network: Network, index: Pick<NetworkIndex, 'mergeFirst' | 'mergeOther' | 'crossFirst' | 'crossOther' | 'pathRows' | 'laneRows'>): Domains {
  const { links, lanes, turns, nodes } = network
  // A cut before link r is open where nothing reaches from before r to r or beyond.
  const reach = Int32Array.from({ length: links.rows }, (_, link) => link)
  const join = (a: number, b: number): void => {
    const [low, high] = a < b ? [a, b] : [b, a]
    if (reach[low] < high) reach[low] = high
  }
  const firstIn = new Int32Array(nodes.rows).fill(-1)
  for (let link = 0; link < links.rows; link++) {
    const node = links.toNode[link]
    if (firstIn[node] < 0) firstIn[node] = link
    join(firstIn[node], link)
  }
  const together = (first: Int32Array, other: Int32Array): void => {
    for (let turn = 0; turn < turns.rows; turn++)
      for (let at = first[turn]; at < first[turn + 1]; at++) join(lanes.link[turns.fromLane[turn]], lanes.link[turns.fromLane[other[at]]])
  }
  together(index.mergeFirst, index.mergeOther)
  // Those who enter one lane agree on their order.
  const firstInto = new Int32Array(lanes.rows).fill(-1)
  for (let turn = 0; turn < turns.rows; turn++) {
    const [from, into] = [lanes.link[turns.fromLane[turn]], turns.toLane[turn]]
    if (firstInto[into] < 0) firstInto[into] = from
    join(firstInto[into], from)
  }
  together(index.crossFirst, index.crossOther)
  const metres = Float64Array.from({ length: links.rows }, (_, link) => links.length[link] * links.laneCount[link])
  const total = metres.reduce((sum, each) => sum + each, 0)
  const wanted = Math.max(1, Math.min(DOMAINS_MAX, Math.floor(total / METRES_MIN)))
  const linkFirst = [0]
  let end = 0
  let sum = 0
  for (let link = 0; link < links.rows; link++) {
    if (link > end && sum >= (total * linkFirst.length) / wanted) linkFirst.push(link)
    sum += metres[link]
    if (reach[link] > end) end = reach[link]
  }
  linkFirst.push(links.rows)
  const count = linkFirst.length - 1
  const laneFirst = Int32Array.from(linkFirst, link => (link < links.rows ? links.laneFirst[link] : lanes.rows))
  // Turns are sorted by the lane that they leave.
  let turn = 0
  const turnFirst = Int32Array.from(laneFirst, lane => {
    while (turn < turns.rows && turns.fromLane[turn] < lane) turn++
    return turn
  })
  const ofPath = new Uint8Array(index.pathRows)
  const stretches = new Int32Array(4 * count)
  for (let domain = 0; domain < count; domain++) {
    stretches.set([laneFirst[domain], laneFirst[domain + 1], index.laneRows + turnFirst[domain], index.laneRows + turnFirst[domain + 1]], 4 * domain)
    for (let at = 4 * domain; at < 4 * domain + 4; at += 2) ofPath.fill(domain, stretches[at], stretches[at + 1])
  }
  return { count, linkFirst: Int32Array.from(linkFirst), laneFirst, turnFirst, stretches, ofPath }
}
