import { toJsonSchema } from '@valibot/to-json-schema'
import { scenarioSchema } from './schema'

/** Text of docs/scenario.schema.json, for editors and other programs. Not for the app: it draws in the converter. */
export function publishedJsonSchema(): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...toJsonSchema(scenarioSchema, { ignoreActions: ['readonly'] }),
    $id: 'scenario.schema.json',
    title: 'Pengcheng scenario, version 1',
    description: 'Everything a planner sets for one run of the city: window of the day, seed, demand, and edits such as closures and events.',
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
