import { framesPerSecondOf, Refusal, trajectoriesOrRefuse, type Recording, type RecordingOptions } from './recording'

/**
 * Trajectories as text, `id frame x y` and perhaps more in each line, as PeTrack, JPSreport, jpscore and the Jülich
 * archive write them. Lines with # are comments, of which those before the first row may state the rate ("framerate:
 * 25 fps") and the unit ("x/cm", "in m").
 *
 * Source: Boltes & Seyfried (2013), Neurocomputing 100, 127 (PeTrack); what PedPy reads.
 */
export function readPetrack(file: string, text: string, options: RecordingOptions): Recording {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const [x, y, id, frame, line]: number[][] = [[], [], [], [], []]
  const header: { rate?: number; unit?: 'm' | 'cm'; rateLine: number } = { rateLine: 0 }
  for (const [at, whole] of lines.entries()) {
    const place = `${file}:${at + 1}`
    const content = whole.split('#', 1)[0]!.trim()
    if (content === '') {
      if (id!.length === 0) readComment(whole, place, header, at)
      continue
    }
    if (content.includes('\0')) throw new Refusal(place, 'text', 'is not text', 'Give PeTrack text, JuPedSim SQLite or an HDF5 file of the Jülich archive.')
    const fields = content.split(/\s+/)
    if (fields.length < 4 && /[,;]/.test(content)) throw new Refusal(place, 'separator', `"${short(content)}" is separated by commas or semicolons`, 'Separate the columns id, frame, x, y with blanks or tabs.')
    if (fields.length < 4) throw new Refusal(place, 'columns', `has ${fields.length} ${fields.length === 1 ? 'column' : 'columns'}: "${short(content)}"`, 'Every line needs id, frame, x and y.')
    const [i, f, px, py] = fields.slice(0, 4).map(number)
    const bad = [i, f, px, py].findIndex(value => value === undefined)
    if (bad >= 0) throw new Refusal(place, 'number', `${['id', 'frame', 'x', 'y'][bad]} "${short(fields[bad]!)}" is not a number`, /^[-\d]*,\d+$/.test(fields[bad]!) ? 'Write decimals with a point.' : 'Begin lines that are no rows with #.')
    id!.push(i!); frame!.push(f!); x!.push(px!); y!.push(py!); line!.push(at + 1)
  }
  const rate = framesPerSecondOf(header.rate, options, header.rateLine > 0 ? `${file}:${header.rateLine}` : file)
  const unit = header.unit ?? options.unit
  if (unit === undefined) throw new Refusal(file, 'unit', 'does not say whether it is in metres or centimetres', 'Give it with --unit m or --unit cm.')
  if (options.unit !== undefined && options.unit !== unit) throw new Refusal(file, 'unit', `says that it is in ${unit}, but --unit says ${options.unit}`, 'Leave --unit out, or mend the file.')
  const metres = (values: number[]): number[] => (unit === 'cm' ? values.map(value => value / 100) : values)
  const trajectories = trajectoriesOrRefuse({ x: metres(x!), y: metres(y!), id: id!, frame: frame! }, rate, file, row => `${file}:${line![row]}`)
  return { format: 'petrack', trajectories, geometry: null }
}

function readComment(text: string, place: string, header: { rate?: number; unit?: 'm' | 'cm'; rateLine: number }, at: number): void {
  const rate = /\b(?:frame\s?rate|fps)\b\s*[:=]?\s*(\S+)/i.exec(text)
  if (rate && header.rate === undefined) {
    const value = number(rate[1]!.replace(/fps.*$/i, ''))
    if (value === undefined) throw new Refusal(place, 'fps', `"${short(rate[1]!)}" is no rate of frames`, 'Write it like "# framerate: 25", or take the line out and give --fps.')
    header.rate = value
    header.rateLine = at + 1
  }
  const unit = /\b[xy]\s?[/[(]\s?(c?m)\b|\bin (c?m)\b|\bunits?\s*[:=]\s*(c?m)\b/i.exec(text)
  if (unit) header.unit = (unit[1] ?? unit[2] ?? unit[3])!.toLowerCase() as 'm' | 'cm'
}

const number = (text: string): number | undefined => (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined)
const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text)
