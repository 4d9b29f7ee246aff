/** Where the first picture looks: over Futian to the hills, 深南大道 across it. Metres and degrees as the camera takes them. */
export const openingPose = { x: 100, y: 500, distance: 3800, pitch: 23, bearing: 328 }
/** Where meshes are built first. */
export const openingFocus: readonly [number, number] = [openingPose.x, openingPose.y]
