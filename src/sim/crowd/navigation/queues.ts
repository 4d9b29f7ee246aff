import { CrowdCount, Mode, type Crowd } from '../crowd'
import { QUEUE_REACH } from './createNavigation'
import { StageKind } from './navigationTables'
import { nextStage, stageOf } from './stages'

/** Who comes so near to the end of a queue, m, has joined it. */
const JOIN_REACH = 0.8
/** Who is so near to the line, m, goes along it. */
const AT_LINE = 1
/** Service begins when the first is within so many spacings of their slot: they step up while they are being served. */
const SERVED_WITHIN = 1.5

/** Alone: queues, one person a slot, first come first served: joins, services, and everybody moves up. */
export function serveQueues(crowd: Crowd): void {
  const { queues } = crowd.navigation
  for (let queue = 0; queue < queues.rows; queue++) {
    serve(crowd, queue)
    join(crowd, queue)
  }
}

function serve(crowd: Crowd, queue: number): void {
  const { navigation: { queues, slots, intents }, persons, counts, input } = crowd
  const tick = counts[CrowdCount.tick]
  const time = tick * input.dt
  const first = queues.slotFirst[queue]
  let kept = 0
  for (let at = 0; at < queues.persons[queue]; at++) {
    const walker = slots.walker[first + at]
    if (intents.slot[walker] < 0 || stageKind(crowd, walker) !== StageKind.queue) continue
    if (time >= intents.serviceEnd[walker] - input.dt / 2) {
      nextStage(crowd, walker, queues.floor[queue], persons.progressX[walker], persons.progressY[walker], tick)
      continue
    }
    slots.walker[first + kept] = walker
    const near = queues.spacing[queue] * SERVED_WITHIN
    if (kept < queues.servers[queue] && intents.serviceEnd[walker] === Infinity && persons.remaining[walker] < near)
      intents.serviceEnd[walker] = time + queues.service[queue]
    setSlot(crowd, queue, walker, kept++)
  }
  for (let at = kept; at < queues.persons[queue]; at++) slots.walker[first + at] = -1
  queues.persons[queue] = kept
}

function join(crowd: Crowd, queue: number): void {
  const { navigation, now, persons, cellFirst, input } = crowd
  const { queues, slots, queueCells, intents } = navigation
  const target = input.space.goals.length + queue
  for (;;) {
    const end = queues.slotFirst[queue] + Math.min(queues.persons[queue], queues.slots[queue] - 1)
    const hasRoom = queues.persons[queue] < queues.slots[queue]
    let best = -1
    let nearest = JOIN_REACH * JOIN_REACH
    for (let k = queueCells.first[queue]; k < queueCells.first[queue + 1]; k++)
      for (let row = cellFirst[queueCells.cell[k]]; row < cellFirst[queueCells.cell[k] + 1]; row++) {
        const walker = now.walker[row]
        if (persons.goal[walker] !== target || intents.slot[walker] >= 0 || now.floor[row] !== queues.floor[queue] || stageKind(crowd, walker) !== StageKind.queue) continue
        const dx = now.x[row] - slots.x[end]
        const dy = now.y[row] - slots.y[end]
        const square = dx * dx + dy * dy
        if (square < QUEUE_REACH * QUEUE_REACH || persons.remaining[walker] < AT_LINE) {
          // Near, or at the line where nobody stands yet: straight to the end. If it is full, one waits behind it.
          intents.targetX[walker] = slots.x[end]
          intents.targetY[walker] = slots.y[end]
          if (!hasRoom) persons.mode[walker] = Mode.held
        }
        if (square < nearest || (square === nearest && walker < best)) { nearest = square; best = walker }
      }
    if (best < 0 || !hasRoom) return
    slots.walker[queues.slotFirst[queue] + queues.persons[queue]] = best
    setSlot(crowd, queue, best, queues.persons[queue]++)
  }
}

function setSlot({ navigation: { queues, slots, intents }, persons }: Crowd, queue: number, walker: number, slot: number): void {
  intents.slot[walker] = slot
  intents.targetX[walker] = slots.x[queues.slotFirst[queue] + slot]
  intents.targetY[walker] = slots.y[queues.slotFirst[queue] + slot]
  persons.mode[walker] = Mode.queued
}

function stageKind(crowd: Crowd, walker: number): number {
  const stage = stageOf(crowd, walker)
  return stage < 0 ? -1 : crowd.navigation.stages.kind[stage]
}
