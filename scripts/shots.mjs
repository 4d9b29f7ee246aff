// npm run shots [-- pose ... hour ... size ...]: pictures of the running app at fixed poses, hours and sizes, into
// shots/. Without names: every pose at noon, dusk and night, on a laptop and on a wall.
// npm run shots -- presets [id ...]: the pictures of the shipped scenarios, into assets/pictures.
// Camera poses are those of the app (src/render/cameraPoses.ts); the app must be built, which this does if needed.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { takePresetPictures } from './presetPictures.mjs'
import { ensureChromium, ensurePackages, root, tool } from './setup.mjs'

ensurePackages()
const chrome = ensureChromium()
tool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])
const [{ preview }, { chromium }] = await Promise.all([import('vite'), import('playwright-core')])
const server = await preview({ root, logLevel: 'warn', preview: { port: Number(process.env.PORT ?? 4190), strictPort: true } })
const browser = await chromium.launch({
  executablePath: chrome,
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
})
/** ms for tiles, shadows and labels of a new view under software rendering. */
const SETTLE = 6000
const hours = { noon: 12, dusk: 18.6, night: 20.5 }
const sizes = { laptop: [1366, 768], wall: [1920, 1080] }
const named = process.argv.slice(2)
const chosen = all => { const some = all.filter(name => named.includes(name)); return some.length > 0 ? some : all }
const folder = join(root, 'shots')
mkdirSync(folder, { recursive: true })
try {
  if (named[0] === 'presets') await takePresetPictures(browser, server.resolvedUrls.local[0], named.slice(1))
  else for (const size of chosen(Object.keys(sizes))) {
    const [width, height] = sizes[size]
    const page = await browser.newPage({ viewport: { width, height } })
    page.on('console', message => { if (message.type() === 'error') console.error(`page: ${message.text()}`) })
    await page.goto(`${server.resolvedUrls.local[0]}?quality=medium&t=07:05`)
    const poses = await waitForApp(page)
    const unknown = named.filter(name => !poses.includes(name) && !(name in hours) && !(name in sizes))
    if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(', ')}. Poses: ${poses.join(', ')}; hours: ${Object.keys(hours).join(', ')}; sizes: ${Object.keys(sizes).join(', ')}`)
    for (const pose of chosen(poses)) {
      for (const hour of chosen(Object.keys(hours))) {
        await page.evaluate(([name, seconds]) => window.__pengcheng.showPose(name, seconds), [pose, hours[hour] * 3600])
        await page.waitForTimeout(SETTLE)
        const file = join(folder, `${pose}-${hour}-${size}.png`)
        await page.screenshot({ path: file, timeout: 120_000 })
        console.log(file)
      }
    }
    await page.close()
  }
} finally {
  await browser.close()
  await server.close()
}

/** Waits until the city stands, and returns the names of its camera poses. */
async function waitForApp(page) {
  for (let tries = 0; tries < 240; tries++) {
    const poses = await page.evaluate(() => (window.__pengcheng?.ready ? window.__pengcheng.poses : null))
    if (poses) return poses
    await page.waitForTimeout(500)
  }
  throw new Error('the app did not become ready within 120 s')
}
