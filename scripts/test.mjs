// npm test: installs what is missing and runs every check. `npm test -- unit` runs only the steps named.
import { mkdtempSync, readFileSync, existsSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium, ensurePackages, root } from './setup.mjs'

ensurePackages()
const only = process.argv.slice(2)
const wants = name => only.length === 0 || only.includes(name)
const scratch = mkdtempSync(join(tmpdir(), 'pengcheng-test-'))
const chrome = wants('browser') ? ensureChromium() : ''
const env = { ...process.env, CHROME: chrome || process.env.CHROME || '' }
const vitest = (name, config) => [
  'vitest/vitest.mjs', 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${join(scratch, `${name}.json`)}`,
]
const steps = [
  ['types', ['typescript/bin/tsc', '-b']],
  ['lint', ['oxlint/bin/oxlint', '--deny-warnings']],
  ['unused', ['knip/bin/knip.js', '--no-progress']],
  ['unit', vitest('unit', 'vitest.config.ts')],
  ['build', ['vite/bin/vite.js', 'build', '--logLevel', 'warn']],
  ['browser', vitest('browser', 'vitest.browser.config.ts')],
]
let passed = 0, failed = 0, skipped = 0
for (const [name, [script, ...args]] of steps) {
  if (!wants(name)) continue
  console.log(`\n== ${name}`)
  const start = Date.now()
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit', env })
  const report = join(scratch, `${name}.json`)
  if (existsSync(report)) {
    const counts = JSON.parse(readFileSync(report, 'utf8'))
    passed += counts.numPassedTests
    failed += counts.numFailedTests
    skipped += counts.numPendingTests
    if (status !== 0 && counts.numFailedTests === 0) failed++
  } else if (status === 0) passed++
  else failed++
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${((Date.now() - start) / 1000).toFixed(0)} s`)
}
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)
