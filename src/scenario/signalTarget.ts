import type { Network, Outcome, Problem, StageMasks } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { SignalPlanEdit } from './document'
import { CYCLE_MAX, planFaults, type StageTimes } from './signalChecks'
import { movementFaults, movementNamed, movementsOf, stageMasks } from './signalMovements'

type Plan = Pick<SignalPlanEdit, 'node' | 'greens' | 'offset' | 'movements'>

/** A program, and who goes in its stages where a plan changes that. */
export interface PlannedProgram { readonly program: number; readonly masks: readonly StageMasks[] | undefined }

/** Program of the junction that a plan is for, if the plan fits it; `where` names the edit in messages. */
export function resolvePlan(edit: Plan, { network }: ScenarioCity, where: string): Outcome<PlannedProgram> {
  const refuse = (code: string, what: string, remedy: string): Outcome<never> => ({ ok: false, problems: [problem(code, 'node', edit.node, `${where}: ${what}`, remedy)] })
  const { nodes, programs, strings } = network
  const node = Array.from({ length: nodes.rows }, (_, row) => row).find(row => strings[nodes.id[row]!] === edit.node)
  if (node === undefined) return refuse('scenario/unknown-node', `the city has no junction "${edit.node}".`, 'Pick it on the map again.')
  const program = nodes.program[node]!
  if (program < 0 || programs.stageCount[program] === 0) return refuse('scenario/no-signals', `junction "${edit.node}" has no signals.`, 'Pick one that has.')
  const masks = stageMasks(network, program, edit.movements)
  const problems = [...checkPlan(edit, network, program, where), ...checkMovements(edit, network, program, masks, where)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { program, masks } }
}

function checkPlan({ node, greens, offset }: Plan, network: Network, program: number, where: string): Problem[] {
  const found = (code: string, what: string, remedy: string): Problem => problem(code, 'node', node, `${where}: ${what}`, remedy)
  const stages = stagesOf(network, program)
  if (greens.length !== stages.length) {
    return [found('scenario/stages', `gives ${greens.length} greens, junction "${node}" has ${stages.length} stages.`, `Give ${stages.length} greens, in the order of the stages.`)]
  }
  return planFaults(stages, greens, offset).map(fault => {
    switch (fault.kind) {
      case 'short': return found('scenario/short-green',
        `green ${fault.stage + 1} of junction "${node}" is ${greens[fault.stage]} s, less than the ${fault.least} s that people on foot and drivers need.`, `Give at least ${fault.least} s.`)
      case 'long': return found('scenario/long-cycle', `its cycle is ${fault.cycle} s, more than ${CYCLE_MAX} s.`, 'Shorten some greens.')
      case 'late': return found('scenario/offset', `its offset is ${offset} s, not within its cycle of ${fault.cycle} s.`, `Give one from 0 to below ${fault.cycle}.`)
    }
  })
}

function checkMovements({ node, movements = [] }: Plan, network: Network, program: number, masks: readonly StageMasks[] | undefined, where: string): Problem[] {
  if (!masks && movements.length === 0) return []
  const found = (code: string, what: string, remedy: string): Problem => problem(code, 'node', node, `${where}: ${what}`, remedy)
  const idOf = (link: number): string => network.strings[network.links.id[link]!] ?? ''
  const count = network.programs.stageCount[program]!
  const known = movementsOf(network, program).map(({ link, turn }) => `${turn} from "${idOf(link)}"`).join(', ')
  const wrong = movements.flatMap(movement => {
    const { from, turn, lights } = movement
    if (!movementNamed(network, program, movement)) return [found('scenario/unknown-movement', `junction "${node}" has no signal for the movement ${turn} from "${from}".`, `It has these: ${known}.`)]
    return lights.length === count ? [] : [found('scenario/lights', `gives ${lights.length} lights to the movement ${turn} from "${from}", junction "${node}" has ${count} stages.`, `Give ${count} lights, in the order of the stages.`)]
  })
  const twice = movements.find(({ from, turn }, at) => movements.findIndex(each => each.from === from && each.turn === turn) < at)
  if (twice) wrong.push(found('scenario/movement-twice', `lists the movement ${twice.turn} from "${twice.from}" twice.`, 'List it once.'))
  if (wrong.length > 0) return wrong
  return movementFaults(network, program, masks).map(fault => {
    switch (fault.kind) {
      case 'crosses': return found('scenario/crossing-greens', `in stage ${fault.stage + 1} of junction "${node}" movements from "${idOf(fault.links[0])}" and "${idOf(fault.links[1])}" both go though they cross.`, 'Let one of them stop or give way in that stage.')
      case 'never': return found('scenario/no-green', `the movement ${fault.movement.turn} from "${idOf(fault.movement.link)}" never has green at junction "${node}".`, 'Let it go in one of the stages, or close the turn.')
      case 'onFoot': return found('scenario/foot-no-green', `at junction "${node}" no stage is left in which people on foot can cross where link "${idOf(fault.link)}" comes in.`, 'Leave them a stage in which nothing but right turns goes over that crossing.')
    }
  })
}

/** Times of the stages of a program as the network has them, s. */
export function stagesOf({ programs, stages }: Network, program: number): StageTimes[] {
  return Array.from({ length: programs.stageCount[program]! }, (_, at) => {
    const stage = programs.stageFirst[program]! + at
    return { green: stages.green[stage]!, greenMin: stages.greenMin[stage]!, yellow: stages.yellow[stage]!, allRed: stages.allRed[stage]! }
  })
}
