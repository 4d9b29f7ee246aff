import * as v from 'valibot'
import type { CityEdit, EventEdit, GroundEdit, NetworkEdit, ResponseRule, Scenario, ScenarioEdit } from './document'
import { editFields, rulesSchema, scenarioSchema } from './schema'

/**
 * As much of a document as is well formed. A whole document is one of these too, so that the same checks say
 * everything about a faulty one that can be said at once: a reversed window beside a misspelt road beside a wrong type.
 */
export interface SoundScenario {
  readonly city?: string
  readonly window?: Scenario['window']
  readonly crowdLimits?: Scenario['crowdLimits']
  /** In the places of the document; null where nothing can be made of an entry. */
  readonly edits: readonly (SoundEdit | null)[]
  /** Those that are well formed throughout. */
  readonly rules?: readonly ResponseRule[] | undefined
}

type FieldsOf<Edit> = Edit extends unknown ? Omit<Edit, 'kind'> : never
type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (each: infer Both) => void ? Both : never
type Fields = All<FieldsOf<NetworkEdit | GroundEdit | CityEdit | EventEdit>>
export type SoundEdit = { readonly kind: ScenarioEdit['kind'] } & { readonly [name in keyof Fields]?: Fields[name] | undefined }

/** Reads what is sound in something that claims to be a scenario. */
export function soundParts(json: unknown): SoundScenario {
  if (!isRecord(json)) return { edits: [] }
  const { entries } = scenarioSchema
  const city = v.safeParse(entries.city, json['city'])
  const window = v.safeParse(entries.window, json['window'])
  const crowdLimits = v.safeParse(entries.crowdLimits, json['crowdLimits'])
  const edits: readonly unknown[] = Array.isArray(json['edits']) ? json['edits'] : []
  return {
    ...(city.success ? { city: city.output } : {}),
    ...(window.success ? { window: window.output } : {}),
    ...(crowdLimits.success && crowdLimits.output ? { crowdLimits: crowdLimits.output } : {}),
    edits: edits.map(soundEdit),
    rules: (Array.isArray(json['rules']) ? json['rules'] as unknown[] : []).flatMap(rule => { const parsed = v.safeParse(rulesSchema, [rule]); return parsed.success ? parsed.output : [] }),
  }
}

function soundEdit(json: unknown): SoundEdit | null {
  if (!isRecord(json)) return null
  const kind = json['kind'] as ScenarioEdit['kind']
  const fields = Object.hasOwn(editFields, kind) ? editFields[kind] : null
  if (!fields) return null
  const sound: Record<string, unknown> = { kind }
  for (const [name, schema] of Object.entries(fields)) {
    const parsed = v.safeParse(schema, json[name])
    if (parsed.success && parsed.output !== undefined) sound[name] = parsed.output
  }
  return sound as unknown as SoundEdit
}

const isRecord = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null && !Array.isArray(json)
