import { existsSync, mkdtempSync, rmdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Why a folder cannot be made or written, or null. Only the attempt tells whether a file system takes a folder, and
 * making several at once below one that takes none may never return.
 */
export function whyNotWritable(folder: string): string | null {
  const target = resolve(folder)
  let nearest = target
  while (!existsSync(nearest)) nearest = dirname(nearest)
  if (!statSync(nearest).isDirectory()) return nearest === target ? 'is a file, not a folder' : `${nearest} is a file, not a folder`
  try {
    rmdirSync(mkdtempSync(join(nearest === target ? dirname(target) : nearest, '.output-')))
    return null
  } catch (error) {
    return `cannot be written (${(error as NodeJS.ErrnoException).code})`
  }
}
