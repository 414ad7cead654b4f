/**
 * A growing column of strings in one byte arena: 4 bytes a row and the text itself, no object each.
 * Rows are written in order and read back by number.
 */
export class TextColumn {
  size = 0
  #bytes = new Uint8Array(256)
  #ends = new Uint32Array(16)

  /** Adds a text and returns its row. */
  push(text: string): number {
    const row = this.size
    const from = row === 0 ? 0 : this.#ends[row - 1]!
    // Up to three bytes a UTF-16 unit.
    const room = from + text.length * 3
    if (room > this.#bytes.length) this.#bytes = widened(this.#bytes, room)
    if (row === this.#ends.length) this.#ends = widened(this.#ends, row + 1)
    this.#ends[row] = encode(text, this.#bytes, from)
    this.size += 1
    return row
  }

  /** The text of a row; empty for one that was never written. */
  nameOf(row: number): string {
    if (row >= this.size) return ''
    return decode(this.#bytes, row === 0 ? 0 : this.#ends[row - 1]!, this.#ends[row]!)
  }

  /** Takes the text of a row out of the arena: it reads back as empty. Costs a copy of the arena. */
  blank(row: number): void {
    if (row >= this.size) return
    const from = row === 0 ? 0 : this.#ends[row - 1]!
    const length = this.#ends[row]! - from
    const end = this.#ends[this.size - 1]!
    this.#bytes.copyWithin(from, from + length, end)
    this.#bytes.fill(0, end - length, end)
    for (let i = row; i < this.size; i += 1) this.#ends[i]! -= length
  }

  /** Takes every text out; the rows stay. */
  blankAll(): void {
    this.#bytes = new Uint8Array(256)
    this.#ends.fill(0)
  }

  save() {
    const end = this.size === 0 ? 0 : this.#ends[this.size - 1]!
    return {
      size: this.size,
      bytes: this.#bytes.slice(0, end),
      ends: this.#ends.slice(0, this.size),
    }
  }

  load({ size, bytes, ends }: ReturnType<TextColumn['save']>): void {
    this.size = size
    this.#bytes = widened(bytes, 256)
    this.#ends = widened(ends, 16)
  }
}

/** Doubled while small, then by half: at a hundred megabytes doubling would be the peak of memory. */
const widened = <T extends Uint8Array | Uint32Array>(old: T, atLeast: number): T => {
  const factor = old.length < 1 << 24 ? 2 : 1.5
  const Kind = old.constructor as new (length: number) => T
  const next = new Kind(Math.max(Math.ceil(old.length * factor), atLeast))
  next.set(old)
  return next
}

/** CESU-8 by hand (each UTF-16 unit on its own): the pure layers have no TextEncoder. */
const encode = (text: string, into: Uint8Array, from: number): number => {
  let at = from
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) into[at++] = unit
    else if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6)
      into[at++] = 0x80 | (unit & 0x3f)
    } else {
      into[at++] = 0xe0 | (unit >> 12)
      into[at++] = 0x80 | ((unit >> 6) & 0x3f)
      into[at++] = 0x80 | (unit & 0x3f)
    }
  }
  return at
}

const decode = (bytes: Uint8Array, from: number, until: number): string => {
  let text = ''
  for (let at = from; at < until;) {
    const first = bytes[at++]!
    if (first < 0x80) text += String.fromCharCode(first)
    else if (first < 0xe0)
      text += String.fromCharCode(((first & 0x1f) << 6) | (bytes[at++]! & 0x3f))
    else {
      const second = bytes[at++]! & 0x3f
      text += String.fromCharCode(((first & 0x0f) << 12) | (second << 6) | (bytes[at++]! & 0x3f))
    }
  }
  return text
}
