import { beforeEach, expect, test, vi } from 'vitest'
import { create, type StoreApi } from 'zustand'
import { type ViewSlice } from '../../src/ui/stores/viewSlice'

let store: StoreApi<ViewSlice>
beforeEach(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  const { createViewSlice } = await import('../../src/ui/stores/viewSlice')
  store = create<ViewSlice>()(createViewSlice as never)
})

test('side by side each run has the colours of its own traffic, though a result had coloured the roads by the difference', () => {
  store.getState().showDifference(true)
  expect(store.getState().roadColours).toBe('difference')
  store.getState().showOwnTraffic()
  expect(store.getState().roadColours).toBe('congestion')
})

test('whoever asked for the difference keeps it', () => {
  store.getState().showDifference(true)
  store.getState().setRoadColours('difference')
  store.getState().showOwnTraffic()
  expect(store.getState().roadColours).toBe('difference')
})

test('a result that is put away takes only its own colours with it', () => {
  store.getState().setRoadColours('none')
  store.getState().showDifference(false)
  expect(store.getState().roadColours).toBe('none')
})
