/** Bytes appended to, doubling: what is long is written once, not joined. */
export class ByteWriter {
  /** Of these the first `length` were written; another array once `reserve` had to make room. */
  bytes: Uint8Array<ArrayBuffer>
  length = 0

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity)
  }

  /** Makes room for so many more bytes: whoever writes past `length` reserves before. */
  reserve(more: number): void {
    const needed = this.length + more
    if (needed <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    larger.set(this.bytes.subarray(0, this.length))
    this.bytes = larger
  }

  put(byte: number): void {
    this.reserve(1)
    this.bytes[this.length] = byte
    this.length += 1
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  /** Short text of ASCII. */
  appendAscii(text: string): void {
    this.reserve(text.length)
    for (let i = 0; i < text.length; i += 1) this.bytes[this.length + i] = text.charCodeAt(i)
    this.length += text.length
  }

  appendText(text: string): void {
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.reserve(text.length * 3)
    this.length += encoder.encodeInto(text, this.bytes.subarray(this.length)).written
  }

  /** A copy of what was written. */
  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length)
  }
}

const encoder = new TextEncoder()
