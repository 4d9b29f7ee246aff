export * from './transitTables'
export { createTransit, doorsAt, leaveBehind, othersInCar, roomAt, TransitCount, waitForRide, type Transit } from './createTransit'
export { HOLD_MAX, stepTransit } from './stepTransit'
export { checkTransit, transitTotals, transitViews, type TransitTotals } from './transitReports'
