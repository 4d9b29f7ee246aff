import * as v from 'valibot'
import type { Outcome } from '../sim'
import { problem } from './checks'
import type { DocumentEdit } from './documentEdits'
import { crowdLimitsSchema, ruleSchema, scenarioEditSchema, scenarioSchema } from './schema'

const { window, seed, demand, name, description } = scenarioSchema.entries
const id = v.string()
const index = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)))
/** Changes of a document as data, for undo histories that were kept; its type must stay that of `documentEdits.ts`. */
const singleEdit = v.variant('kind', [
  v.strictObject({ kind: v.literal('add'), edit: scenarioEditSchema, index }),
  v.strictObject({ kind: v.literal('remove'), id }),
  v.strictObject({ kind: v.literal('replace'), id, edit: scenarioEditSchema }),
  v.strictObject({ kind: v.literal('addRule'), rule: ruleSchema, index }),
  v.strictObject({ kind: v.literal('removeRule'), id }),
  v.strictObject({ kind: v.literal('replaceRule'), id, rule: ruleSchema }),
  v.strictObject({ kind: v.literal('setWindow'), window }),
  v.strictObject({ kind: v.literal('setSeed'), seed }),
  v.strictObject({ kind: v.literal('setDemand'), demand }),
  v.strictObject({ kind: v.literal('setCrowdLimits'), crowdLimits: v.nullable(crowdLimitsSchema) }),
  v.strictObject({ kind: v.literal('setText'), name, description: v.nullable(v.unwrap(description)) }),
])
const documentEdit = v.union([singleEdit, v.strictObject({ kind: v.literal('several'), edits: v.array(singleEdit) })])

/** Reads changes that were kept, each checked by itself; whether they fit a document is seen when they are applied. */
export function parseDocumentEdits(json: unknown): Outcome<readonly DocumentEdit[]> {
  const parsed = v.safeParse(v.array(documentEdit), json)
  if (parsed.success) return { ok: true, value: parsed.output }
  const { message } = parsed.issues[0]
  return { ok: false, problems: [problem('scenario/history', 'field', v.getDotPath(parsed.issues[0]) ?? '', `the undo history cannot be read: ${message}.`, 'The document itself is unharmed.')] }
}

type Covers<A, B> = [A] extends [B] ? true : false
const kindsAreThere: Covers<DocumentEdit['kind'], v.InferOutput<typeof documentEdit>['kind']> = true
void kindsAreThere
