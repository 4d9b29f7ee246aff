import type { CityArea } from '../layers/areas'
import type { LocalName } from '../../sim'

/** What places are named by. */
export interface PlaceNaming {
  readonly areas: readonly Pick<CityArea, 'id' | 'name' | 'nameEn'>[]
  /** English names of metro stations by their Chinese ones. */
  readonly stationsEn: ReadonlyMap<string, string>
  /** Labels of edits by id. */
  readonly edits?: ReadonlyMap<string, string | LocalName>
}

/** Names of a floor, gate or goal of a walk space ("civic-center/市民中心:platform:04") that people on the spot would understand. */
export function placeName(id: string, naming: PlaceNaming): LocalName {
  const slash = id.indexOf('/')
  if (slash < 0) return ofEdit(id, naming)
  const area = naming.areas.find(each => each.id === id.slice(0, slash))
  const whole = area ? { zh: area.name, en: area.nameEn } : same(id.slice(0, slash))
  const parts = id.slice(slash + 1).split(':')
  const [first = '', second = '', third = ''] = parts
  const inArea = (zh: string, en: string): LocalName => ({ zh: `${whole.zh} ${zh}`, en: `${whole.en}, ${en}` })
  switch (first) {
    case 'ground': return whole
    case 'taxi': return inArea('出租车站', 'taxi rank')
    case 'portal': return parts.length > 2 ? inStation(parts.slice(1), naming) : inArea(`通街口 ${second}`, `way to the street ${second}`)
    case 'door': return inArea(`${line(second)}号线车门`, `train door of line ${line(second)}`)
    case 'stand': case 'seats': return inArea(`看台 ${second}`, `stand ${second}`)
    case 'stadium': return second === 'ring' ? inArea('环廊', 'ring concourse') : inArea(`看台 ${second.replace('sector', '')}`, `stand ${second.replace('sector', '')}`)
    case 'edit': return ofEdit(parts.join(':'), naming)
    default: return second === '' || (third === '' && !/^(concourse|entrance)/.test(second)) ? inArea(parts.join(':'), parts.join(':')) : inStation(parts, naming)
  }
}

const same = (name: string): LocalName => ({ zh: name, en: name })

/** Lines have two digits in names of the walk space. */
const line = (code: string): string => code.replace(/^0/, '')

function ofEdit(id: string, { edits }: PlaceNaming): LocalName {
  const own = id.replace(/^edit:/, '').replace(/:.*$/, '')
  const label = edits?.get(own) || own
  return typeof label === 'string' ? same(label) : label
}

function inStation([station = '', part = '', number = '', ...rest]: readonly string[], { stationsEn }: PlaceNaming): LocalName {
  const of = (zh: string, en: string): LocalName => ({ zh: `${station}站 ${zh}`, en: `${stationsEn.get(station) ?? station} station, ${en}` })
  if (part === 'platform') {
    return rest.length === 0 ? of(`${line(number)}号线站台`, `platform of line ${line(number)}`) : of(`${line(number)}号线站台楼扶梯`, `stairs of the platform of line ${line(number)}`)
  }
  if (part.startsWith('entrance')) return of(`${part.slice(8)} 号口`, `entrance ${part.slice(8)}`)
  const fence = rest.find(each => each.startsWith('fence'))?.slice(5)
  if (fence === undefined) return of('站厅', 'concourse')
  return rest.at(-1) === 'in' ? of(`进站闸机 ${Number(fence) + 1}`, `entry gates ${Number(fence) + 1}`) : of(`出站闸机 ${Number(fence) + 1}`, `exit gates ${Number(fence) + 1}`)
}
