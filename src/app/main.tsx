import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { i18n, languageReady, openAtStart, presetUrl, store, Workbench } from '../ui'
import { City } from './City'
import { Globe } from './Globe'
import { startCityMeshes } from '../workers'
import { exposeForTests } from './exposeForTests'
import { openingFocus } from './openingPose'
import { readPageQuery } from './pageQuery'

const { scenario, seed, time, ignored } = readPageQuery(location.search, document.baseURI)

/** The picture that stands in the page is on the screen, or will not be soon: until then nothing takes the machine from it. */
function pictureShown(): Promise<void> {
  return new Promise(done => {
    new PerformanceObserver(() => done()).observe({ type: 'paint', buffered: true })
    setTimeout(done, 300)
  })
}

exposeForTests()
await Promise.all([pictureShown(), languageReady])
for (const { name, given } of ignored) store.getState().say('bad', i18n.t('query.ignored', { given: `?${name}=${given.slice(0, 60)}` }), i18n.t(`query.${name}`))
// Ground and roads take longest, so they start before everything else; nearly every scenario is about this city.
const packsUrl = new URL('./', document.baseURI).href
startCityMeshes({ cityUrl: `${packsUrl}shenzhen/`, focus: openingFocus })
createRoot(document.getElementById('root')!).render(<StrictMode><Workbench><City /><Globe /></Workbench></StrictMode>)

void openAtStart({
  scenarioUrl: /^[\w-]+$/.test(scenario) ? presetUrl(scenario) : scenario,
  packsUrl,
  ...(seed === undefined ? {} : { seed }),
  ...(time === undefined ? {} : { time }),
})
