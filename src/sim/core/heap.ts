/** Binary heap of (key, row) pairs over fixed arrays; equal keys come out by the lower row. */
export class Heap {
  size = 0
  private readonly keys: Float64Array
  private readonly rows: Int32Array

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity)
    this.rows = new Int32Array(capacity)
  }

  push(key: number, row: number): void {
    const { keys, rows } = this
    let at = this.size++
    while (at > 0) {
      const up = (at - 1) >> 1
      if (keys[up] < key || (keys[up] === key && rows[up] <= row)) break
      keys[at] = keys[up]
      rows[at] = rows[up]
      at = up
    }
    keys[at] = key
    rows[at] = row
  }

  /** Row with the least key; `keyOfTop` before the call is its key. */
  pop(): number {
    const { keys, rows } = this
    const top = rows[0]
    const key = keys[--this.size]
    const row = rows[this.size]
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= this.size) break
      if (child + 1 < this.size && (keys[child + 1] < keys[child] || (keys[child + 1] === keys[child] && rows[child + 1] < rows[child]))) child++
      if (key < keys[child] || (key === keys[child] && row <= rows[child])) break
      keys[at] = keys[child]
      rows[at] = rows[child]
      at = child
    }
    keys[at] = key
    rows[at] = row
    return top
  }

  get keyOfTop(): number {
    return this.keys[0]
  }

  clear(): void {
    this.size = 0
  }
}
