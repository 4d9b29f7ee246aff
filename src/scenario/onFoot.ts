/** What makes the people of events: for whoever compiles scenarios at once, without fetching it later. */
export { compileOutings } from './outings/compileOutings'
