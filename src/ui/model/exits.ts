/** A way out of a walk space as planners name it: all doors of a metro line are one, and all ways to the street. */
export interface ExitUse { readonly kind: 'train' | 'street' | 'taxi' | 'other'; readonly name: string; readonly persons: number }

/** Sums goals "area/door:4:f:3", "area/portal:7", "area/taxi" by the way that they lead to; most used first. */
export function exitUse(exits: readonly { readonly goal: string; readonly persons: number }[]): ExitUse[] {
  const uses = new Map<string, ExitUse>()
  for (const { goal, persons } of exits) {
    const own = goal.slice(goal.indexOf('/') + 1)
    const [what = '', line = ''] = own.split(':')
    const kind = what === 'door' ? 'train' : what === 'portal' ? 'street' : what === 'taxi' ? 'taxi' : 'other'
    const name = kind === 'train' ? line.replace(/^0/, '') : kind === 'other' ? own : ''
    const key = `${kind} ${name}`
    uses.set(key, { kind, name, persons: (uses.get(key)?.persons ?? 0) + persons })
  }
  return [...uses.values()].sort((a, b) => b.persons - a.persons || (a.kind + a.name < b.kind + b.name ? -1 : 1))
}
