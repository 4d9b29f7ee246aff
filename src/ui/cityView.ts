import type { CityArea } from '../city'
import type { Rain } from '../scenario'
import type { SnapshotFeed } from '../workers'
import type { CrowdHeat, RoadColours, Light, LayerName, Levels, Palette } from './stores/viewSlice'

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
  /** Slot of the person on foot to walk along with; null lets go. */
  followPerson(slot: number | null): void
  setTimeOfDay(seconds: number): void
  setRain(rain: Rain | null): void
  /** `values`: per link, of the difference; ignored for other modes. */
  setRoadColours(mode: RoadColours, values?: Float32Array): void
  /** Colours of roads that every eye tells apart, or the usual ones. */
  setPalette(palette: Palette): void
  highlightLinks(links: readonly number[]): void
  setClosedLanes(lanes: readonly number[]): void
  setLayer(name: LayerName, visible: boolean): void
  /** What planners put on the ground; the one of the id `chosen` lights up. */
  setMarks(marks: readonly Mark[], chosen: string | null): void
  /** Grounds drawn for events, beside those of the city. */
  setDrawnAreas(areas: readonly CityArea[]): void
  /** What is being drawn there just now. */
  setSketch(marks: readonly Mark[]): void
  /** Has clicks on the map told to `watch`, which they select nothing for, until the answer is called. */
  watchPointer(watch: PointerWatch): () => void
  /** What the middle of the picture looks at. */
  centre(height: number | null): { readonly at: readonly [number, number]; readonly pixel: number } | null
  /** Where a place is in the picture, px from its top left; null = behind the eye. */
  screenOf(x: number, y: number, height: number | null): { readonly left: number; readonly top: number; /** m from the eye. */ readonly distance: number } | null
  /** How densely people stand, on the ground. */
  setCrowdHeat(mode: CrowdHeat): void
  /** Shows only who stands between two heights above the sea, m, through what lies above them; null = everybody. */
  setLevels(levels: Levels | null): void
  /** Draws another run of the same city in the left part of the picture, once it is divided; null ends it. */
  setBeside(feed: SnapshotFeed | null): Promise<void>
  /** Lanes that are closed in the run beside. */
  setClosedBeside(lanes: readonly number[]): void
  /** Where the run beside is drawn: left of a line at a share of the width, or in a picture of its own; null = nowhere. */
  divide(division: { readonly mode: 'swipe' | 'split'; readonly at: number } | null): void
  /** While the heat map is shown: how densely people stand under the pointer, and where most densely in view; p/m². */
  crowdDensity(): { readonly underPointer: number | null; readonly densest: { readonly x: number; readonly y: number; readonly density: number } | null }
}

/** Something that stands on the ground where people walk, as the map draws it. */
export interface Mark {
  readonly id: string
  readonly kind: 'fence' | 'oneWay' | 'gate' | 'count' | 'ground' | 'exit' | 'stage'
  /** Of a ground its ring, of a stage its middle. */
  readonly points: readonly (readonly [number, number])[]
  /** m above the sea of the floor that it stands on; null = the ground under the open sky. */
  readonly height: number | null
  readonly passage?: 'both' | 'toLeft' | 'toRight'
  readonly lanes?: number
  readonly shut?: boolean
  readonly state: 'standing' | 'planned' | 'drawn'
}

/** Who draws on the map: told of places on the ground, or on the level at `height` m above the sea. */
export interface PointerWatch {
  height(): number | null
  /** `pixel` is what a pixel spans there, m. */
  move(at: readonly [number, number], pixel: number): void
  click(at: readonly [number, number], pixel: number): void
  /** A double click, told after its two clicks. */
  end(): void
}

/** Seconds of the day that each fixed light stands for. */
export const lightHours: Readonly<Record<Exclude<Light, 'clock'>, number>> = { noon: 12 * 3600, dusk: 18.4 * 3600, night: 21 * 3600 }

/** Used until the 3D view stands, and where WebGL is missing. */
export const absentView: CityView = {
  flyTo() {}, lookAt() {}, home() {}, follow() {}, followPerson() {}, setTimeOfDay() {}, setRain() {}, setRoadColours() {}, setPalette() {}, highlightLinks() {}, setClosedLanes() {}, setLayer() {},
  setMarks() {}, setDrawnAreas() {}, setSketch() {}, watchPointer: () => () => undefined, centre: () => null, screenOf: () => null,
  setBeside: () => Promise.resolve(), setClosedBeside() {}, divide() {},
  setCrowdHeat() {}, setLevels() {}, crowdDensity: () => ({ underPointer: null, densest: null }),
}
