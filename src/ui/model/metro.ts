import type { MetroLayer } from '../../city'
import { metroPlaces, metroRow, type MetroEdit, type ScenarioEdit } from '../../scenario'
import { language } from '../i18n'
import type { PlaceHit } from './cityModel'

/** A line or station of the metro as lists show it. */
export interface MetroName {
  readonly row: number
  /** As documents name it. */
  readonly zh: string
  /** In the language of the page, and in the other one. */
  readonly shown: string
  readonly other: string
}
export interface MetroLineName extends MetroName { readonly colour: string }

function nameOf({ zh, en }: { readonly zh: string; readonly en: string }, row: number): MetroName {
  return language() === 'en' && en ? { row, zh, shown: en, other: zh } : { row, zh, shown: zh, other: en }
}

export function lineNames(layer: MetroLayer): MetroLineName[] {
  return metroPlaces(layer).lines.map((line, row) => ({ ...nameOf(line, row), colour: `#${layer.lines.color[row]!.toString(16).padStart(6, '0')}` }))
}

/** Stations of a line, from one end to the other. */
export function stationsOf(layer: MetroLayer, line: number): MetroName[] {
  const { stations } = metroPlaces(layer)
  const first = layer.lines.stopFirst[line]!
  return Array.from({ length: layer.lines.stopCount[line]! }, (_, at) => layer.stops.station[first + at]!).map(row => nameOf(stations[row]!, row))
}

export const stationName = (layer: MetroLayer, row: number): MetroName => nameOf(metroPlaces(layer).stations[row]!, row)

/** Lines that stop at a station. */
export const linesAt = (layer: MetroLayer, station: number): MetroLineName[] =>
  lineNames(layer).filter(({ row }) => stationsOf(layer, row).some(stop => stop.row === station))

/** All lines: first those of the first of these platforms ("civic-center/市民中心:platform:04"), then those of the next, then the others. */
export function linesFrom(layer: MetroLayer, platforms: readonly string[]): MetroLineName[] {
  const order = platforms.flatMap(floor => {
    const [station, number] = floor.slice(floor.indexOf('/') + 1).split(/:platform:0?|:/)
    const row = metroPlaces(layer).stations.findIndex(({ zh }) => zh === station)
    const lines = row < 0 ? [] : linesAt(layer, row)
    return [...lines.filter(({ zh }) => Number.parseInt(zh) === Number(number)), ...lines].map(line => line.row)
  })
  const all = lineNames(layer)
  return [...new Set([...order, ...all.map(({ row }) => row)])].map(row => all[row]!)
}

/** Stations that a change of the metro is about: one that is closed, or all of a line. */
export function stationsOfChange({ change }: MetroEdit, layer: MetroLayer): number[] {
  const row = metroRow(change, metroPlaces(layer))
  return row < 0 ? [] : change.what === 'closeStation' ? [row] : stationsOf(layer, row).map(station => station.row)
}

/** Changes of the metro that are about a station, one of its lines included, or about a line. */
export function changesOf(edits: readonly ScenarioEdit[], { station, line }: { readonly station?: number; readonly line?: number }, layer: MetroLayer): MetroEdit[] {
  const lines = station === undefined ? [line] : linesAt(layer, station).map(({ row }) => row)
  return edits.filter((edit): edit is MetroEdit => edit.kind === 'metro').filter(({ change }) => {
    const row = metroRow(change, metroPlaces(layer))
    return change.what === 'closeStation' ? row === station : lines.includes(row)
  })
}

/** Row of the line or station that search has found; -1 = it is none. */
export function rowOfHit({ kind, zh }: PlaceHit, layer: MetroLayer): number {
  const { lines, stations } = metroPlaces(layer)
  if (kind === 'metroStation') return stations.findIndex(station => station.zh === zh)
  // The city's index of names has "Metro" before the name of a line.
  return kind === 'metroLine' ? lines.findIndex(line => `地铁${line.zh}` === zh) : -1
}
