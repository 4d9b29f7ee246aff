/**
 * Where people walk in two dimensions. Plan coordinates, x east and y north, m, of one system for all floors: floors
 * that lie above each other overlap in plan, and stairs between them lie where they lie. This is a document: named,
 * checked and compiled into tables by `createCrowd`; the city pack and the scenario hold walk spaces as they are.
 */
export interface WalkSpace {
  readonly floors: readonly Floor[]
  readonly joins: readonly Join[]
  readonly barriers: readonly Barrier[]
  readonly gates: readonly Gate[]
  readonly queues: readonly Queue[]
  readonly lifts: readonly Lift[]
  readonly goals: readonly Goal[]
}

export type Point = readonly [x: number, y: number]

/** One connected surface. Every edge of its outlines is a wall but for the stretches that joins open. */
export interface Floor {
  readonly id: string
  /** Height of the surface above sea level, m; of slopes, that of their lower end. */
  readonly height: number
  /** Rings, even-odd: the outer edge, then holes such as columns and kiosks. */
  readonly outlines: readonly (readonly Point[])[]
  readonly surface: 'level' | 'stairs' | 'escalator' | 'ramp'
  /** Of slopes: plan direction of ascent, from the middle of the lower end to the middle of the upper, and what is gained between, m. */
  readonly ascent?: { readonly from: Point; readonly to: Point; readonly rise: number }
  /** Of escalators: speed along the slope, m/s, positive upwards. Nobody walks against it. */
  readonly belt?: number
  /** Cell of flow fields, m: 0.25 where it is narrow, 0.5 on squares. */
  readonly cell: number
  /** m that people keep from who stands ahead of them and goes the same way, beyond what bodies need: nobody presses; absent = nothing. Not in openings to other floors. */
  readonly orderly?: number
  /** How many times longer than it takes a walk on this floor counts where ways are chosen, 1 and more; absent = 1. Above 1 people leave it by a nearer way out. */
  readonly reluctance?: number
  /** m that people keep from walls where they need not go near: of open ground; absent = 0. */
  readonly berth?: number
}

/** A straight edge that two floors share and that people cross: foot or head of a stair, a door between two rooms. */
export interface Join {
  readonly id: string
  readonly floors: readonly [string, string]
  readonly line: readonly [Point, Point]
}

/** A line on a floor that nobody crosses, or in one direction only; changes close and open it during the run. */
export interface Barrier {
  readonly id: string
  readonly floor: string
  readonly line: readonly Point[]
  /** Who crosses while it stands: nobody; those who have the line's first point on their left hand; right hand. */
  readonly lets: 'none' | 'firstOnLeft' | 'firstOnRight'
  readonly closed: boolean
}

/**
 * A line where people are let through one by one: turnstiles, bag checks, ticket readers, doors of a train. Elsewhere
 * along its line there is a barrier.
 */
export interface Gate {
  readonly id: string
  readonly floor: string
  readonly line: readonly [Point, Point]
  /** Lanes side by side, evenly along the line; each is as wide as its share of the line. */
  readonly lanes: number
  /** s that one person keeps a lane. */
  readonly service: number
  readonly lets: 'both' | 'firstOnLeft' | 'firstOnRight'
  readonly open: boolean
  /** false: it is not there until a change says that it stands; whoever comes walks on, and nobody is held. */
  readonly stands?: false
}

/** A waiting line with one person a slot: slot 0 at its head, `spacing` apart along the line. Servers take from the head. */
export interface Queue {
  readonly id: string
  readonly floor: string
  readonly line: readonly Point[]
  /** m between slots. */
  readonly spacing: number
  readonly servers: number
  /** s of service a person. */
  readonly service: number
}

/** A lift: it stops at its landings in turn, takes who waits there and wants to go to one of the others. */
export interface Lift {
  readonly id: string
  readonly landings: readonly { readonly floor: string; readonly area: readonly Point[] }[]
  readonly capacity: number
  /** s with open doors at a landing, and s of travel between neighbouring landings. */
  readonly doorTime: number
  readonly travelTime: number
}

/**
 * Where people go or come from: a line (two points: a door, an exit) or an area (a ring). `exit`: whoever reaches it
 * has left the walk space; `area`: one stays there as long as the journey says.
 */
export interface Goal {
  readonly id: string
  readonly floor: string
  readonly shape: readonly Point[]
  readonly kind: 'exit' | 'area'
  /** s between two persons that leave here, by metre of its line; 0 = as they come. */
  readonly service?: number
  readonly open: boolean
  /** How many it takes before it is full; absent = any number. Changed during the run by what lies behind it (a train, a footway). */
  readonly room?: number
}
