/** Writes docs/scenario.schema.json from the valibot schema: `npx tsx src/scenario/writeJsonSchema.ts`. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { publishedJsonSchema } from './jsonSchema'

writeFileSync(fileURLToPath(new URL('../../docs/scenario.schema.json', import.meta.url)), publishedJsonSchema())
