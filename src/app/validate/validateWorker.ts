import { runSuite, validationSuites, type ValidationRow } from '../../analysis'

/** What the worker says after each case. */
export interface Progress { readonly suite: string; readonly done: number; readonly of: number; readonly rows: readonly ValidationRow[] }

for (const suite of Object.keys(validationSuites)) for (const step of runSuite(suite)) postMessage({ suite, ...step } satisfies Progress)
close()
