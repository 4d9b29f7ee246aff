import { lazy, Suspense, type ReactElement } from 'react'
import { store, useApp } from './stores/store'
import type { Panel } from './stores/viewSlice'

/** Panels are fetched when first opened: none is needed for the first picture. */
const panels: Record<Panel, ReturnType<typeof lazy<(props: { onClose: () => void }) => ReactElement | null>>> = {
  scenarios: lazy(() => import('./panels/ScenariosPanel')),
  layers: lazy(() => import('./panels/LayersPanel')),
  edits: lazy(() => import('./panels/EditsPanel')),
  jams: lazy(() => import('./panels/JamsPanel')),
  trips: lazy(() => import('./panels/TripsPanel')),
  compare: lazy(() => import('./panels/ComparePanel')),
}

const Welcome = lazy(() => import('./Welcome'))

export function PanelArea(): ReactElement | null {
  const panel = useApp(state => state.panel)
  const welcome = useApp(state => state.welcome && state.phase === 'running' && state.tool === 'inspect')
  if (!panel) return welcome ? <Suspense fallback={null}><Welcome onClose={() => store.getState().setWelcome(false)} /></Suspense> : null
  const Content = panels[panel]
  return <Suspense fallback={null}><Content onClose={() => store.getState().show(null)} /></Suspense>
}
