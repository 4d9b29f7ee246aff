import { Direction, hash4, type Network } from '../../../src/sim'

/** "wc.0 > ce.1 straight" for every turn, sorted. */
export function turnNames(network: Network): string[] {
  const { turns, lanes, links, strings } = network
  const names = Object.keys(Direction)
  const end = (lane: number): string => `${strings[links.id[lanes.link[lane]!]!]!}.${lanes.index[lane]}`
  return Array.from({ length: turns.rows }, (_, turn) => `${end(turns.fromLane[turn]!)} > ${end(turns.toLane[turn]!)} ${names[turns.direction[turn]!]}`).sort()
}

/** A spoilt copy of a text: something cut, doubled, swapped or replaced, as the seed says. */
export function spoil(source: string, seed: number): string {
  const draw = (what: number, below: number): number => hash4(seed, what, 0, 0) % below
  const at = draw(1, source.length), length = 1 + draw(2, 30)
  const odd = ['', '"', '<', '-1', '1e999', 'NaN', ',', '999999999', '\u0000', 'é', ' ', '0', '&', 'null', '[]', '{}']
  switch (draw(3, 5)) {
    case 0: return source.slice(0, at) + source.slice(at + length)
    case 1: return source.slice(0, at) + source.slice(at, at + length) + source.slice(at)
    case 2: return source.slice(0, at)
    case 3: {
      // A number somewhere becomes something odd.
      const numbers = [...source.matchAll(/-?\d+(?:\.\d+)?/g)]
      const number = numbers[draw(4, numbers.length)]!
      return source.slice(0, number.index) + odd[draw(5, odd.length)]! + source.slice(number.index + number[0].length)
    }
    default: {
      // An attribute, or a cell, goes.
      const parts = [...source.matchAll(/ \w+="[^"]*"|,[^,\n]*/g)]
      const part = parts[draw(6, parts.length)]!
      return source.slice(0, part.index) + source.slice(part.index + part[0].length)
    }
  }
}
