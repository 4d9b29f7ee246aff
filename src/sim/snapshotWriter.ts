import { EMPTY_SLOT, type Snapshot, type SnapshotLayout } from './snapshot'
import { peopleEngine } from './people/peopleEngine'
import { Direction } from './network/networkTables'
import { SlotFlag } from './traffic/vehicleTable'
import { Count, type World } from './world'

export function snapshotLayout(world: World): SnapshotLayout {
  return { capacity: world.capacity, links: world.links.rows, groups: world.signals.state.length, people: world.people?.input.persons.rows ?? 0 }
}

/** Writes what is to be drawn of this tick; see `Snapshot` for the layout. Reads the world and changes nothing in it. */
export function writeSnapshot(world: World, snapshot: Snapshot): void {
  const { slots, cells, index, counts, tick, input, measures, signals } = world
  const { head, path, state } = snapshot
  head[0] |= 1
  const used = counts[Count.slotsUsed]
  const { pathLength, laneRows } = index
  const { direction } = input.network.turns
  const waitTicks = 60 / input.dt
  for (let slot = 0; slot < used; slot++) {
    if (slots.trip[slot] < 0) {
      path[slot] = EMPTY_SLOT
      state[slot] = 0
      continue
    }
    const cell = slots.cell[slot]
    const on = slots.path[slot]
    path[slot] = on
    let share = cells.position[cell] / pathLength[on]
    share = share < 0 ? 0 : share > 1 ? 1 : share
    let speed = Math.round(cells.speed[cell] * 4)
    if (speed > 255) speed = 255
    let bits = Math.round(share * 65535) | (speed << 16) | (slots.class[slot] << 24)
    if (cells.acceleration[cell] < -0.8 || cells.speed[cell] < 0.2) bits |= 1 << 27
    const turn = on >= laneRows ? on - laneRows : slots.nextTurn[slot]
    const near = on >= laneRows || pathLength[on] - cells.position[cell] < 60
    let left = (slots.flags[slot] & SlotFlag.left) !== 0
    let right = (slots.flags[slot] & SlotFlag.right) !== 0
    if (turn >= 0 && near) {
      if (direction[turn] === Direction.left || direction[turn] === Direction.uTurn) left = true
      else if (direction[turn] === Direction.right) right = true
    }
    if (left) bits |= 1 << 28
    else if (right) bits |= 1 << 29
    if (slots.standSince[slot] >= 0 && tick - slots.standSince[slot] > waitTicks) bits |= 1 << 30
    state[slot] = bits
  }
  // Slots beyond those in use were never written, unless the buffer showed another run before.
  const before = head[2]
  for (let slot = used; slot < before; slot++) path[slot] = EMPTY_SLOT
  if (head[0] === 1) path.fill(EMPTY_SLOT, used)
  const { links } = input.network
  const { live } = measures
  for (let link = 0; link < links.rows; link++) {
    const speed = live.speed[link]
    snapshot.linkSpeed[link] = speed < 0 ? 255 : Math.min(254, Math.round((254 * speed) / links.speedLimit[link]))
    snapshot.linkQueue[link] = live.queue[link] > 255 ? 255 : live.queue[link]
  }
  snapshot.groupState.set(signals.state)
  if (world.people && snapshot.people) peopleEngine().write(world.people, snapshot.people, tick)
  head[1] = tick
  head[2] = used
  head[3] = counts[Count.running]
  head[4] = links.rows
  head[5] = signals.state.length
  head[0] = (head[0] + 1) & 0x7ffffffe
}
