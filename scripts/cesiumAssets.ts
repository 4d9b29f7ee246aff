import { createReadStream, cpSync, existsSync, statSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import type { Plugin } from 'vite'

const engine = resolve(import.meta.dirname, '../node_modules/@cesium/engine')
/** Folders that the globe fetches at run time, by their name under `cesium/`. */
const folders = { Assets: join(engine, 'Source/Assets'), ThirdParty: join(engine, 'Source/ThirdParty'), Workers: join(engine, 'Build/Workers') }
const types: Record<string, string> = {
  '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm', '.png': 'image/png', '.jpg': 'image/jpeg', '.xml': 'application/xml', '.svg': 'image/svg+xml',
}

/** Serves the files that Cesium fetches itself, and copies them beside the build. Nothing of it loads before the globe is opened. */
export function cesiumAssets(): Plugin {
  let out = 'dist'
  return {
    name: 'cesium-assets',
    configResolved(config) { out = resolve(config.root, config.build.outDir) },
    configureServer(server) {
      server.middlewares.use('/cesium', (request, response, next) => {
        const [folder = '', ...rest] = (request.url ?? '').split('?')[0]!.slice(1).split('/')
        const base = folders[folder as keyof typeof folders]
        const file = base ? resolve(base, ...rest) : ''
        if (!base || !file.startsWith(base) || !existsSync(file) || !statSync(file).isFile()) { next(); return }
        response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream')
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
        createReadStream(file).pipe(response)
      })
    },
    closeBundle() {
      for (const [name, folder] of Object.entries(folders)) cpSync(folder, join(out, 'cesium', name), { recursive: true })
    },
  }
}
