import * as v from 'valibot'
import type { Outcome, Problem } from '../sim'
import { checkDocument, problem } from './checks'
import type { Scenario } from './document'
import { findJsonFault } from './jsonText'
import { migrate, SCENARIO_VERSION } from './migrations'
import { scenarioSchema } from './schema'
import { soundParts } from './sound'

/** Reads a scenario from JSON text; `source` names it in messages. All problems at once. */
export function parseScenarioText(text: string, source: string): Outcome<Scenario> {
  const fault = findJsonFault(text)
  if (fault) {
    return refuse([{
      code: 'scenario/json',
      subject: { kind: 'file', id: source },
      message: `${source}:${fault.line}:${fault.column}: not valid JSON: ${fault.message}.`,
    }])
  }
  return parseScenario(JSON.parse(text))
}

/**
 * Checks a scenario that was read from JSON against the schema and, as far as it is sound, against itself. The city is
 * checked by `compileScenario`, and for a refused document by `problemsInCity`.
 */
export function parseScenario(json: unknown): Outcome<Scenario> {
  const document = migrate(json)
  const version = typeof document === 'object' && document !== null ? (document as { version?: unknown }).version : undefined
  if (typeof version === 'number' && version > SCENARIO_VERSION) {
    return refuse([{
      code: 'scenario/version',
      subject: { kind: 'field', id: 'version' },
      message: `version: is ${version}, this build reads up to ${SCENARIO_VERSION}. Open the file with a newer build.`,
      remedy: 'Open the file with a newer build.',
    }])
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return refuse([problem('scenario/schema', 'field', '(document)', `the document: is ${Array.isArray(document) ? 'a list' : shorten(document)}, not a scenario.`,
      'Write an object { "format": "pengcheng-scenario", ... } as in docs/scenario.md, or export one from the app.')])
  }
  const parsed = v.safeParse(scenarioSchema, document)
  if (!parsed.success) return refuse([...parsed.issues.flatMap(describe), ...checkDocument(soundParts(document))])
  const { $schema: _, ...scenario } = parsed.output
  const problems = checkDocument(scenario)
  return problems.length > 0 ? refuse(problems) : { ok: true, value: scenario }
}

/** City that a scenario names, well formed or not; null where the text names none. */
export function cityNamed(text: string): string | null {
  return findJsonFault(text) ? null : soundParts(migrate(JSON.parse(text))).city ?? null
}

function describe(issue: v.BaseIssue<unknown>): Problem[] {
  const path = v.getDotPath(issue) ?? ''
  const field = path.replace(/\.(\d+)(?=\.|$)/g, '[$1]')
  const received = issue.received === 'undefined' || issue.expected === 'never' ? '' : `, found ${shorten(issue.input)}`
  const message = issue.received === 'undefined' && issue.expected !== 'never' ? `is missing: ${issue.message.replace(/^is missing$/, 'add it')}` : issue.message
  return [{
    code: 'scenario/schema',
    subject: { kind: 'field', id: field || '(document)' },
    message: `${field || 'the document'}: ${message}${received}.`,
  }]
}

function shorten(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const refuse = (problems: readonly Problem[]): Outcome<never> => ({ ok: false, problems })
