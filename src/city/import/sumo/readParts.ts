import type { Complaints } from '../importError'
import type { Element } from '../xml'
import type { SumoPhase, SumoProgram } from './sumoNet'

/** x, y, z triples of a shape attribute, z 0 where it is not given; undefined where the attribute is absent. */
export function shapeOf(element: Element, name: string, pointsMin: number): number[] | undefined {
  const text = element.optional(name)?.trim()
  if (text === undefined || text === '') return undefined
  const triples: number[] = []
  const points = text.split(/\s+/)
  for (const point of points) {
    const values = point.split(',').map(value => (value === '' ? NaN : Number(value)))
    if (values.length < 2 || values.length > 3 || !values.every(Number.isFinite)) {
      element.complain('shape', `<${element.name}> has the point "${point.slice(0, 40)}" in its ${name}, which is not x,y or x,y,z`, 'Correct the point.')
      return undefined
    }
    triples.push(values[0]!, values[1]!, values[2] ?? 0)
  }
  if (points.length < pointsMin) {
    element.complain('shape', `<${element.name}> has ${points.length} point in its ${name}`, `Give at least ${pointsMin}, or leave the attribute out.`)
    return undefined
  }
  return triples
}

const letters = /^[rygGsuoO]+$/

/** Reads <tlLogic> and <phase>; of several programs of one signal the first is kept, as SUMO does. */
export function signalReader(): { open(element: Element): void; finish(complaints: Complaints): Map<string, SumoProgram> } {
  const programs = new Map<string, SumoProgram>()
  let program: SumoProgram | undefined
  return {
    open(element) {
      if (element.name === 'tlLogic') {
        program = { file: element.file, line: element.line, id: element.text('id'), type: element.optional('type') ?? 'static', offset: element.number('offset', 0), phases: [] }
        if (programs.has(program.id)) program = undefined
        else programs.set(program.id, program)
      } else if (element.name === 'phase' && program) program.phases.push(readPhase(element))
    },
    finish(complaints) {
      for (const each of programs.values()) {
        const { id, phases } = each
        if (phases.length === 0) complaints.add(each, 'phases', `signal program "${id}" has no phases`, 'Add phases, or remove the program.')
        const odd = phases.find(({ state }) => state.length !== phases[0]!.state.length)
        if (odd) complaints.add(odd, 'phases', `a phase of signal program "${id}" has ${odd.state.length} letters, the first has ${phases[0]!.state.length}`, 'Give each phase one letter a link.')
        if (phases.length > 0 && phases.every(({ duration }) => duration === 0)) complaints.add(each, 'phases', `all phases of signal program "${id}" last 0 s`, 'Give them a duration.')
      }
      complaints.stop()
      return programs
    },
  }
}

function readPhase(element: Element): SumoPhase {
  const state = element.text('state')
  if (state !== '' && !letters.test(state)) element.complain('phase', `<phase> has the state "${state.slice(0, 40)}"`, 'Use the letters r, y, g, G, s, u, o and O.')
  const duration = element.number('duration', undefined, [0, 86400])
  return {
    file: element.file, line: element.line, duration, state,
    durationMin: element.number('minDur', duration, [0, 86400]), durationMax: element.number('maxDur', duration, [0, 86400]),
  }
}
