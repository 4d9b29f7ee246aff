/** What raises an alarm. Settings of a run; `crowdLimits` where nothing else is given. */
export interface CrowdLimits {
  /** p/m², over a square of 5 x 5 m (see `crowdWatch.ts`): 4, unstable, and 5, dangerous. Fruin (1993), Still (2014). */
  readonly unstable: number
  readonly dangerous: number
  /** Crowd pressure, 1/s²: 0.02. Helbing, Johansson & Al-Abideen (2007), Phys. Rev. E 75, 046109. */
  readonly turbulent: number
  /** s over which density or pressure must pass its limit on average before it is an alarm: 30, assumed. Longer than the throng at a door lasts while a train stands. */
  readonly hold: number
  /** Persons by metre and minute over a counted line, level and stepped: 82 and 66. Guide to Safety at Sports Grounds (Green Guide), 5th and 6th ed. */
  readonly flowLevel: number
  readonly flowStepped: number
  /** min to clear a platform: 4, and until all are in safety: 6. GB 51298-2018, GB 50157-2013; NFPA 130. */
  readonly platform: number
  readonly safety: number
}
export const crowdLimits: CrowdLimits = { unstable: 4, dangerous: 5, turbulent: 0.02, hold: 30, flowLevel: 82, flowStepped: 66, platform: 4, safety: 6 }

/** `unstable`, `dangerous`: density; `turbulent`: pressure; `flow`: over a counted line; `platform`, `safety`: time to clear a platform. */
export const AlarmKind = { unstable: 0, dangerous: 1, turbulent: 2, flow: 3, platform: 4, safety: 5 } as const

/** Lines of one run at which persons are counted, at most. */
export const LINES_MAX = 32
