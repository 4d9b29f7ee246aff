import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { RunFile } from '../analysis'
import { failFile } from './failure'

const REMEDY = 'Give a new folder with -o.'
const OWN = new Set(['manifest.json', 'run.json', 'scenario.json', 'kpis.csv', 'trips.csv', 'rules.csv', 'links.geojson'])

/** Refuses a folder that a run cannot be written to, or that holds anything but an earlier run, before any work is done. */
export function checkRunFolder(given: string): void {
  attempt(given, () => {
    const target = targetOf(given)
    if (existsSync(target)) {
      if (!statSync(target).isDirectory()) refuse(given, 'is a file, not a folder')
      const names = readdirSync(target)
      if (names.length > 0 && !isRun(target)) refuse(given, 'is not empty and holds no earlier run')
      const foreign = names.find(name => !OWN.has(name))
      if (foreign !== undefined) refuse(given, `holds an earlier run, but ${foreign} beside it`)
    }
    // Only the attempt tells whether a file system takes a folder.
    rmdirSync(mkdtempSync(join(nearest(given, target), '.run-')))
  })
}

/** Writes a run as a whole or not at all: into a new folder, which then takes the place of `given`. Returns its path. */
export function writeRunFolder(given: string, files: readonly RunFile[]): string {
  checkRunFolder(given)
  const target = targetOf(given)
  const temporary = join(nearest(given, target), `.run-${randomUUID()}`)
  const previous = `${temporary}-old`
  attempt(given, () => {
    try {
      mkdirSync(temporary)
      for (const { name, text } of files) writeFileSync(join(temporary, name), text)
      if (!existsSync(dirname(target))) mkdirSync(dirname(target))
      if (existsSync(target)) renameSync(target, previous)
      renameSync(temporary, target)
    } finally {
      rmSync(temporary, { recursive: true, force: true })
      if (existsSync(previous) && !existsSync(target)) renameSync(previous, target)
      rmSync(previous, { recursive: true, force: true })
    }
  })
  return target
}

/** A link to a folder stays a link. */
function targetOf(given: string): string {
  const target = resolve(given)
  return existsSync(target) ? realpathSync(target) : target
}

/** The folder in which the target will lie, or the one above where that is still to be made: one level, no more. */
function nearest(given: string, target: string): string {
  for (const folder of [dirname(target), dirname(dirname(target))]) {
    if (!existsSync(folder)) continue
    if (statSync(folder).isDirectory()) return folder
    refuse(given, `${folder} is a file, not a folder`)
  }
  return failFile('export/output', given, `there is no folder ${dirname(target)}, nor one to make it in`, 'Make it first, or give another with -o.')
}

function isRun(folder: string): boolean {
  try {
    return (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { format?: unknown } | null)?.format === 'pengcheng-run'
  } catch {
    return false
  }
}

const refuse = (given: string, what: string): never => failFile('export/output', given, what, REMEDY)

/** What the file system refuses becomes a failure that names the folder. */
function attempt(given: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    failFile('export/output', given, `cannot be written (${code})`, 'Give a folder that you may write to with -o.')
  }
}
