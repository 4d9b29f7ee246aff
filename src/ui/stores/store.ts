import { createStore, useStore, type StoreApi } from 'zustand'
import { createDocumentSlice, type DocumentSlice } from './documentSlice'
import { createRunSlice, type RunSlice } from './runSlice'
import { createViewSlice, type ViewSlice } from './viewSlice'

export type AppState = DocumentSlice & ViewSlice & RunSlice

/** One store of three slices: document (saved, undoable), view (what is looked at), run (status and measures). */
export const store: StoreApi<AppState> = createStore<AppState>()((...set) => ({
  ...createDocumentSlice(...set),
  ...createViewSlice(...set),
  ...createRunSlice(...set),
}))

export const useApp = <T>(select: (state: AppState) => T): T => useStore(store, select)
