export * from './sidewalkTables'
export { arrivalColumns, createSidewalks, edgeStateColumns, enterSidewalk, FootCount, pedestrianColumns, reachesNode, type Sidewalks } from './createSidewalks'
export { checkSidewalks, footPlace, sidewalkViews, stepSidewalks, weidmann, type FootPlace } from './stepSidewalks'
