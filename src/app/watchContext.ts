import { store } from '../ui'

/** ms that the browser has to give the graphics back by itself. */
const PATIENCE = 5000
const CODE = 'view/context-lost'

/** Tells when the browser takes the graphics away for good; where it gives them back, the picture goes on by itself. */
export function watchContext(element: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  // These events do not bubble, but whoever holds the canvas can catch them on their way down.
  element.addEventListener('webglcontextlost', event => {
    event.preventDefault() // else it is never given back
    clearTimeout(timer)
    timer = setTimeout(() => store.setState({ viewProblem: { code: CODE, subject: { kind: 'browser', id: 'webgl' }, message: 'The browser has taken the graphics memory away (WebGL context lost).' } }), PATIENCE)
  }, true)
  element.addEventListener('webglcontextrestored', () => {
    clearTimeout(timer)
    if (store.getState().viewProblem?.code === CODE) store.setState({ viewProblem: null })
  }, true)
}
