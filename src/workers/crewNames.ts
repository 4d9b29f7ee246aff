/** Names of the threads that help a run, by what they are to help with: vehicles, or vehicles and a crowd. */
export const CREW = 'crew'
export const CROWD_CREW = 'crew with crowds'
