import type { Dataset, File, Metadata } from 'h5wasm'
import { framesPerSecondOf, Refusal, trajectoriesOrRefuse, type Recording, type RecordingOptions } from './recording'
import { polygonOfWkt } from './wkt'

const REMEDY = 'Give an HDF5 file of the Jülich archive: a compound dataset "trajectory" with id, frame, x, y and an attribute fps.'

/** Rows that are taken from the file at a time. */
const SLICE = 100_000

/**
 * Trajectories of the Jülich pedestrian dynamics data archive, HDF5: compound dataset `trajectory` (id, frame, x, y, z
 * in metres) with the attribute `fps`; attribute `wkt_geometry` of the file.
 *
 * Source: ped.fz-juelich.de/da, page info; what PedPy reads. The library is loaded when the first such file is opened.
 */
export async function readJuelich(file: string, bytes: Uint8Array, options: RecordingOptions): Promise<Recording> {
  const { default: hdf5 } = await import('h5wasm')
  const { FS, activate_throwing_error_handler: throwErrors } = await hdf5.ready
  throwErrors()
  const path = '/trajectories.h5'
  FS.writeFile(path, bytes)
  let opened: File | undefined
  try {
    opened = new hdf5.File(path, 'r')
    return recordingOf(file, opened, options)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(file, 'hdf5', `is a damaged HDF5 file (${deepest(error)})`, 'Fetch it again.')
  } finally {
    opened?.close()
    FS.unlink(path)
  }
}

/** The library prints its whole stack of calls; the last entry is what went wrong. */
function deepest(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return [...text.matchAll(/ in \w+\(\): (.*)/g)].at(-1)?.[1] ?? text.split('\n', 1)[0]!
}

function recordingOf(file: string, opened: File, options: RecordingOptions): Recording {
  if (!opened.keys().includes('trajectory')) throw new Refusal(file, 'dataset', 'has no dataset "trajectory"', REMEDY)
  const dataset = opened.get('trajectory') as Dataset
  const metadata = dataset.type === 'Dataset' ? dataset.metadata : undefined
  const members = metadata?.compound_type?.members.map(({ name }) => name)
  if (!metadata || !members) throw new Refusal(file, 'dataset', '"trajectory" is not a table', REMEDY)
  const at = (['id', 'frame', 'x', 'y'] as const).map(name => members.indexOf(name))
  if (at.includes(-1)) throw new Refusal(file, 'columns', `the dataset "trajectory" has ${members.join(', ')}`, REMEDY)
  if (options.unit === 'cm') throw new Refusal(file, 'unit', 'is in metres, as all HDF5 files of the archive', 'Leave --unit out.')
  const stated = dataset.attrs['fps']?.value
  const rate = stated === undefined || stated === null ? undefined : Number(Array.isArray(stated) || ArrayBuffer.isView(stated) ? (stated as ArrayLike<unknown>)[0] : stated)
  const framesPerSecond = framesPerSecondOf(rate, options, `${file}, attribute fps`)
  const columns = at.map(() => [] as number[])
  for (let from = 0; from < rowsOf(metadata); from += SLICE) {
    for (const row of dataset.slice([[from, Math.min(rowsOf(metadata), from + SLICE)]]) as unknown as readonly unknown[][]) {
      for (const [column, member] of at.entries()) columns[column]!.push(Number(row[member]))
    }
  }
  const [id, frame, x, y] = columns
  const trajectories = trajectoriesOrRefuse({ x: x!, y: y!, id: id!, frame: frame! }, framesPerSecond, file, row => `${file}, trajectory row ${row + 1}`)
  const wkt = opened.attrs['wkt_geometry']?.value
  if (typeof wkt !== 'string') return { format: 'juelich', trajectories, geometry: null }
  const polygon = polygonOfWkt(wkt)
  if (typeof polygon === 'string') throw new Refusal(`${file}, attribute wkt_geometry`, 'wkt', `its WKT ${polygon}`, 'Give a POLYGON of where people can walk, with its holes.')
  return { format: 'juelich', trajectories, geometry: polygon }
}

const rowsOf = ({ shape }: Metadata): number => shape?.[0] ?? 0
