import { createRoot, useFrame, type ReconcilerRoot } from '@react-three/fiber'
import { useEffect, useRef } from 'react'
import { getConsoleFunction, setConsoleFunction, WebGLRenderer } from 'three'
import { CityView } from './CityView'
import { openContext, qualityTiers, type QualityTier } from './quality'

export interface CityCanvasProps {
  /** By default what suits the machine. */
  readonly quality?: QualityTier
  /** Called once with the view; it lives until the component goes. */
  readonly onReady: (view: CityView) => void
  /** Called when the browser gives no WebGL2. */
  readonly onFailure?: (message: string) => void
  readonly label?: string
}

/** Drives one frame of the view for every frame of the canvas; draws instead of r3f (priority 1). */
function FrameLoop({ view }: { readonly view: CityView }) {
  useFrame(() => view.frame(performance.now()), 1)
  return null
}

/** r3f 9 makes a clock that three has deprecated. Nothing here reads it, and the warning means nothing to who sees the page. */
function withoutClockWarning<T>(act: () => T): T {
  const before = getConsoleFunction()
  setConsoleFunction((type, message, ...rest) => { if (!message.startsWith('THREE.Clock:')) console[type](message, ...rest) })
  try {
    return act()
  } finally {
    setConsoleFunction(before)
  }
}

/** Mounts the render core on a canvas that fills its parent. Nothing of a frame goes through React. */
export function CityCanvas({ quality: wanted, onReady, onFailure, label }: CityCanvasProps) {
  const holder = useRef<HTMLDivElement>(null)
  const handlers = useRef({ onReady, onFailure })
  useEffect(() => { handlers.current = { onReady, onFailure } })

  useEffect(() => {
    const parent = holder.current!
    const context = openContext(wanted)
    if (!context) {
      handlers.current.onFailure?.('WebGL 2 could not be started')
      return undefined
    }
    const { canvas, gl, tier: quality } = context
    canvas.tabIndex = 0
    canvas.style.cssText = 'display:block;width:100%;height:100%;outline:none;touch-action:none'
    if (label) canvas.setAttribute('aria-label', label)
    parent.append(canvas)
    const renderer = new WebGLRenderer({ canvas, context: gl })
    // Each of these asks the graphics process a question, and so waits until it has done all that was sent before.
    renderer.debug.checkShaderErrors = import.meta.env.DEV
    renderer.capabilities.getMaxAnisotropy()
    const view = new CityView(renderer, canvas, quality)
    const root: ReconcilerRoot<HTMLCanvasElement> = withoutClockWarning(() => createRoot(canvas))
    const measure = (): void => {
      const width = Math.max(1, parent.clientWidth), height = Math.max(1, parent.clientHeight)
      const ratio = Math.min(devicePixelRatio, qualityTiers[quality].pixelRatio)
      renderer.setPixelRatio(ratio)
      renderer.setSize(width, height, false)
      view.resize(width, height)
      void root.configure({ gl: renderer, camera: view.rig.camera, scene: view.scene, size: { width, height, top: 0, left: 0 }, dpr: ratio, frameloop: 'always', flat: true, linear: true, events: undefined })
    }
    measure()
    root.render(<FrameLoop view={view} />)
    const observer = new ResizeObserver(measure)
    observer.observe(parent)
    handlers.current.onReady(view)
    return () => {
      observer.disconnect()
      root.unmount()
      view.dispose()
      renderer.dispose()
      canvas.remove()
    }
  }, [wanted, label])

  return <div ref={holder} style={{ position: 'absolute', inset: 0, overflow: 'hidden' }} />
}
