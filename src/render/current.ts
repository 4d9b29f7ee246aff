import type { CityView } from './CityView'

/** The city view of this page: the globe starts where it looked, covers it, and hands the place back. */
export const current: { view: CityView | null } = { view: null }
