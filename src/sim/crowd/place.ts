import { stirredNext } from './calm'
import { Away, CrowdCount, Mode, type BodyTable, type Crowd } from './crowd'
import { WalkerState } from './crowdTypes'

/** Ticks between two looks at who walks where. */
const HEADINGS_TICKS = 4

/** Together, after walking: notes which bodies of a domain leave it, for which domain or for good. */
export function collect(crowd: Crowd, domain: number): void {
  const { mail, next, index: { domainOf, domains } } = crowd
  const from = mail.first[domain]
  const to = mail.first[domain + 1]
  const counts = domain * domains
  mail.count.fill(0, counts, counts + domains)
  const stirs = stirredNext(crowd)
  let posted = 0
  let away = 0
  for (let row = from; row < to; row++) {
    const cell = next.cell[row]
    if (cell < 0) {
      crowd.stir[stirs + crowd.now.cell[row]] = 1
      away++
      continue
    }
    const other = domainOf[cell]
    if (other === domain) continue
    mail.row[from + posted++] = row
    mail.count[counts + other] += 1
  }
  mail.posted[domain] = posted
  mail.away[domain] = away
}

/** Alone: writes down who left, in order, and where the bodies of each domain will lie. */
export function beginPlacing(crowd: Crowd): void {
  const { mail, counts, next, persons, left, index: { domains, domainOf } } = crowd
  const tick = counts[CrowdCount.tick]
  const { first, nextFirst } = mail
  const door = domains * domains
  mail.count.fill(0, door, door + domains)
  const bodies = first[domains]
  const entering = counts[CrowdCount.entering]
  for (let row = bodies; row < bodies + entering; row++) mail.count[door + domainOf[next.cell[row]]] += 1
  for (let domain = 0; domain < domains; domain++) {
    for (let row = first[domain], rest = mail.away[domain]; rest > 0; row++) {
      if (next.cell[row] >= 0) continue
      rest--
      const walker = next.walker[row]
      if (next.cell[row] === Away.left) {
        const at = counts[CrowdCount.left]++
        left.walker[at] = walker
        left.goal[at] = persons.leftAt[walker]
        left.tick[at] = tick
        persons.leaveTick[walker] = tick
        persons.state[walker] = WalkerState.left
      } else {
        persons.state[walker] = WalkerState.inLift
        counts[CrowdCount.inLift]++
      }
      counts[CrowdCount.inside]--
    }
  }
  let at = 0
  for (let domain = 0; domain < domains; domain++) {
    nextFirst[domain] = at
    at += first[domain + 1] - first[domain] - mail.posted[domain] - mail.away[domain]
    for (let from = 0; from <= domains; from++) at += mail.count[from * domains + domain]
  }
  nextFirst[domains] = at
  crowd.cellFirst[crowd.index.cells] = at
}

/** Together: lays the bodies of a domain into `now`, sorted by cell: those that stay, then those that come by domain of origin, then those that appear. */
export function placeBodies(crowd: Crowd, domain: number): void {
  const { mail, now, next, index: { domains, domainFirst, domainOf }, cellFirst, cellCursor, counts } = crowd
  const { first, nextFirst } = mail
  const cellFrom = domainFirst[domain]
  const cellTo = domainFirst[domain + 1]
  if (nextFirst[domain] === nextFirst[domain + 1]) {
    cellFirst.fill(nextFirst[domain], cellFrom, cellTo)
    if (counts[CrowdCount.tick] % HEADINGS_TICKS === 0) crowd.facing.fill(0, 2 * cellFrom, 2 * cellTo)
    return
  }
  const bodies = first[domains]
  const bodiesEnd = bodies + counts[CrowdCount.entering]
  const { cell } = next
  // Cursors are 0 outside this function: only cells from the first to the last with a body are looked at, for most are empty.
  let low = cellTo
  let high = cellFrom
  for (let row = first[domain]; row < first[domain + 1]; row++) {
    const at = cell[row]
    if (at < cellFrom || at >= cellTo) continue
    cellCursor[at] += 1
    if (at < low) low = at
    if (at > high) high = at
  }
  for (let from = 0; from < domains; from++) {
    if (mail.count[from * domains + domain] === 0) continue
    for (let at = first[from]; at < first[from] + mail.posted[from]; at++) {
      const to = cell[mail.row[at]]
      if (domainOf[to] !== domain) continue
      cellCursor[to] += 1
      if (to < low) low = to
      if (to > high) high = to
    }
  }
  const some = mail.count[domains * domains + domain] > 0
  if (some) for (let row = bodies; row < bodiesEnd; row++) {
    const at = cell[row]
    if (domainOf[at] !== domain) continue
    cellCursor[at] += 1
    if (at < low) low = at
    if (at > high) high = at
  }

  let place = nextFirst[domain]
  cellFirst.fill(place, cellFrom, low)
  for (let at = low; at <= high; at++) {
    cellFirst[at] = place
    place += cellCursor[at]
    cellCursor[at] = cellFirst[at]
  }
  cellFirst.fill(place, high + 1, cellTo)
  for (let row = first[domain]; row < first[domain + 1]; row++)
    if (cell[row] >= cellFrom && cell[row] < cellTo) copyBody(next, row, now, cellCursor[cell[row]]++)
  for (let from = 0; from < domains; from++) {
    if (mail.count[from * domains + domain] === 0) continue
    for (let at = first[from]; at < first[from] + mail.posted[from]; at++) {
      const row = mail.row[at]
      if (domainOf[cell[row]] === domain) copyBody(next, row, now, cellCursor[cell[row]]++)
    }
  }
  if (some) for (let row = bodies; row < bodiesEnd; row++) if (domainOf[cell[row]] === domain) copyBody(next, row, now, cellCursor[cell[row]]++)
  cellCursor.fill(0, low, high + 1)
  if (counts[CrowdCount.tick] % HEADINGS_TICKS !== 0) return
  const { facing, persons } = crowd
  facing.fill(0, 2 * cellFrom, 2 * cellTo)
  for (let row = nextFirst[domain]; row < place; row++) {
    if (persons.mode[now.walker[row]] !== Mode.walking) continue
    const at = 2 * now.cell[row]
    facing[at] += now.headingX[row]
    facing[at + 1] += now.headingY[row]
  }
}

export function copyBody(from: BodyTable, row: number, to: BodyTable, at: number): void {
  to.x[at] = from.x[row]
  to.y[at] = from.y[row]
  to.headingX[at] = from.headingX[row]
  to.headingY[at] = from.headingY[row]
  to.speed[at] = from.speed[row]
  to.freeSpeed[at] = from.freeSpeed[row]
  to.radius[at] = from.radius[row]
  to.walker[at] = from.walker[row]
  to.floor[at] = from.floor[row]
  to.cell[at] = from.cell[row]
}

/** Alone, at the end of a tick: what will be is. */
export function endPlacing(crowd: Crowd): void {
  const { mail, counts, next, enterHead, index: { domains } } = crowd
  const bodies = mail.first[domains]
  for (let row = bodies; row < bodies + counts[CrowdCount.entering]; row++) enterHead[next.cell[row]] = -1
  counts[CrowdCount.updates] += bodies
  counts[CrowdCount.entering] = 0
  mail.first.set(mail.nextFirst)
  for (let domain = 0; domain < domains; domain++) mail.load[domain] = mail.first[domain + 1] - mail.first[domain]
}
