// npm start: installs, builds and serves the app, and prints its address.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ensurePackages, root, tool } from './setup.mjs'

ensurePackages()
const built = join(root, 'dist', 'index.html')
const newest = path => {
  const stat = statSync(path)
  return stat.isDirectory() ? Math.max(0, ...readdirSync(path).map(name => newest(join(path, name)))) : stat.mtimeMs
}
const sources = ['src', 'assets', 'index.html', 'validate.html', 'vite.config.ts', 'package-lock.json'].map(name => join(root, name))
if (!existsSync(built) || statSync(built).mtimeMs < Math.max(...sources.map(newest))) tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])

const { preview } = await import('vite')
const port = Number(process.env.PORT ?? 4173)
const server = await preview({ root, logLevel: 'warn', preview: { port, strictPort: process.env.PORT !== undefined, host: process.env.HOST ?? 'localhost' } })
console.log(`\n  鹏城 Pengcheng runs at ${server.resolvedUrls.local[0]}\n  Stop it with Ctrl-C.\n`)
