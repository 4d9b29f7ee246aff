import gcoord from 'gcoord'
import { createTable } from '../../../sim'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { toPlane } from '../../projection'
import { busCallColumns, busLayer, busLineColumns, busStopColumns } from '../bus'
import { distance, type Point } from './geometry'
import { readRawText } from './rawFile'
import { sources } from './sources'

/** Platforms of one name closer than this are one stop, m: both sides of a wide road are two. */
const SAME_STOP = 40

interface Stop { readonly name: string; readonly members: Point[]; place: Point; readonly lines: Set<number> }

/** Bus stops of the city and the order in which lines call at them. `inCity` tells the city from its neighbours. */
export function busBuild(rawFolder: string, inCity: (x: number, y: number) => boolean): LayerBuild {
  const stops: Stop[] = []
  const byName = new Map<string, number[]>()
  const lines = readLines(rawFolder).flatMap(({ title, names, places }) => {
    const calls = names.flatMap((name, i): { name: string; place: Point }[] => {
      const place = places[i]!
      return inCity(place[0], place[1]) ? [{ name: bare(name), place }] : []
    })
    return calls.length >= 2 ? [{ title, calls }] : []
  })
  const called = lines.map(({ calls }, line) => calls.map(({ name, place }) => {
    const candidates = byName.get(name) ?? []
    let row = candidates.find(candidate => distance(stops[candidate]!.place, place) < SAME_STOP) ?? -1
    if (row < 0) {
      row = stops.push({ name, members: [], place, lines: new Set() }) - 1
      byName.set(name, [...candidates, row])
    }
    stops[row]!.members.push(place)
    stops[row]!.lines.add(line)
    return row
  }))
  for (const stop of stops) stop.place = [mean(stop.members.map(member => member[0])), mean(stop.members.map(member => member[1]))]
  return { layer: layerFile(busLayer, ...tablesOf(stops, lines.map(line => line.title), called)), sources: [sources.bus] }
}

function tablesOf(stops: readonly Stop[], titles: readonly string[], called: readonly (readonly number[])[]) {
  const strings = new StringList()
  const tables = {
    stops: createTable(busStopColumns, stops.length),
    lines: createTable(busLineColumns, titles.length),
    calls: createTable(busCallColumns, called.reduce((sum, calls) => sum + calls.length, 0)),
  }
  for (const [row, stop] of stops.entries()) {
    tables.stops.name[row] = strings.row(stop.name)
    tables.stops.x[row] = Math.round(stop.place[0])
    tables.stops.y[row] = Math.round(stop.place[1])
    tables.stops.lineCount[row] = stop.lines.size
  }
  let call = 0
  for (const [row, title] of titles.entries()) {
    const [, name = title, from = '', to = ''] = /^(.*?)\((.*)-(.*)\)$/.exec(title) ?? []
    tables.lines.name[row] = strings.row(name)
    tables.lines.from[row] = strings.row(bare(from))
    tables.lines.to[row] = strings.row(bare(to))
    tables.lines.callFirst[row] = call
    tables.lines.callCount[row] = called[row]!.length
    for (const stop of called[row]!) tables.calls.stop[call++] = stop
  }
  return [tables, strings.strings] as const
}

/** Rows of the file: title, stop names, and places, turned from Baidu's BD-09 into the plane. */
function readLines(rawFolder: string): { title: string; names: string[]; places: Point[] }[] {
  const text = readRawText(rawFolder, 'bus-lines-2020/busline.bd09.csv.gz')
  return text.split(/\r?\n/).slice(1).flatMap(row => {
    const match = /^("?)(.*?)\1,"\[(.*?)\]","\[(.*?)\]"$/.exec(row)
    if (!match) return []
    const names = listOf(match[3]!)
    const places = listOf(match[4]!).map((pair): Point => {
      const [longitude, latitude] = pair.split(',').map(Number) as [number, number]
      const [lon, lat] = gcoord.transform([longitude, latitude], gcoord.BD09, gcoord.WGS84)
      return toPlane(lon, lat)
    })
    return [{ title: match[2]!, names, places }]
  })
}

/** A stop's name without the number of its platform. */
const bare = (name: string): string => name.replace(/[①-⑳]/g, '').trim()

const listOf = (text: string): string[] => [...text.matchAll(/'([^']*)'/g)].map(match => match[1]!)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
