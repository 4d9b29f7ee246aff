/**
 * Keyed random draws: a draw is a pure function of who draws, why and when, so that one more bus shifts nobody
 * else's luck and a saved run needs no generator state.
 *
 * The mixer is the finaliser of MurmurHash3 (Appleby, public domain), chained over the four keys; 32-bit integer
 * arithmetic only, hence the same on every engine.
 */
export function hash4(seed: number, purpose: number, id: number, tick: number): number {
  return mix(drawKey(seed, purpose, id) ^ Math.imul(tick | 0, 0x27d4eb2f)) >>> 0
}

/** What the draws of one id for one purpose have in common; of who draws often it is kept. */
export function drawKey(seed: number, purpose: number, id: number): number {
  let h = mix((seed | 0) ^ 0x9e3779b9)
  h = mix(h ^ Math.imul(purpose | 0, 0x85ebca6b))
  return mix(h ^ Math.imul(id | 0, 0xc2b2ae35))
}

/** The number that `uniform` draws at a tick, from its key. */
export function uniformOf(key: number, tick: number): number {
  return (mix(key ^ Math.imul(tick | 0, 0x27d4eb2f)) >>> 0) / 4294967296
}

/** A number in [0, 1) with 32 random bits. */
export function uniform(seed: number, purpose: number, id: number, tick: number): number {
  return hash4(seed, purpose, id, tick) / 4294967296
}

function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  h ^= h >>> 16
  return h
}

/** What a draw is for. Numbers are part of every run's identity: append, never renumber. */
export const Draw = {
  departure: 1,
  origin: 2,
  destination: 3,
  vehicleClass: 4,
  speedFactor: 5,
  gapAcceptance: 6,
  laneChange: 7,
  reroute: 8,
  routeNoise: 9,
  tripCount: 10,
  gateway: 11,
  acceleration: 12,
  walkingSpeed: 13,
  walkerPlace: 14,
  waitingSpot: 15,
  release: 16,
  detour: 17,
  personPlace: 20,
  trainDoor: 21,
  following: 22,
  message: 24,
} as const
