import { beforeEach, expect, test, vi } from 'vitest'
import { lastPlace } from '../../src/ui/documents/place'

beforeEach(() => {
  vi.stubGlobal('sessionStorage', { getItem: () => null })
  vi.stubGlobal('localStorage', { getItem: () => 'plan-1' })
})
const at = (search: string): ReturnType<typeof lastPlace> => { vi.stubGlobal('location', { search }); return lastPlace() }

test('what was worked on last is open again, but not on a wall, nor where the address asks for a scenario', () => {
  expect(at('')).toEqual({ place: { own: 'plan-1' }, ofThisTab: false })
  expect(at('?wall')).toBeNull()
  expect(at('?wall&scenario=stadium-evening')).toBeNull()
})

test('a tab that is loaded again has open what it had', () => {
  vi.stubGlobal('sessionStorage', { getItem: () => JSON.stringify({ own: 'plan-2', search: '?wall' }) })
  expect(at('?wall')).toMatchObject({ place: { own: 'plan-2' }, ofThisTab: true })
})
