/** Hash of a state: two chains of 32 bits over its words, in the order in which they are added; integer arithmetic only. */
export class StateHash {
  private a = 0x811c9dc5
  private b = 0x9e3779b9

  add(values: ArrayBufferView): void {
    // Where in its buffer a view starts must not show.
    const view = values.byteOffset & 3 ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice() : values
    const words = view.byteLength >> 2
    let { a, b } = this
    const data = new Int32Array(view.buffer, view.byteOffset, words)
    for (let at = 0; at < words; at++) {
      const word = data[at]
      a = Math.imul(a ^ word, 0x85ebca6b)
      a = (a << 13) | (a >>> 19)
      b = Math.imul(b ^ a, 0xc2b2ae35)
      b = (b << 15) | (b >>> 17)
    }
    const rest = new Uint8Array(view.buffer, view.byteOffset + words * 4, view.byteLength - words * 4)
    for (let at = 0; at < rest.length; at++) {
      a = Math.imul(a ^ rest[at], 0x85ebca6b)
      b = Math.imul(b ^ a, 0xc2b2ae35)
    }
    this.a = a
    this.b = b
  }

  /** 16 hexadecimal digits. */
  text(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
    return hex(this.a) + hex(this.b)
  }
}
