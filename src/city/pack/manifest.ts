/**
 * `manifest.json` of a city pack: what the city is, where it lies, and which layer files belong to it.
 * Layer files are gzip (`<layer>.bin.gz`); hash and bytes are given for both forms.
 */
export interface PackManifest {
  readonly format: 'pengcheng-city'
  readonly version: 1
  readonly id: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly crs: {
    readonly epsg: 4547
    /** proj4 text of the projection, so that the pack explains itself. */
    readonly proj4: string
    /** Easting and northing, m, that are 0, 0 in the pack. */
    readonly falseOrigin: readonly [number, number]
  }
  /** West, south, east, north of everything drawn, m from the false origin. */
  readonly bounds: readonly [number, number, number, number]
  /** West, south, east, north of the modelled road graph, m from the false origin; and its name. */
  readonly core: { readonly bounds: readonly [number, number, number, number]; readonly name: { readonly zh: string; readonly en: string } }
  /** Version of the compiler that wrote it and the sources' dates; no wall clock, so that packs repeat byte for byte. */
  readonly compiler: string
  readonly layers: readonly LayerEntry[]
}

export interface LayerEntry {
  readonly name: string
  readonly file: string
  /** Compressed bytes and sha-256 of the file as it lies on disk. */
  readonly bytes: number
  readonly sha256: string
  /** Bytes after decompression. */
  readonly rawBytes: number
  readonly sources: readonly SourceEntry[]
}

export interface SourceEntry {
  readonly name: string
  readonly attribution: string
  readonly licence: string
  /** ISO date, or year, of the data. */
  readonly date: string
  readonly url?: string
}
