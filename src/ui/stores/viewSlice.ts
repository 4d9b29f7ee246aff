import type { StateCreator } from 'zustand'
import type { DifferenceMeasure } from '../../analysis'
import type { PlaceHit } from '../model/cityModel'
import type { AppState } from './store'

export type Panel = 'scenarios' | 'layers' | 'edits' | 'jams' | 'crowd' | 'trips' | 'charts' | 'compare'
export type Dialog = 'credits' | 'shortcuts' | 'report' | 'briefing' | 'share' | 'corridor' | 'new' | 'saveAs' | 'rename'
export type Theme = 'dark' | 'light'
export type Tool = 'inspect' | 'close' | 'draw'
/** What is drawn on the ground with the drawing tool. */
export type Drawn = 'barrier' | 'gate' | 'countLine' | 'ground'
/** What is put on the map by clicks on it: drawn, or placed. */
export type Placed = Drawn | 'housing'
/** Colours of congestion, differences and levels of service: the usual ones, or safe for every colour vision. */
export type Palette = 'usual' | 'safe'
export type RoadColours = 'none' | 'congestion' | 'difference'
/** How densely people stand: not shown, as Fruin levels, or as a ramp. */
export type CrowdHeat = 'none' | 'levels' | 'density'
/** Lowest and highest, m above the sea. */
export type Levels = readonly [low: number, high: number]
/** Whether the light follows the simulated clock or stands still at an hour. */
export type Light = 'clock' | 'noon' | 'dusk' | 'night'
export type LayerName = 'buildings' | 'vehicles' | 'people' | 'areas' | 'metro' | 'labels' | 'districts' | 'trees'

/** What the planner clicked. Vehicles are named by trip as well, because a slot is used again after an arrival. */
export type Selection =
  | { readonly kind: 'link'; readonly link: number }
  | { readonly kind: 'vehicle'; readonly slot: number; readonly trip: number }
  /** By slot, which is a person's own for the whole run. */
  | { readonly kind: 'person'; readonly slot: number }
  | { readonly kind: 'place'; readonly place: PlaceHit }
  | { readonly kind: 'building' | 'station' | 'metroLine' | 'node'; readonly row: number }
  /** An area where people walk, by its id in the pack; a change on the ground, by its id in the document. */
  | { readonly kind: 'area' | 'mark'; readonly id: string }

export interface Toast {
  readonly id: number
  readonly tone: 'info' | 'good' | 'bad'
  readonly text: string
  readonly detail?: string
  /** What can be done about it, on a button. */
  readonly action?: { readonly text: string; readonly act: () => void; /** Until it is answered or put away. */ readonly stays?: boolean }
}

/** What the planner looks at. Never saved with the document, never undone. */
export interface ViewSlice {
  panel: Panel | null
  dialog: Dialog | null
  /** What a dialog is about, by its key: a document, null = the open one; or a road. */
  dialogAbout: { readonly key: string; readonly name: string; /** Node of a road to begin with. */ readonly node?: number } | null
  theme: Theme
  tool: Tool
  /** What the drawing tool makes, and which change of the document it is to replace. */
  drawn: { readonly what: Placed; readonly replaces?: string }
  selection: Selection | null
  following: boolean
  roadColours: RoadColours
  /** Whether somebody asked for these colours, or a result brought its own along. */
  coloursChosen: boolean
  palette: Palette
  /** What the map of a comparison shows. */
  difference: DifferenceMeasure
  crowdHeat: CrowdHeat
  /** Only what lies between is shown of people and where they walk. */
  levels: Levels | null
  light: Light
  /** Second of the day that pictures are taken at; null = as `light` says. */
  lightAt: number | null
  /** The globe lies over the 3D city. */
  globe: boolean
  /** Nobody has been here yet: say where to begin. */
  welcome: boolean
  /** Where the first-run tour of the workbench stands; null = none. */
  tourStop: number | null
  /** Panels are hidden, for a display wall: clock, legend and a few figures, and a tour of the city. */
  wall: boolean
  /** The camera goes from view to view by itself, on the wall. */
  touring: boolean
  /** Counts the views of the tour. */
  tourStep: number
  layers: Readonly<Record<LayerName, boolean>>
  toasts: readonly Toast[]
  show(panel: Panel | null): void
  openDialog(dialog: Dialog | null, about?: ViewSlice['dialogAbout']): void
  setTheme(theme: Theme): void
  setTool(tool: Tool): void
  draw(what: Placed, replaces?: string): void
  select(selection: Selection | null): void
  setFollowing(following: boolean): void
  setRoadColours(roadColours: RoadColours): void
  /** Colours the roads by where a result differs, or no longer. */
  showDifference(shown: boolean): void
  /** Each of two runs side by side in the colours of its own traffic, unless somebody asked for others. */
  showOwnTraffic(): void
  setPalette(palette: Palette): void
  setCrowdHeat(crowdHeat: CrowdHeat): void
  setLevels(levels: Levels | null): void
  setLight(light: Light): void
  setGlobe(globe: boolean): void
  setWelcome(welcome: boolean): void
  setTourStop(tourStop: number | null): void
  setWall(wall: boolean): void
  /** To the next view of the tour. */
  tourOn(): void
  setLayer(name: LayerName, visible: boolean): void
  say(tone: Toast['tone'], text: string, detail?: string, action?: Toast['action']): void
  dismiss(id: number): void
}

