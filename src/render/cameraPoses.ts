import type { CameraPose } from './cameraRig'

/** Fixed views for pictures and checks: where the camera stands and at what hour, s of the day. */
export interface NamedPose { readonly name: string; readonly pose: CameraPose; readonly time: number }

const HOUR = 3600

export const cameraPoses: readonly NamedPose[] = [
  { name: 'city-noon', pose: { x: 3000, y: 5500, distance: 46000, pitch: 38, bearing: 350 }, time: 12 * HOUR },
  { name: 'core-morning', pose: { x: -7000, y: 700, distance: 15500, pitch: 32, bearing: 10 }, time: 8 * HOUR },
  { name: 'futian-noon', pose: { x: 350, y: 600, distance: 2600, pitch: 24, bearing: 345 }, time: 13 * HOUR },
  { name: 'futian-night', pose: { x: 350, y: 600, distance: 2800, pitch: 17, bearing: 330 }, time: 20 * HOUR },
  { name: 'civic-center', pose: { x: 800, y: 700, distance: 1300, pitch: 30, bearing: 20 }, time: 16.5 * HOUR },
  { name: 'bay-stadium', pose: { x: -10700, y: -2300, distance: 1700, pitch: 30, bearing: 320 }, time: 15 * HOUR },
  { name: 'shennan-street', pose: { x: 1010, y: -83, distance: 110, pitch: 8, bearing: 272 }, time: 9.5 * HOUR },
  { name: 'houhai-night', pose: { x: -11300, y: -2300, distance: 2600, pitch: 15, bearing: 300 }, time: 19.6 * HOUR },
  { name: 'nanshan-hills', pose: { x: -14500, y: -3500, distance: 5200, pitch: 22, bearing: 250 }, time: 10 * HOUR },
  { name: 'interchange', pose: { x: -2700, y: -350, distance: 800, pitch: 34, bearing: 20 }, time: 11 * HOUR },
  { name: 'junction', pose: { x: 300, y: 330, distance: 150, pitch: 34, bearing: 20 }, time: 17 * HOUR },
  { name: 'dusk-bay', pose: { x: -8500, y: -1200, distance: 7000, pitch: 12, bearing: 285 }, time: 18.25 * HOUR },
]
