import { casesOf, runSuite, validationSuites, type ValidationRow } from '../../analysis'

/** What the worker says after each case, of all suites together. */
export interface Progress { readonly done: number; readonly of: number; readonly rows: readonly ValidationRow[] }

/** Begins when it is told whether the long cases are wanted, too. */
onmessage = ({ data: long }: MessageEvent<boolean>) => {
  const suites = Object.keys(validationSuites)
  const of = suites.reduce((sum, suite) => sum + casesOf(suite, '', long).length, 0)
  let done = 0
  for (const suite of suites) for (const { rows } of runSuite(suite, '', long)) postMessage({ done: ++done, of, rows } satisfies Progress)
  close()
}
