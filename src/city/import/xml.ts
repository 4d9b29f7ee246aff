import { SaxesParser } from 'saxes'
import { ImportError, problemAt, refuse, type Complaints, type Place } from './importError'
import type { Source } from './readSource'

/** An element under reading: its attributes, checked as they are asked for, and where it stands. */
export class Element implements Place {
  constructor(
    readonly name: string, readonly file: string, readonly line: number,
    private readonly attributes: Readonly<Record<string, string>>, private readonly complaints: Complaints,
  ) {}

  has(name: string): boolean {
    return this.attributes[name] !== undefined
  }

  /** Text of an attribute that must be there; '' after a complaint. */
  text(name: string): string {
    const value = this.attributes[name]
    if (value === undefined || value === '') {
      this.complain('attribute', `<${this.name}> has no ${name}`, `Add ${name}="..." or remove the element.`)
      return ''
    }
    return value
  }

  optional(name: string): string | undefined {
    return this.attributes[name]
  }

  /** A number that must be there unless a default is given; the default, or 0, after a complaint. */
  number(name: string, fallback?: number, range: readonly [number, number] = [-Infinity, Infinity]): number {
    const value = this.attributes[name]
    if (value === undefined) {
      if (fallback === undefined) this.complain('attribute', `<${this.name}${this.#id}> has no ${name}`, `Add ${name}="..." or remove the element.`)
      return fallback ?? 0
    }
    const number = Number(value)
    if (value.trim() === '' || !Number.isFinite(number) || number < range[0] || number > range[1]) {
      const wanted = Number.isFinite(range[0]) || Number.isFinite(range[1]) ? `a number from ${range[0]} to ${range[1]}` : 'a number'
      this.complain('number', `<${this.name}${this.#id}> has ${name}="${shorten(value)}", which is not ${wanted}`, 'Correct the value.')
      return fallback ?? Math.max(0, Number.isFinite(range[0]) ? range[0] : 0)
    }
    return number
  }

  whole(name: string, fallback?: number, range: readonly [number, number] = [0, 1e9]): number {
    const value = this.number(name, fallback, range)
    if (Number.isInteger(value)) return value
    this.complain('number', `<${this.name}${this.#id}> has ${name}="${value}", which is not a whole number`, 'Correct the value.')
    return Math.floor(value)
  }

  complain(code: string, what: string, remedy: string): void {
    this.complaints.add(this, code, what, remedy)
  }

  get #id(): string {
    return this.attributes['id'] === undefined ? '' : ` id="${shorten(this.attributes['id'])}"`
  }
}

/** What a reader does with the elements of a file; `path` names the open ones around it, the root first. */
export interface ElementVisitor {
  open(element: Element, path: readonly string[]): void
  close?(name: string, path: readonly string[]): void
}

/** Reads XML element by element. Refuses text that is no XML, with the line; answers the name of the root. */
export function walkXml({ file, text }: Source, complaints: Complaints, visitor: ElementVisitor): string {
  const parser = new SaxesParser()
  const path: string[] = []
  let root = ''
  parser.on('error', error => {
    const what = error.message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '')
    throw new ImportError([problemAt({ file, line: parser.line }, 'xml', `is not well-formed XML: ${what}`, 'Is the file complete? Export or fetch it again.')])
  })
  parser.on('opentag', tag => {
    root ||= tag.name
    visitor.open(new Element(tag.name, file, parser.line, tag.attributes as Record<string, string>, complaints), path)
    path.push(tag.name)
  })
  parser.on('closetag', tag => {
    path.pop()
    visitor.close?.(tag.name, path)
  })
  parser.write(text).close()
  return root
}

/** Name of the root element of XML text, without reading the rest; refuses what does not begin like XML. */
export function rootOf(source: Source): string {
  const found = /<([A-Za-z][\w.-]*)/.exec(source.text.replace(/<!--[\s\S]*?-->/g, ''))
  if (!source.text.trimStart().startsWith('<') || !found) {
    refuse({ file: source.file, line: 1 }, 'xml', 'is not XML', 'Give a SUMO file: .net.xml, or .nod.xml with .edg.xml beside it; .gz is fine.')
  }
  return found![1]!
}

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text)
