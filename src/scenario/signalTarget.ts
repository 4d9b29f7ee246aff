import type { Network, Outcome, Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import type { SignalPlanEdit } from './document'
import { CYCLE_MAX, planFaults, type StageTimes } from './signalChecks'

/** Program of the junction that a plan is for, if the plan fits it; `where` names the edit in messages. */
export function resolvePlan(edit: Pick<SignalPlanEdit, 'node' | 'greens' | 'offset'>, { network }: ScenarioCity, where: string): Outcome<number> {
  const refuse = (code: string, what: string, remedy: string): Outcome<never> => ({ ok: false, problems: [problem(code, 'node', edit.node, `${where}: ${what}`, remedy)] })
  const { nodes, programs, strings } = network
  const node = Array.from({ length: nodes.rows }, (_, row) => row).find(row => strings[nodes.id[row]!] === edit.node)
  if (node === undefined) return refuse('scenario/unknown-node', `the city has no junction "${edit.node}".`, 'Pick it on the map again.')
  const program = nodes.program[node]!
  if (program < 0 || programs.stageCount[program] === 0) return refuse('scenario/no-signals', `junction "${edit.node}" has no signals.`, 'Pick one that has.')
  const problems = checkPlan(edit, network, program, where)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: program }
}

function checkPlan({ node, greens, offset }: Pick<SignalPlanEdit, 'node' | 'greens' | 'offset'>, network: Network, program: number, where: string): Problem[] {
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

/** Times of the stages of a program as the network has them, s. */
export function stagesOf({ programs, stages }: Network, program: number): StageTimes[] {
  return Array.from({ length: programs.stageCount[program]! }, (_, at) => {
    const stage = programs.stageFirst[program]! + at
    return { green: stages.green[stage]!, greenMin: stages.greenMin[stage]!, yellow: stages.yellow[stage]!, allRed: stages.allRed[stage]! }
  })
}
