/**
 * The city in 3D. `<CityCanvas onReady={view => ...}>` mounts it and hands over a `CityView`, which does the rest:
 *
 *   load({ url, core }, focus)     builds and shows a city pack, ground and roads first, buildings nearest first
 *   setFeed(feed)                  draws the snapshots of a run from now on
 *   setTimeOfDay(seconds)          sun, lamps and windows
 *   flyTo(pose), follow(slot)      camera; rig.pose() answers where it is
 *   pick(px, py)                   what is under the pointer: link, vehicle, building, station, node, person, mark, or null
 *   followPerson(slot), person(slot, pose), setFloors([low, high]) to see into a station
 *   setAreas(areas)                squares, stadiums and stations where people walk, with what is closed in them
 *   setMarks(marks, chosen)        barriers, gates, count lines and drawn grounds; setSketch(marks) what is being drawn
 *   setCrowdHeat(mode)             density on the ground: none, levels (Fruin's) or density; crowdDensityAt(x, y), densestCrowd()
 *   setPalette(palette)            colours of roads: usual, or safe for every colour vision
 *   setRoadColours(mode, values?)  none, congestion (from the feed) or difference (one value a link, positive is worse)
 *   highlightLinks, hoverLink, setClosed, setClosedLanes, setLayer, setLabelLanguage, setVehicleColours
 *   setBeside(feed), divide({ mode, at })  another run of the same city left of a line, or in a picture of its own
 *   freeze(ms)                     waves and blinking stand still, for pictures that repeat
 *   stats()                        draw calls, triangles, ms of JavaScript a frame
 *
 * Metres from the false origin, z up; seconds of the day; bearings clockwise from north and pitch below the horizon.
 */
export { CityCanvas, type CityCanvasProps } from './CityCanvas'
export { CityView, type ViewStats } from './CityView'
export { type CityScene, type CitySource, type ViewLayer } from './CityScene'
export { cameraPoses, type NamedPose } from './cameraPoses'
export type { CameraPose } from './cameraRig'
export { fruinRamp, roadRamps } from './colours'
export type { GroundMark } from './groundMarks'
export type { CrowdHeatMode, CrowdPlace } from './layers/crowdHeatLayer'
export type { PersonPose } from './layers/peopleLayer'
export type { LabelLanguage } from './layers/labelLayer'
export type { RoadColourMode } from './layers/roadLayer'
export type { Pick, PickKind } from './picking'
export { qualityTiers, type QualityTier } from './quality'
export { openGlobe, type GlobeView, type OpenGlobe } from './globe'
