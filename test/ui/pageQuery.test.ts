import { expect, test } from 'vitest'
import { readPageQuery } from '../../src/app/pageQuery'
import en from '../../src/ui/locales/en.json'

const base = 'https://city.example/twin/'
const read = (search: string) => readPageQuery(search, base)

test('what the address asks for is taken', () => {
  expect(read('')).toEqual({ scenario: 'morning-peak', ignored: [] })
  expect(read('?scenario=stadium-evening&seed=7&t=8:05&quality=low')).toEqual({ scenario: 'stadium-evening', seed: 7, time: 29_100, quality: 'low', ignored: [] })
  expect(read('?scenario=plans/mine.json').scenario).toBe(`${base}plans/mine.json`)
  expect(read('?scenario=https://city.example/other.json').scenario).toBe('https://city.example/other.json')
})

test('what cannot be used is ignored, and there is a text that says so', () => {
  const bad = ['t=99:99', 't=24:00', 't=', 'quality=banana', 'seed=-1', 'seed=2147483648', 'scenario=../../etc/passwd', 'scenario=https://elsewhere.example/a.json', 'scenario=//elsewhere.example/a.json', 'scenario=data:a.json', 'scenario=']
  for (const text of bad) {
    const { ignored, ...rest } = read(`?${text}`)
    expect(ignored.map(({ name, given }) => `${name}=${given}`)).toEqual([text])
    expect(rest).toEqual({ scenario: 'morning-peak' })
    expect(en.query[ignored[0]!.name]).toMatch(/instead\.$/)
  }
})
