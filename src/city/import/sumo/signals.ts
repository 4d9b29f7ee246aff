import type { SignalSpec, SignalStageSpec } from '../../../sim'
import { SignalKind } from '../../../sim'
import type { SumoPhase, SumoProgram } from './sumoNet'

/** A program as our signals know it, and how it had to be changed for that. */
export interface ConvertedProgram {
  readonly kind: number
  readonly signal: SignalSpec
  /** Greens that the source ends without yellow: their last seconds became one. */
  readonly yellowAdded: number
  /** Lights that our stages show otherwise than the source: red-yellow, early starts within a yellow, and the like. */
  readonly lightsChanged: number
}

/** s, of a green that the source ends without a yellow; GB 14886-2016 asks for 3 to 5. */
const YELLOW = 3

interface Draft { readonly phase: SumoPhase; green: number; yellow: number; allRed: number }

/**
 * A SUMO program for the turns of one junction: `links` are the places of its turns in the phases' letters, `turns` the
 * turns themselves. A phase in which somebody has green becomes a stage; phases of yellow and red after it are its end.
 *
 *   G protected, g permitted (s, right on red after a stop, and o, off, too), y yellow, r and u red; O counts as green.
 */
export function convertProgram(program: SumoProgram, links: readonly number[], turns: readonly number[]): ConvertedProgram {
  const phases = program.phases.filter(({ duration }) => duration > 0)
  const isGreen = (phase: SumoPhase): boolean => links.some(link => 'GgsoO'.includes(phase.state[link]!)) && !links.some(link => 'yY'.includes(phase.state[link]!))
  // The cycle may begin within the end of a stage: turn it until it begins with a green.
  const first = Math.max(0, phases.findIndex((phase, at) => isGreen(phase) && !(isGreen(phases.at(at - 1)!) && sameLights(phase, phases.at(at - 1)!, links) && phases.length > 1)))
  const before = phases.slice(0, first).reduce((sum, { duration }) => sum + duration, 0)
  const drafts: Draft[] = []
  let lightsChanged = 0
  for (const phase of [...phases.slice(first), ...phases.slice(0, first)]) {
    const last = drafts.at(-1)
    if (!last || isGreen(phase)) {
      if (last && last.yellow + last.allRed === 0 && sameLights(last.phase, phase, links)) last.green += phase.duration
      else drafts.push({ phase, green: phase.duration, yellow: 0, allRed: 0 })
    } else if (links.some(link => phase.state[link] === 'y')) {
      last.yellow += phase.duration
      lightsChanged += links.filter(link => 'Ggu'.includes(phase.state[link]!) && last.phase.state[link] !== phase.state[link]).length
    } else last.allRed += phase.duration
  }
  let yellowAdded = 0
  for (const [at, draft] of drafts.entries()) {
    const next = drafts[(at + 1) % drafts.length]!
    const ends = links.some(link => 'Gg'.includes(draft.phase.state[link]!) && !'GgsoO'.includes(next.phase.state[link]!))
    if (draft.yellow > 0 || !ends || draft === next) continue
    const yellow = Math.min(YELLOW, draft.green / 2)
    draft.green -= yellow
    draft.yellow = yellow
    yellowAdded++
  }
  const actuated = program.type !== 'static' && drafts.length > 1
  const stages = drafts.map(({ phase, green, yellow, allRed }): SignalStageSpec => {
    const shortened = phase.duration - green
    return {
      green, yellow, allRed,
      greenMin: actuated ? Math.max(1, Math.min(phase.durationMin - Math.max(0, shortened), green)) : green,
      greenMax: actuated ? Math.max(green, phase.durationMax - Math.max(0, shortened)) : green,
      protectedTurns: turns.filter((_, at) => 'GO'.includes(phase.state[links[at]!]!)),
      permittedTurns: turns.filter((_, at) => 'gso'.includes(phase.state[links[at]!]!)),
    }
  })
  return { kind: actuated ? SignalKind.actuated : SignalKind.fixed, signal: { offset: program.offset + before, stages }, yellowAdded, lightsChanged }
}

const sameLights = (a: SumoPhase, b: SumoPhase, links: readonly number[]): boolean => links.every(link => a.state[link] === b.state[link])
