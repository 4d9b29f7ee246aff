export * from './transitTables'
export { createTransit, doorsAt, TransitCount, waitForRide, type Transit } from './createTransit'
export { stepTransit } from './stepTransit'
export { checkTransit, transitTotals, transitViews, type TransitTotals } from './transitReports'
