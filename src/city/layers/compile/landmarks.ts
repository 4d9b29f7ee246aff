import type { Point } from './geometry'

/**
 * Heights of well-known buildings where the map has none or that of the podium. `near` is longitude and latitude of
 * the middle; the building of this name within 250 m takes the height. From published lists of tall buildings; the
 * roof, not the tip of the mast.
 */
export interface Landmark {
  readonly name: string
  readonly near: Point
  readonly height: number
  readonly nameEn?: string
  /** The map has the podium only: a tower of this height is put on it. */
  readonly podium?: true
}

export const landmarks: readonly Landmark[] = [
  { name: '平安金融中心', nameEn: 'Ping An Finance Centre', near: [114.0503, 22.5367], height: 599.1 },
  { name: '京基100', nameEn: 'KK100', near: [114.1016, 22.5456], height: 441.8 },
  { name: '中国华润大厦', nameEn: 'China Resources Tower', near: [113.9416, 22.5178], height: 392.5 },
  { name: '汉京中心', nameEn: 'Hanking Centre', near: [113.9316, 22.5436], height: 350 },
  { name: '地王大厦', nameEn: 'Shun Hing Square (Diwang)', near: [114.1055, 22.5453], height: 325 },
  { name: '赛格广场', nameEn: 'SEG Plaza', near: [114.0824, 22.5441], height: 291.6 },
  { name: '新世界中心', nameEn: 'New World Centre', near: [114.0503, 22.5479], height: 238 },
  { name: '世界金融中心A座', near: [114.1094, 22.5447], height: 212 },
  { name: '国贸大厦', nameEn: 'International Trade Centre', near: [114.1147, 22.5432], height: 160.5 },
  { name: '免税商务大厦', near: [114.0501, 22.5399], height: 170 },
  { name: '航天大厦', near: [114.0461, 22.5413], height: 106 },
  { name: '荣超经贸中心', near: [114.0587, 22.5468], height: 150 },
  { name: '生命保险大厦', near: [114.0586, 22.5488], height: 144 },
  { name: '佳兆业中心', near: [114.0919, 22.542], height: 150 },
  { name: '世界金融中心B座', near: [114.1089, 22.5447], height: 100 },
  { name: '新时代广场', near: [113.9081, 22.4854], height: 175 },
  { name: '深圳嘉里中心', near: [114.1143, 22.5403], height: 116 },
  { name: '卓越时代广场一期', near: [114.0521, 22.5369], height: 218, podium: true },
  { name: '时代金融中心', near: [114.0502, 22.5407], height: 170, podium: true },
  { name: '百度国际大厦东塔', near: [113.9388, 22.5276], height: 180, podium: true },
  { name: '百度国际大厦西塔', near: [113.9375, 22.5275], height: 165, podium: true },
  { name: '中国移动深圳信息大厦', near: [114.0588, 22.5442], height: 150, podium: true },
  { name: '联合广场', near: [114.0643, 22.5327], height: 195, podium: true },
  { name: '彭年广场', near: [114.1172, 22.5438], height: 222, podium: true },
  { name: '深圳国际金融大厦', near: [114.1116, 22.5438], height: 130, podium: true },
  { name: '天安国际大厦', near: [114.1144, 22.5447], height: 130, podium: true },
  { name: '广发大厦', near: [114.1193, 22.5418], height: 110, podium: true },
  { name: '金丰城大厦', near: [114.1050, 22.5437], height: 100, podium: true },
  { name: '深圳会展中心', nameEn: 'Shenzhen Convention and Exhibition Centre', near: [114.0547, 22.5337], height: 36 },
  { name: '深圳体育馆', nameEn: 'Shenzhen Gymnasium', near: [114.0885, 22.5598], height: 25 },
  { name: '深圳大剧院', nameEn: 'Shenzhen Grand Theatre', near: [114.1006, 22.5452], height: 25 },
]

/**
 * Buildings that no source outlines but nobody would miss: boxes of the given size around a place, turned by none.
 * Sizes from published plans, rounded to metres.
 */
export interface Massing {
  readonly name: string
  /** Longitude and latitude of the middle of the whole. */
  readonly near: Point
  /** East and north of the middle, width and depth, height, m. */
  readonly boxes: readonly (readonly [x: number, y: number, width: number, depth: number, height: number])[]
}

export const massings: readonly Massing[] = [
  // Civic Centre: two wings, and the yellow and the red tower between them.
  { name: '市民中心', near: [114.05453, 22.54635], boxes: [[-143, 0, 150, 110, 32], [143, 0, 150, 110, 32], [-34, 0, 30, 30, 61], [34, 0, 30, 30, 61]] },
]
