/** What an edit holds, as far as another may get in its way. */
export type Role = 'weather' | 'plan' | 'headway' | 'limit' | 'works' | 'signals' | 'shut' | 'event' | 'estate'

/** An edit while it holds: on links by row, or on something by name. */
export interface Held {
  /** Place in the document. */
  readonly at: number
  readonly role: Role
  /** s of the day. */
  readonly from: number
  readonly to: number
  readonly on: Iterable<number | string>
}

const partners: { readonly [role in Role]: readonly Role[] } = {
  weather: ['weather'], plan: ['plan'], headway: ['headway'], limit: ['limit', 'shut'], works: ['works', 'shut'], signals: ['shut'],
  shut: ['shut', 'limit', 'works', 'signals', 'event', 'estate'], event: ['shut'], estate: ['shut'],
}

/** Others that are told of one edit at most: of a hundred edits of one road nobody reads all pairs. */
const TOLD_MOST = 10

/**
 * Pairs that hold on the same thing at the same time, each once, the later of the document first and in its order.
 * A sweep over time for each thing: what it takes grows with the document, not with its square.
 */
export function meetings(held: readonly Held[]): (readonly [Held, Held])[] {
  /** By thing and role: those that hold, and some that no longer do. */
  const open = new Map<number | string, Partial<Record<Role, Held[]>>>()
  const met: (readonly [Held, Held])[] = []
  for (const own of held.toSorted((a, b) => a.from - b.from || a.at - b.at)) {
    const told = new Set<number>()
    for (const thing of own.on) {
      const here = open.get(thing) ?? {}
      open.set(thing, here)
      for (const role of partners[own.role]) {
        const others = here[role] ?? []
        for (let at = 0; at < others.length && told.size < TOLD_MOST;) {
          const other = others[at]!
          if (other.to <= own.from) {
            others[at] = others.at(-1)!
            others.pop()
            continue
          }
          at++
          if (other.at === own.at || told.has(other.at)) continue
          told.add(other.at)
          met.push(own.at > other.at ? [own, other] : [other, own])
        }
      }
      (here[own.role] ??= []).push(own)
    }
  }
  return met.sort(([a, b], [c, d]) => a.at - c.at || b.at - d.at)
}
