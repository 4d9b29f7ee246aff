import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { cesiumAssets } from './scripts/cesiumAssets.ts'
import { leanShaders } from './scripts/leanShaders.ts'
import { plainColumns } from './scripts/plainColumns.ts'

/** SharedArrayBuffer needs a cross-origin isolated page; docs/hosting.md says the same for static hosts. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export default defineConfig({
  base: './',
  appType: 'mpa', // a missing file is a 404, not the start page
  publicDir: 'assets',
  plugins: [leanShaders(), react(), cesiumAssets(), plainColumns()],
  // Two decoders that Cesium imports compile WebAssembly at once, used or not, which the page's CSP refuses.
  resolve: { alias: { '@spz-loader/core': resolve(import.meta.dirname, 'src/render/globe/noSplats.ts'), meshoptimizer: resolve(import.meta.dirname, 'src/render/globe/noMeshopt.ts') } },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  worker: { format: 'es', plugins: () => [plainColumns()] },
  build: { target: 'es2022', chunkSizeWarningLimit: 4000 /* kB; Cesium, loaded when the globe is opened */, sourcemap: false, rollupOptions: { input: ['index.html', 'validate.html'].map(page => resolve(import.meta.dirname, page)) } },
})
