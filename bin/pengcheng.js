#!/usr/bin/env node
// Starts the command line in any folder: installs what is missing, then runs src/cli/main.ts through tsx.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`pengcheng: needs Node 20.19 or newer, this is ${process.versions.node}\n`)
  process.exit(1)
}
if (!existsSync(join(root, 'node_modules', 'tsx'))) {
  process.stderr.write('pengcheng: installing packages (npm ci) ...\n')
  // The installer's words go to stderr: stdout belongs to the result.
  const installed = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (installed.status !== 0) {
    process.stderr.write(`pengcheng: "npm ci" in ${root} failed; see above\n`)
    process.exit(1)
  }
}
const { register } = await import(pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href)
register({ tsconfig: join(root, 'tsconfig.json') })
const { main } = await import(pathToFileURL(join(root, 'src', 'cli', 'main.ts')).href)
process.exitCode = await main(process.argv.slice(2))
