/** Where JSON text stops being JSON; lines and columns count from 1. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** Lists and objects within each other that a reader can follow; a scenario has 8. */
const DEPTH_MAX = 100

/**
 * Finds the first fault of JSON text, or null. Engines report it in words that differ from one version to the next,
 * often without a place, so the grammar (RFC 8259) is walked here.
 */
export function findJsonFault(text: string): JsonFault | null {
  let at = 0
  let depth = 0
  class Fault extends Error {}
  const fail = (message: string): never => { throw new Fault(message) }
  const shown = (): string => at >= text.length ? 'the text ends' : `found ${JSON.stringify(text[at])}`
  const space = (): void => { while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++ }
  const stringLiteral = (what: string): void => {
    if (text[at] !== '"') fail(`expected ${what}, ${shown()}`)
    at++
    while (text[at] !== '"') {
      if (at >= text.length) fail('the text ends inside a string')
      if (text[at] === '\n') fail('a string must end on its own line')
      if (text.charCodeAt(at) < 32) fail('a control character inside a string; write it as \\u00..')
      if (text[at] === '\\') {
        at++
        if (text[at] === 'u' && !/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) fail('\\u needs four hexadecimal digits')
        if (!'"\\/bfnrtu'.includes(text[at] ?? '?')) fail(`\\${text[at] ?? ''} is no escape of JSON`)
      }
      at++
    }
    at++
  }
  const list = (close: string, item: () => void): void => {
    if (++depth > DEPTH_MAX) fail(`lists and objects lie more than ${DEPTH_MAX} deep in each other`)
    at++
    space()
    if (text[at] === close) { at++; depth--; return }
    for (;;) {
      item()
      space()
      if (text[at] === close) { at++; depth--; return }
      if (text[at] !== ',') fail(`expected "," or "${close}", ${shown()}`)
      at++
      space()
      if (text[at] === close) fail(`a comma before "${close}"; remove the comma`)
    }
  }
  const value = (): void => {
    space()
    const first = text[at]
    if (first === '{') {
      list('}', () => {
        stringLiteral('a field name in double quotes')
        space()
        if (text[at] !== ':') fail(`expected ":", ${shown()}`)
        at++
        value()
      })
    } else if (first === '[') list(']', value)
    else if (first === '"') stringLiteral('text')
    else {
      const word = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(text.slice(at, at + 400))
      if (!word) fail(`expected a value, ${shown()}`)
      at += word![0].length
    }
  }
  try {
    value()
    space()
    if (at < text.length) fail(`expected the end, ${shown()}`)
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const before = text.slice(0, at).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1, message: error.message }
  }
}
