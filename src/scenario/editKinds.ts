import type { CityEdit, BarrierEdit, CountLineEdit, EventEdit, GateEdit, NetworkEdit, ResponseRule, Scenario, ScenarioEdit } from './document'

export const isEvent = (edit: ScenarioEdit): edit is EventEdit => edit.kind === 'event'

/** Edits of the ground that people walk on. */
export const isGroundEdit = (edit: ScenarioEdit): edit is BarrierEdit | GateEdit | CountLineEdit => isOnGround(edit)

export const isOnGround = ({ kind }: Pick<ScenarioEdit, 'kind'>): boolean => kind === 'barrier' || kind === 'gate' || kind === 'countLine'

/** Edits that make another day of it: other trips, other trains. */
export const isCityEdit = (edit: ScenarioEdit): edit is CityEdit => edit.kind === 'metro' || edit.kind === 'housing'

export const isNetworkEdit = (edit: ScenarioEdit): edit is NetworkEdit => !isEvent(edit) && !isGroundEdit(edit) && !isCityEdit(edit)

/** Whether people of any event are to be simulated on foot. */
export const isOnFoot = ({ edits }: { readonly edits: readonly ScenarioEdit[] }): boolean => edits.some(edit => isEvent(edit) && edit.enabled && edit.onFoot !== undefined)

/** Whether a scenario says anything about ground that people walk on, so that its city needs its areas. */
export const needsGround = (scenario: Pick<Scenario, 'edits' | 'rules'>): boolean =>
  isOnFoot(scenario) || scenario.edits.some(edit => isGroundEdit(edit) && edit.enabled) || rulesOf(scenario).some(({ actions }) => actions.some(isOnGround))

/** Rules that are switched on. */
export const rulesOf = ({ rules = [] }: Pick<Scenario, 'rules'>): readonly ResponseRule[] => rules.filter(({ enabled }) => enabled)

/** Source of the changes that a rule makes: no edit can have this id. */
export const ruleSource = (id: string): string => `rule:${id}`
