import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildShenzhen } from '../../src/city/node'
import type { PackManifest } from '../../src/city'

const root = join(import.meta.dirname, '../..')
const data = join(root, '../shared/city-data')
const present = existsSync(join(data, 'raw'))

test.skipIf(!present)(`the default pack is compiled byte for byte as committed${present ? '' : ' (skipped: ../shared/city-data is not here)'}`, async () => {
  const output = mkdtempSync(join(tmpdir(), 'city-'))
  try {
    await buildShenzhen(data, join(output, 'shenzhen'), join(root, 'assets/shenzhen-corrections.json'))
    const manifest = (folder: string): PackManifest => JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as PackManifest
    const hashes = ({ layers }: PackManifest): Record<string, string> => Object.fromEntries(layers.map(({ name, sha256 }) => [name, sha256]))
    expect(hashes(manifest(join(output, 'shenzhen')))).toEqual(hashes(manifest(join(root, 'assets/shenzhen'))))
    expect(manifest(join(output, 'shenzhen'))).toEqual(manifest(join(root, 'assets/shenzhen')))
  } finally {
    rmSync(output, { recursive: true, force: true })
  }
}, 300_000)
