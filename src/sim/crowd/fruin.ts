/**
 * Least room of levels A to E, m2 a person; less than the last is F.
 *
 * Source: Fruin (1971), Pedestrian Planning and Design, ch. 4, in metric units as planners print them: walkways 35, 25,
 * 15, 10 and 5 square feet; stairs 20, 15, 10, 7 and 4; queues 13, 10, 7, 3 and 2.
 */
export const fruinRoom: Readonly<Record<'walkway' | 'stairs' | 'queue', readonly number[]>> = {
  walkway: [3.24, 2.32, 1.39, 0.93, 0.46],
  stairs: [1.85, 1.39, 0.93, 0.65, 0.37],
  queue: [1.21, 0.93, 0.65, 0.28, 0.19],
}

