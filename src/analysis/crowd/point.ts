export type Point = readonly [x: number, y: number]
/** Two points; whoever looks from the first to the second has its left on the left hand. */
export type Line = readonly [Point, Point]

export const lineLength = ([[ax, ay], [bx, by]]: Line): number => Math.hypot(bx - ax, by - ay)
