import { createElement, type ComponentType } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import type { PeopleReport } from '../../src/sim'
import type { BriefingContent } from '../../src/ui/briefing/collectBriefing'

let speak: (language: string) => Promise<unknown>
let Briefing: ComponentType<{ content: BriefingContent; nameOf: (floor: string | null) => string }>
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined })
  vi.stubGlobal('document', { documentElement: {} })
  const { i18n, languageReady, moreTexts } = await import('../../src/ui/i18n')
  await languageReady
  await moreTexts()
  speak = language => i18n.changeLanguage(language)
  Briefing = (await import('../../src/ui/briefing/Briefing')).Briefing
})

const people = {
  alarmsNow: 1, alarmCount: 3, densityNow: 3.21, stops: [{ leftBehind: 12 }],
  alarms: [{ kind: 0, peak: 4.4, limit: 4, persons: 70, x: 0, y: 0, floor: 'f', time: 60, peakTime: 90, endTime: null }, { kind: 1, peak: 6, limit: 5, persons: 80, x: 0, y: 0, floor: 'over', time: 0, peakTime: 10, endTime: 50 }],
  platforms: [{ floor: 'f', onFloor: 70, atDoors: 5, most: 120, mostTime: 30 }], ranks: [{ name: 'square', line: 4, lineMost: 9 }],
} as unknown as PeopleReport
const content: BriefingContent = {
  title: 'Light show', time: 72_120, totals: { running: 1000, unreachable: 0, interventions: 0 } as BriefingContent['totals'], speed: 31, poorService: 0.2, vehicles: [],
  jams: [{ name: 'Shennan Boulevard', queue: 24, cause: 1, from: 'Huanggang Road' }], people, taxis: { place: 'Futian', calls: 156 }, start: 72_000, events: [], changes: [], rules: null, kpis: null,
}
const page = (): string => renderToStaticMarkup(createElement(Briefing, { content, nameOf: id => ({ f: 'platform of line 4', 'square/taxi': 'Civic Square' }[id ?? ''] ?? String(id)) })).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').replace(/ ([:：])/g, '$1')

test('a briefing is sentences, has the taxis that its heading promises, tells only alarms that go on, and names the keys as they are', async () => {
  await speak('en')
  for (const sentence of [
    'platform of line 4: 75 people now; the most were 120 at 20:00.', 'Taxis are wanted most in Futian: 156 set out there in the last 15 minutes.', 'Civic Square: 4 parties wait for a taxi; the most were 9.',
    '1 crowd alarm now, 3 so far', 'Crowd unstable since 20:01.', 'Shennan Boulevard: 24 standing, at a light, begins on Huanggang Road', 'K shows both futures side by side',
  ]) expect(page()).toContain(sentence)
  expect(page()).not.toContain('over:')
  await speak('zh')
  for (const sentence of ['目前 75 人；20:00 最多，120 人。', '最近 15 分钟有 156 辆出租车在那里出发。', '按 K 并排显示两种未来']) expect(page()).toContain(sentence)
  // Half a minute at 320 words a minute, headings included.
  await speak('en')
  expect(page().split(' ').length).toBeLessThan(160)
})
