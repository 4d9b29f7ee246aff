import type { ReactElement } from 'react'
import { lazyPart, session, store } from '../ui'
import { exposeView } from './exposeForTests'
import { joinView, showRamps } from './joinView'
import { readPageQuery } from './pageQuery'

/** As the address wants it; else what suits the machine. */
const { quality } = readPageQuery(location.search, document.baseURI)

/** Three and the render core are the larger half of the page's code: they come after the first picture. */
const CityCanvas = lazyPart<object>(() => import('../render').then(({ CityCanvas, cameraPoses, fruinRamp, roadRamps: { usual, safe } }) => {
  showRamps({ ...usual, fruin: fruinRamp, 'congestion-safe': safe.congestion, 'difference-safe': safe.difference })
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
