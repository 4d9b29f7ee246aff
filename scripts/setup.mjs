// Installs what is missing on a machine that has only Node and a clone. No import from node_modules in this file.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')

/** Runs a command with its output shown; ends this process with its exit code if it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (result.error) fail(`${command} could not be started: ${result.error.message}`)
  if (result.status !== 0) process.exit(result.status ?? 1)
}

export function fail(message) {
  console.error(`pengcheng: ${message}`)
  process.exit(1)
}

/** Brings node_modules in line with package-lock.json; does nothing when it already is. */
export function ensurePackages({ quiet = false } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node 20.19 or newer is needed, this is ${process.versions.node}. Install it from your system's packages or nodejs.org.`)
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  const marker = join(root, 'node_modules', '.pengcheng-lock')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  console.error('pengcheng: installing npm packages (once) ...')
  run('npm', ['ci', '--no-audit', '--no-fund', ...(quiet ? ['--silent'] : [])], { stdio: ['ignore', quiet ? 'ignore' : 2, 2] })
  writeFileSync(marker, wanted)
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** Path of a Chromium or Chrome: $CHROME, the usual places, else Debian's package is installed. */
export function ensureChromium() {
  const found = [process.env.CHROME, ...browsers].find(path => path && existsSync(path))
  const hasFonts = existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc')
  if (found && (hasFonts || process.platform !== 'linux')) return found
  const isRoot = process.getuid?.() === 0
  const prefix = isRoot ? [] : existsSync('/usr/bin/sudo') ? ['sudo', '-n'] : null
  if (existsSync('/usr/bin/apt-get') && prefix) {
    console.error('pengcheng: installing Chromium and Chinese fonts from Debian packages (once) ...')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = args => spawnSync([...prefix, 'apt-get', ...args][0], [...prefix, 'apt-get', ...args].slice(1), { stdio: ['ignore', 2, 2], env }).status === 0
    if (apt(['update', '-qq'])) apt(['install', '-y', '-qq', '--no-install-recommends', ...(found ? [] : ['chromium']), 'fonts-noto-cjk'])
  }
  const now = [process.env.CHROME, ...browsers].find(path => path && existsSync(path))
  if (!now) fail('no Chromium or Chrome found for the browser tests. Install one (Debian: apt-get install chromium) or set CHROME to its path.')
  return now
}

/** Runs a tool of node_modules under this Node. */
export function tool(path, args, options) {
  run(process.execPath, [join(root, 'node_modules', path), ...args], options)
}