const PALETTE_KEY = 'pengcheng.palette'
const THEME_KEY = 'pengcheng.theme'
const WELCOMED_KEY = 'pengcheng.welcomed'

let toastNext = 1

const drawable = (what: Placed): Drawn => (what === 'housing' ? 'barrier' : what)

export const createViewSlice: StateCreator<AppState, [], [], ViewSlice> = (set, get) => ({
  panel: null,
  dialog: null,
  dialogAbout: null,
  theme: localStorage.getItem(THEME_KEY) === 'light' ? 'light' : 'dark',
  tool: 'inspect',
  drawn: { what: 'barrier' },
  selection: null,
  following: false,
  roadColours: 'congestion',
  coloursChosen: false,
  palette: localStorage.getItem(PALETTE_KEY) === 'safe' ? 'safe' : 'usual',
  difference: 'density',
  crowdHeat: 'none',
  levels: null,
  light: 'clock',
  lightAt: null,
  globe: false,
  welcome: localStorage.getItem(WELCOMED_KEY) === null,
  tourStop: null,
  wall: new URLSearchParams(globalThis.location?.search).has('wall'),
  touring: true,
  tourStep: 0,
  layers: { buildings: true, vehicles: true, people: true, areas: true, metro: true, labels: true, districts: true, trees: true },
  toasts: [],
  show(panel) { set({ panel: get().panel === panel ? null : panel }) },
  openDialog(dialog, about = null) { set({ dialog, dialogAbout: about }) },
  setTheme(theme) {
    localStorage.setItem(THEME_KEY, theme)
    set({ theme })
  },
  setTool(tool) { set(tool === 'draw' ? { tool, drawn: { what: drawable(get().drawn.what) }, selection: null, following: false } : { tool }) },
  draw(what, replaces) { set({ tool: 'draw', drawn: replaces === undefined ? { what } : { what, replaces }, selection: null, following: false }) },
  select(selection) { set({ selection, following: false, ...(selection && get().tool === 'draw' ? { tool: 'inspect' as const } : {}) }) },
  setFollowing(following) { set({ following }) },
  setRoadColours(roadColours) { set({ roadColours, coloursChosen: true }) },
  showDifference(shown) {
    if (shown) set({ roadColours: 'difference', coloursChosen: false })
    else if (get().roadColours === 'difference') set({ roadColours: 'congestion', coloursChosen: false })
  },
  showOwnTraffic() { if (!get().coloursChosen) get().showDifference(false) },
  setPalette(palette) {
    localStorage.setItem(PALETTE_KEY, palette)
    set({ palette })
  },
  setCrowdHeat(crowdHeat) { set({ crowdHeat }) },
  setLevels(levels) { set({ levels }) },
  setLight(light) { set({ light, lightAt: null }) },
  setGlobe(globe) { set({ globe }) },
  setWelcome(welcome) {
    localStorage.setItem(WELCOMED_KEY, 'yes')
    set({ welcome })
  },
  setTourStop(tourStop) { set(tourStop === null ? { tourStop } : { tourStop, panel: null, selection: null, tool: 'inspect' }) },
  setWall(wall) { set(wall ? { wall, touring: true, tourStep: 0, panel: null, selection: null, tool: 'inspect', following: false } : { wall }) },
  tourOn() { set({ touring: true, tourStep: get().tourStep + 1 }) },
  setLayer(name, visible) { set({ layers: { ...get().layers, [name]: visible } }) },
  say(tone, text, detail, action) {
    const toast: Toast = { id: toastNext++, tone, text, ...(detail ? { detail } : {}), ...(action ? { action } : {}) }
    set({ toasts: [...get().toasts.slice(-3), toast] })
  },
  dismiss(id) { set({ toasts: get().toasts.filter(toast => toast.id !== id) }) },
})
