import type { SourceEntry } from '../../pack/manifest'

const OSM = { attribution: '© OpenStreetMap contributors', licence: 'ODbL 1.0', url: 'https://www.openstreetmap.org/copyright' } as const

/** Where the layers come from: the manifest of a pack and the credits of the app name these. */
export const sources = {
  osmCore: { ...OSM, name: 'OpenStreetMap: Nanshan and Futian (extracts merged)', date: '2024-10' },
  osmBuildings: { ...OSM, name: 'OpenStreetMap: building footprints', date: '2026-07' },
  osmParks: { ...OSM, name: 'OpenStreetMap: parks', date: '2026-03' },
  subDistricts: { ...OSM, name: 'OpenStreetMap: sub-districts', date: '2026-03' },
  osmMetro: { ...OSM, name: 'OpenStreetMap: metro tracks and stations', date: '2026-07' },
  metro: { name: 'Metro lines, run times and transfers (facts, joined)', attribution: 'Pengcheng project', licence: 'facts', date: '2026-06-28' },
  districts: { name: 'Districts of Shenzhen', attribution: 'TransBigData, Qing Yu', licence: 'BSD-3-Clause', date: '2021', url: 'https://github.com/ni1o1/transbigdata' },
  zones: { name: '491 traffic analysis zones', attribution: 'ST-EVCDP, Qu et al. 2024, doi 10.1109/TITS.2024.3401850', licence: 'MIT', date: '2022', url: 'https://github.com/IntelligentSystemsLab/ST-EVCDP' },
  bus: { name: 'Bus lines and stops', attribution: 'pygeo-tutorial, Qing Yu', licence: 'MIT', date: '2020', url: 'https://github.com/ni1o1/pygeo-tutorial' },
  srtm: { name: 'SRTM GL1, 1 arc-second', attribution: 'NASA, OpenTopography', licence: 'public domain', date: '2000' },
  gshhg: { name: 'GSHHG 2.3.7, full resolution (far shores)', attribution: 'Wessel & Smith 1996', licence: 'LGPL-3.0', date: '2017', url: 'https://www.soest.hawaii.edu/pwessel/gshhg/' },
  facts: { name: 'Venues, districts and landmark heights', attribution: 'Pengcheng project', licence: 'facts', date: '2026' },
} as const satisfies Record<string, SourceEntry>
