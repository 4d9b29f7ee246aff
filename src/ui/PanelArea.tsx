import { useEffect, type ReactElement } from 'react'
import { withTexts } from './i18n'
import { lazyPart } from './parts/lazyPart'
import { store, useApp } from './stores/store'
import type { Panel } from './stores/viewSlice'

/** Panels are fetched when first opened: none is needed for the first picture. */
const panels: Record<Panel, (props: { onClose: () => void }) => ReactElement> = {
  scenarios: lazyPart(withTexts(() => import('./panels/ScenariosPanel'))),
  layers: lazyPart(withTexts(() => import('./panels/LayersPanel'))),
  edits: lazyPart(withTexts(() => import('./panels/EditsPanel'))),
  jams: lazyPart(withTexts(() => import('./panels/WherePanel'))),
  crowd: lazyPart(withTexts(() => import('./panels/CrowdPanel'))),
  trips: lazyPart(withTexts(() => import('./panels/TripsPanel'))),
  charts: lazyPart(withTexts(() => import('./panels/ChartsPanel'))),
  compare: lazyPart(withTexts(() => import('./panels/ComparePanel'))),
}

const Welcome = lazyPart(withTexts(() => import('./Welcome')))

export function PanelArea(): ReactElement | null {
  const panel = useApp(state => state.panel)
  const welcome = useApp(state => state.welcome && state.phase === 'running')
  /** Whoever has begun by themselves need not be told where to. */
  const begun = useApp(state => state.panel !== null || state.selection !== null || state.tool !== 'inspect' || state.undoStack.length > 0 || state.wall || state.tourStop !== null)
  useEffect(() => { if (welcome && begun) store.getState().setWelcome(false) }, [welcome, begun])
  if (!panel) return welcome ? <Welcome onClose={() => store.getState().setWelcome(false)} /> : null
  const Content = panels[panel]
  return <Content onClose={() => store.getState().show(null)} />
}
