/** What makes the rules of a run: for whoever compiles scenarios at once, without fetching it later. */
export { compileRules } from './rules/compileRules'
