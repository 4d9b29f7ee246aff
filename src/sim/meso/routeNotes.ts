import type { GivenRoutes, WorldInput } from '../worldTypes'
import { HOP } from './hopPool'
import { Slot, SLOT_BYTES } from './mesoTables'
import { MesoCount, type MesoWorld } from './mesoWorld'

/** Notes the route on which each trip sets out: `note` after every step, then `routes`; those of whom it never saw are empty. */
export function routeNotes({ trips }: WorldInput): { note: (world: MesoWorld) => void; routes: () => GivenRoutes } {
  const at = new Int32Array(trips.rows).fill(-1)
  const count = new Int32Array(trips.rows)
  let links = new Int32Array(32 * trips.rows + 1024)
  let used = 0
  const add = (link: number): void => {
    if (used === links.length) {
      const more = new Int32Array(2 * used)
      more.set(links)
      links = more
    }
    links[used++] = link
  }
  return {
    note({ slots: { i32 }, pool: { hops }, index: { nextLink }, counts }) {
      const end = counts[MesoCount.slotsUsed] * (SLOT_BYTES / 4)
      for (let slot = 0; slot < end; slot += SLOT_BYTES / 4) {
        const row = i32[slot + Slot.trip]
        if (row < 0 || at[row] >= 0) continue
        at[row] = used
        add(trips.originLink[row])
        for (let hop = i32[slot + Slot.route]; hops[hop] >= 0; hop += HOP) add(nextLink[hops[hop]])
        count[row] = used - at[row]
      }
    },
    routes() {
      const first = new Int32Array(trips.rows + 1)
      const link = new Int32Array(used)
      for (let row = 0; row < trips.rows; row++) {
        link.set(links.subarray(at[row], at[row] + count[row]), first[row])
        first[row + 1] = first[row] + count[row]
      }
      return { first, link }
    },
  }
}
