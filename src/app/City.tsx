import type { ReactElement } from 'react'
import type { QualityTier } from '../render'
import { lazyPart, session, store } from '../ui'
import { exposeView } from './exposeForTests'
import { joinView, showRamps } from './joinView'

/** `?quality=low|medium|high`; else what suits the machine. */
const wanted = new URLSearchParams(location.search).get('quality')
const tiers: readonly QualityTier[] = ['low', 'medium', 'high']

/** Three and the render core are the larger half of the page's code: they come after the first picture. */
const CityCanvas = lazyPart<object>(() => import('../render').then(({ CityCanvas, cameraPoses, congestionRamp, differenceRamp }) => {
  showRamps({ congestion: congestionRamp, difference: differenceRamp })
  const quality = tiers.find(tier => tier === wanted)
  return {
    default: () => <CityCanvas {...(quality ? { quality } : {})} onFailure={fail} onReady={view => {
      exposeView(view, cameraPoses)
      joinView(view, session)
    }} />,
  }
}))

function fail(message: string): void {
  store.setState({ viewProblem: { code: 'webgl/missing', subject: { kind: 'browser', id: 'webgl' }, message } })
}

/** The 3D view joined to the panels. */
export function City(): ReactElement {
  return <CityCanvas />
}
