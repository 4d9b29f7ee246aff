/** Where the first picture looks: over Futian to the hills, 深南大道 across it. Metres and degrees as the camera takes them. */
export const openingPose = { x: -1500, y: 300, distance: 5200, pitch: 30, bearing: 345 }
/** Where meshes are built first. */
export const openingFocus: readonly [number, number] = [openingPose.x, openingPose.y]
