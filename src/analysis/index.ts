export * from './record'
export * from './statistics'
export * from './emissions'
export * from './levelOfService'
export * from './kpis'
export * from './roads'
export * from './compare'
export * from './differenceMaps'
export * from './networkSeries'
export * from './tripDifferences'
export * from './exports'
export * from './runScenario'
export * from './baseline'
export * from './observedSpeeds'
export * from './validation'
export * from './runFolder'
export * from './runMeso'
export * from './dijkstra'
export * from './compareRoutes'
export {
  CrowdRecording, lineLength, measureTrajectories, personCount, polygonArea, polygonOfWkt, PRESSURE_TURBULENT, readRecording, writeJupedsim,
  type FruinSurface, type Line as CrowdLine, type MeasureMethod, type MeasurePlan, type MeasureResult, type Point as CrowdPoint,
  type Polygon as CrowdPolygon, type Recording, type SpeedBorder, type Trajectories,
} from './crowd'
