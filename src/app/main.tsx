import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { languageReady, presetUrl, session, store, Workbench } from '../ui'
import { City } from './City'
import { Globe } from './Globe'
import { startCityMeshes } from '../workers'
import { exposeForTests } from './exposeForTests'
import { openingFocus } from './openingPose'

/** `?scenario=` is the name of a shipped scenario or an address on this server; `?seed=`, `?t=HH:MM` begin elsewhere. */
const query = new URLSearchParams(location.search)
const scenario = query.get('scenario') ?? 'morning-peak'
const seed = query.get('seed')
const time = /^(\d{1,2}):(\d{2})$/.exec(query.get('t') ?? '')

/** The picture that stands in the page is on the screen, or will not be soon: until then nothing takes the machine from it. */
function pictureShown(): Promise<void> {
  return new Promise(done => {
    new PerformanceObserver(() => done()).observe({ type: 'paint', buffered: true })
    setTimeout(done, 300)
  })
}

exposeForTests()
if (seed !== null && !/^\d+$/.test(seed)) store.getState().say('bad', `?seed=${seed}`, '0 … 2147483647')
await Promise.all([pictureShown(), languageReady])
// Ground and roads take longest, so they start before everything else; nearly every scenario is about this city.
const packsUrl = new URL('./', document.baseURI).href
startCityMeshes({ cityUrl: `${packsUrl}shenzhen/`, focus: openingFocus })
createRoot(document.getElementById('root')!).render(<StrictMode><Workbench><City /><Globe /></Workbench></StrictMode>)

void session.openUrl({
  scenarioUrl: /^[\w-]+$/.test(scenario) ? presetUrl(scenario) : new URL(scenario, document.baseURI).href,
  packsUrl,
  ...(seed !== null && /^\d+$/.test(seed) ? { seed: Number(seed) } : {}),
  ...(time ? { time: Number(time[1]) * 3600 + Number(time[2]) * 60 } : {}),
})
