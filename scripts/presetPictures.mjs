// Pictures of the shipped scenarios, as the panel of scenarios shows them: what each is about, in the light of its hour.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/** Width and height of a picture, px; it is drawn at twice that and made smaller, so that edges are smooth. */
const SIZE = [480, 270]
/** WebP's quality, 0..1: nine pictures in less than 300 kB. */
const QUALITY = 0.78
/** ms for tiles, shadows and labels of a view under software rendering; the run goes on meanwhile, so that roads have their colours. */
const SETTLE = 15_000

/** Takes those named, or all. */
export async function takePresetPictures(browser, url, ids) {
  const folder = join(root, 'assets/pictures')
  mkdirSync(folder, { recursive: true })
  const shipped = readdirSync(join(root, 'assets/scenarios')).map(name => name.replace('.json', ''))
  for (const id of ids.length > 0 ? ids : shipped) {
    const page = await browser.newPage({ viewport: { width: SIZE[0] * 2, height: SIZE[1] * 2 } })
    await page.goto(`${url}?scenario=${id}&quality=medium`)
    for (let tries = 0; !await page.evaluate(() => window.__pengcheng?.ready); tries++) {
      if (tries > 600) throw new Error(`${id} did not become ready within 300 s`)
      await page.waitForTimeout(500)
    }
    await page.addStyleTag({ content: '.workbench > :not(.city) { display: none !important }' })
    await page.waitForTimeout(SETTLE)
    await page.evaluate(() => { window.__pengcheng.store.setState({ playing: false }) })
    const shot = (await page.screenshot({ timeout: 120_000 })).toString('base64')
    const webp = await page.evaluate(async ([png, width, height, quality]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${png}`
      await image.decode()
      const canvas = document.createElement('canvas')
      ;[canvas.width, canvas.height] = [width, height]
      const context = canvas.getContext('2d')
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, 0, 0, width, height)
      return canvas.toDataURL('image/webp', quality).split(',')[1]
    }, [shot, ...SIZE, QUALITY])
    const bytes = Buffer.from(webp, 'base64')
    writeFileSync(join(folder, `${id}.webp`), bytes)
    console.log(`${id}.webp: ${(bytes.length / 1000).toFixed(1)} kB`)
    await page.close()
  }
}
