import type { CrowdHeat, RoadColours, Light, LayerName, Levels } from './stores/viewSlice'

/**
 * What the panels ask of the 3D view. The app joins the two; panels know no three, and the view knows no panel.
 * Positions are metres from the false origin.
 */
export interface CityView {
  /** Flies there; what is left out of pitch and bearing (degrees) is as a road or place is best seen. */
  flyTo(target: { readonly x: number; readonly y: number; readonly distance?: number; readonly pitch?: number; readonly bearing?: number }): void
  /** Puts the camera there at once; pitch below the horizon and bearing clockwise from north, degrees. */
  lookAt(pose: { readonly x: number; readonly y: number; readonly distance: number; readonly pitch: number; readonly bearing: number }): void
  /** The opening pose: the whole modelled core. */
  home(): void
  /** Slot of the vehicle to ride along with; null lets go. */
  follow(slot: number | null): void
  setTimeOfDay(seconds: number): void
  /** `values`: per link, of the difference; ignored for other modes. */
  setRoadColours(mode: RoadColours, values?: Float32Array): void
  highlightLinks(links: readonly number[]): void
  setClosedLanes(lanes: readonly number[]): void
  setLayer(name: LayerName, visible: boolean): void
  /** How densely people stand, on the ground. */
  setCrowdHeat(mode: CrowdHeat): void
  /** Shows only who stands between two heights above the sea, m, through what lies above them; null = everybody. */
  setLevels(levels: Levels | null): void
  /** While the heat map is shown: how densely people stand under the pointer, and where most densely in view; p/m². */
  crowdDensity(): { readonly underPointer: number | null; readonly densest: { readonly x: number; readonly y: number; readonly density: number } | null }
}

/** Seconds of the day that each fixed light stands for. */
export const lightHours: Readonly<Record<Exclude<Light, 'clock'>, number>> = { noon: 12 * 3600, dusk: 18.4 * 3600, night: 21 * 3600 }

/** Used until the 3D view stands, and where WebGL is missing. */
export const absentView: CityView = {
  flyTo() {}, lookAt() {}, home() {}, follow() {}, setTimeOfDay() {}, setRoadColours() {}, highlightLinks() {}, setClosedLanes() {}, setLayer() {},
  setCrowdHeat() {}, setLevels() {}, crowdDensity: () => ({ underPointer: null, densest: null }),
}
