import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { presetUrl, session, store, Workbench } from '../ui'
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

exposeForTests()
if (seed !== null && !/^\d+$/.test(seed)) store.getState().say('bad', `?seed=${seed}`, '0 … 2147483647')
// Building meshes takes longest, so it starts before everything else; nearly every scenario is about this city.
const packsUrl = new URL('./', document.baseURI).href
startCityMeshes({ cityUrl: `${packsUrl}shenzhen/`, focus: openingFocus })
createRoot(document.getElementById('root')!).render(<StrictMode><Workbench><City /><Globe /></Workbench></StrictMode>)

void session.openUrl({
  scenarioUrl: /^[\w-]+$/.test(scenario) ? presetUrl(scenario) : new URL(scenario, document.baseURI).href,
  packsUrl,
  ...(seed !== null && /^\d+$/.test(seed) ? { seed: Number(seed) } : {}),
  ...(time ? { time: Number(time[1]) * 3600 + Number(time[2]) * 60 } : {}),
})
