import { useEffect, useRef, type ReactElement } from 'react'
import { session, store } from '../ui'

/** The 3D view joined to the panels. */
export function City(): ReactElement {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current!
    let stop = (): void => undefined
    let gone = false
    void Promise.all([import('../render'), import('three')]).then(([{ CityView }, { WebGLRenderer }]) => {
      if (gone) return
      const renderer = new WebGLRenderer({ antialias: true, reversedDepthBuffer: true })
      element.append(renderer.domElement)
      const view = new CityView(renderer, renderer.domElement, 'low')
      const size = (): void => { renderer.setSize(element.clientWidth, element.clientHeight); view.resize(element.clientWidth, element.clientHeight) }
      size()
      window.addEventListener('resize', size)
      view.flyTo({ x: -1500, y: 500, distance: 5200, pitch: 34, bearing: 350 }, false)
      session.connect({
        ...session.view,
        flyTo: ({ x, y, distance = 900 }) => view.flyTo({ x, y, distance, pitch: 40, bearing: 350 }),
        setTimeOfDay: seconds => view.setTimeOfDay(seconds),
      }, city => { void view.load({ url: city.url, core: city.pack.manifest.core.bounds as never }, [-1500, 500]) },
      client => view.setFeed(client.feed))
      renderer.setAnimationLoop(now => view.frame(now))
      stop = () => { renderer.setAnimationLoop(null); view.dispose(); renderer.dispose(); renderer.domElement.remove(); window.removeEventListener('resize', size) }
      void store
    })
    return () => { gone = true; stop() }
  }, [])
  return <div ref={host} style={{ position: 'absolute', inset: 0 }} />
}
