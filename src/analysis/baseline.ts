import { isEvent, rulesOf, type Scenario } from '../scenario'

/** What the baseline of a comparison keeps of the edits: none of them, or the events (rules it never keeps), so that what is done about them is held against the same day. */
export type Baseline = 'nothing' | 'events'
export const baselines = ['nothing', 'events'] as const satisfies readonly Baseline[]

/** What a comparison holds the variant against. */
export function baselineOf(scenario: Scenario, keeps: Baseline): Scenario {
  const { rules } = scenario
  return { ...scenario, ...(rules ? { rules: rules.map(rule => ({ ...rule, enabled: false })) } : {}), edits: scenario.edits.map(edit => (keeps === 'events' && isEvent(edit) ? edit : { ...edit, enabled: false })) }
}

/** The baseline that is meant unless somebody says otherwise: measures beside an event are measures about it. */
export function usualBaseline({ edits, ...scenario }: Scenario): Baseline {
  const on = edits.filter(({ enabled }) => enabled)
  return on.some(isEvent) && (!on.every(isEvent) || rulesOf(scenario).length > 0) ? 'events' : 'nothing'
}

/**
 * What names a run beside its seed: two documents of one name make the same run, whatever they are called and whatever
 * is switched off in them.
 */
export function runName(scenario: Scenario): string {
  const { city, window, demand, crowdLimits, edits } = scenario
  return JSON.stringify([city, window, demand, crowdLimits ?? null, edits.filter(({ enabled }) => enabled).map(edit => ({ ...edit, label: undefined })), rulesOf(scenario)])
}
