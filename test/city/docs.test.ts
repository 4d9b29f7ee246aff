import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openPackFolder } from '../../src/city/node'
import { describeLayers, packLayers } from '../../src/city/layers/describeLayers'

/** Rewrite the page with `npx vitest run test/city/docs.test.ts -u`. */
test('docs/city-pack.md says what the files hold', async () => {
  await expect(describeLayers()).toMatchFileSnapshot('../../docs/city-pack.md')
})

test('every layer of the default pack opens as declared', async () => {
  const pack = await openPackFolder(join(import.meta.dirname, '../../assets/shenzhen'))
  const declared = new Map(packLayers.map(layer => [layer.kind, layer]))
  for (const { name } of pack.manifest.layers) {
    const kind = declared.get(name)
    expect(kind, name).toBeDefined()
    await expect(pack.layer(kind!)).resolves.toBeDefined()
  }
})
