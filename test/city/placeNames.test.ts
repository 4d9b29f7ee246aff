import { expect, test } from 'vitest'
import { placeName } from '../../src/city'

const naming = {
  areas: [{ id: 'civic-center', name: '市民中心广场', nameEn: 'Civic Center Square' }, { id: 'bay-sports', name: '春茧', nameEn: 'Shenzhen Bay Sports Center' }],
  stationsEn: new Map([['市民中心', 'Civic Center']]), edits: new Map([['g1', 'North gate']]),
}

test.each([
  ['civic-center/ground', '市民中心广场', 'Civic Center Square'],
  ['civic-center/市民中心:platform:04', '市民中心站 4号线站台', 'Civic Center station, platform of line 4'],
  ['civic-center/市民中心:platform:02:flight1:up', '市民中心站 2号线站台楼扶梯', 'Civic Center station, stairs of the platform of line 2'],
  ['civic-center/市民中心:concourse', '市民中心站 站厅', 'Civic Center station, concourse'],
  ['civic-center/市民中心:concourse:paid0:fence3:in', '市民中心站 进站闸机 4', 'Civic Center station, entry gates 4'],
  ['civic-center/市民中心:entrance2:street', '市民中心站 2 号口', 'Civic Center station, entrance 2'],
  ['civic-center/portal:市民中心:entrance2', '市民中心站 2 号口', 'Civic Center station, entrance 2'],
  ['civic-center/portal:7', '市民中心广场 通街口 7', 'Civic Center Square, way to the street 7'],
  ['bay-sports/stadium:sector12', '春茧 看台 12', 'Shenzhen Bay Sports Center, stand 12'],
  ['edit:g1', 'North gate', 'North gate'],
  ['edit:g2', 'g2', 'g2'],
])('%s is called so that people find it', (id, zh, en) => expect(placeName(id, naming)).toEqual({ zh, en }))
