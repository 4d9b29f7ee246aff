import type { ReactElement } from 'react'
import { lazyPart } from './parts/lazyPart'
import { store, useApp } from './stores/store'
import type { Panel } from './stores/viewSlice'

/** Panels are fetched when first opened: none is needed for the first picture. */
const panels: Record<Panel, (props: { onClose: () => void }) => ReactElement> = {
  scenarios: lazyPart(() => import('./panels/ScenariosPanel')),
  layers: lazyPart(() => import('./panels/LayersPanel')),
  edits: lazyPart(() => import('./panels/EditsPanel')),
  jams: lazyPart(() => import('./panels/JamsPanel')),
  trips: lazyPart(() => import('./panels/TripsPanel')),
  compare: lazyPart(() => import('./panels/ComparePanel')),
}

const Welcome = lazyPart(() => import('./Welcome'))

export function PanelArea(): ReactElement | null {
  const panel = useApp(state => state.panel)
  const welcome = useApp(state => state.welcome && state.phase === 'running' && state.tool === 'inspect')
  if (!panel) return welcome ? <Welcome onClose={() => store.getState().setWelcome(false)} /> : null
  const Content = panels[panel]
  return <Content onClose={() => store.getState().show(null)} />
}
