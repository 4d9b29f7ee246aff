/** An OpenStreetMap extract in memory, whatever file it came from. Longitudes and latitudes are degrees, WGS 84. */
export interface OsmData {
  /** File name, for messages. */
  readonly file: string
  readonly nodes: Map<number, OsmNode>
  readonly ways: OsmWay[]
  readonly relations: OsmRelation[]
}

export type Tags = Readonly<Record<string, string>>

export interface OsmNode {
  readonly id: number
  readonly lon: number
  readonly lat: number
  readonly tags?: Tags
}

export interface OsmWay {
  readonly id: number
  readonly nodes: readonly number[]
  readonly tags: Tags
  /** Which of several merged extracts it comes from; its text sorts by date (see `sourceDate`). */
  readonly source?: string
  /** Id of the correction that added or changed it. */
  readonly correction?: string
}

export interface OsmRelation {
  readonly id: number
  readonly tags: Tags
  readonly members: readonly { readonly type: 'node' | 'way' | 'relation'; readonly ref: number; readonly role: string }[]
}

/** The user's file cannot be used; the message names file, element and remedy. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError'
}

/** Year-month(-day) inside a source label such as `pcrl-2024-10`; '' if there is none. */
export function sourceDate(source: string | undefined): string {
  return /\d{4}(-\d{2}){0,2}/.exec(source ?? '')?.[0] ?? ''
}
