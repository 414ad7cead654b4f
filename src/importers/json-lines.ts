/**
 * JSON values, one a line (NDJSON), out of a stream of bytes, fast: some hundred lines are parsed
 * as one JSON array, their line ends overwritten by commas, which costs two thirds of parsing each
 * alone. A block that does not parse, or gives another number of values than it has lines, is
 * parsed again line by line, so a bad line is refused alone.
 *
 * A block is read as Latin-1, whose strings V8 parses faster than those of two bytes a unit; the
 * brackets and quotes of JSON are the same bytes in UTF-8. Lines with a byte past ASCII, comments
 * mostly, are then parsed once more as what they are.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import type { Refusal } from '../engine/refusal-tally.ts'
import { display } from '../vocabulary/refusal.ts'
import { BrokenArchive } from './unreadable.ts'

export type Sink = {
  readonly value: (value: unknown, line: number) => void
  readonly refuse: (refusal: Refusal, line: number) => void
  /** Called after each chunk of the stream. */
  readonly beat: () => void
}

/** A longer line is refused: an event is small, and memory must not hang on the input. */
export const MAX_LINE = 1 << 20
/** Bytes and lines of one block. Larger ones leave the processor's cache and the young heap. */
const BLOCK = 1 << 16
const BLOCK_LINES = 512

/** The rest of a line as long as may be, one more piece, and room to spare. */
const CAPACITY = 4 << 20

const NEWLINE = 0x0a
const RETURN = 0x0d
const COMMA = 0x2c
const OPEN = 0x5b
const CLOSE = 0x5d

/** Reads every line of the stream and returns their number. */
export const readLines = async (chunks: AsyncIterable<Uint8Array>, sink: Sink): Promise<number> => {
  const buffer = spares.pop() ?? Buffer.from(new ArrayBuffer(CAPACITY))
  const lines = new JsonLines(sink, buffer)
  try {
    let broken: string | undefined
    try {
      for await (const chunk of chunks) {
        lines.push(chunk)
        sink.beat()
      }
    } catch (error) {
      if (!(error instanceof BrokenArchive)) throw error
      broken = error.message
    }
    lines.end(broken !== undefined)
    if (broken !== undefined) sink.refuse({ code: 'broken-archive', got: broken }, lines.count + 1)
    return lines.count
  } finally {
    if (spares.length < MOST_SPARES) spares.push(buffer)
  }
}

/** Buffers for the next streams: a new one for each small request keeps the collector busy. */
const spares: Buffer<ArrayBuffer>[] = []
const MOST_SPARES = 4

class JsonLines {
  /** Lines seen so far. */
  count = 0
  readonly #sink: Sink
  /** Byte 0 stays free for the bracket of a block that begins at byte 1. */
  readonly #buffer: Buffer<ArrayBuffer>
  readonly #words: Uint32Array
  #length = 1
  #isStart = true
  /** Inside a line that is too long already: skip to its end. */
  #isSkipping = false
  readonly #ends = new Int32Array(BLOCK_LINES)

  constructor(sink: Sink, buffer: Buffer<ArrayBuffer>) {
    this.#sink = sink
    this.#buffer = buffer
    this.#words = new Uint32Array(buffer.buffer)
  }

  push(chunk: Uint8Array): void {
    // A decompressor may hand over any size.
    for (let from = 0; from < chunk.length; from += MAX_LINE)
      this.#add(chunk.subarray(from, from + MAX_LINE))
  }

  end(isBroken: boolean): void {
    if (this.#isSkipping || this.#length === 1) return
    if (isBlank(this.#buffer, 1, this.#length)) return
    this.count += 1
    const value = this.#parse(1, this.#length, isBroken)
    if (value !== undefined) this.#sink.value(value, this.count)
  }

  #add(chunk: Uint8Array) {
    let rest = chunk
    if (this.#isSkipping) {
      const end = rest.indexOf(NEWLINE)
      if (end < 0) return
      this.#isSkipping = false
      rest = rest.subarray(end + 1)
    }
    this.#buffer.set(rest, this.#length)
    this.#length += rest.length
    if (this.#isStart) this.#dropMark()
    const done = this.#blocks()
    this.#buffer.copyWithin(1, done, this.#length)
    this.#length += 1 - done
    if (this.#length - 1 <= MAX_LINE) return
    this.count += 1
    this.#sink.refuse(tooLong, this.count)
    this.#isSkipping = true
    this.#length = 1
  }

  /** Byte order mark of UTF-8. */
  #dropMark() {
    if (this.#length < 4) return
    this.#isStart = false
    const [, a, b, c] = this.#buffer
    if (a !== 0xef || b !== 0xbb || c !== 0xbf) return
    this.#buffer.fill(0x20, 1, 4)
  }

  /** Parses every whole line and returns where the last of them ends. */
  #blocks(): number {
    const buffer = this.#buffer.subarray(0, this.#length)
    const ends = this.#ends
    let from = 1
    for (;;) {
      let lines = 0
      let at = from
      while (lines < BLOCK_LINES && at - from < BLOCK) {
        const end = buffer.indexOf(NEWLINE, at)
        if (end < 0) break
        ends[lines] = end
        lines += 1
        at = end + 1
      }
      if (lines === 0) return from
      this.#block(from, lines)
      from = at
    }
  }

  #block(from: number, lines: number) {
    const buffer = this.#buffer
    const ends = this.#ends
    const last = ends[lines - 1]!
    const before = buffer[from - 1]!
    for (let i = 0; i < lines - 1; i += 1) buffer[ends[i]!] = COMMA
    buffer[from - 1] = OPEN
    buffer[last] = CLOSE
    const values = parsed(buffer.toString('latin1', from - 1, last + 1))
    buffer[from - 1] = before
    buffer[last] = NEWLINE
    if (values?.length !== lines) this.#oneByOne(from, lines)
    else if (isAscii(buffer.subarray(from, last))) {
      for (let i = 0; i < lines; i += 1) this.#sink.value(values[i], (this.count += 1))
    } else this.#mixed(values, from, lines)
  }

  /** Values of which some must be parsed again, because their lines are not all ASCII. */
  #mixed(values: readonly unknown[], from: number, lines: number) {
    let start = from
    const last = this.#ends[lines - 1]!
    let wide = nextWide(this.#words, this.#buffer, from, last)
    for (let i = 0; i < lines; i += 1) {
      const end = this.#ends[i]!
      this.count += 1
      if (wide >= end) this.#sink.value(values[i], this.count)
      else {
        const value = this.#parse(start, end, false)
        if (value !== undefined) this.#sink.value(value, this.count)
        wide = nextWide(this.#words, this.#buffer, end + 1, last)
      }
      start = end + 1
    }
  }

  #oneByOne(from: number, lines: number) {
    let start = from
    for (let i = 0; i < lines; i += 1) {
      const end = this.#ends[i]!
      this.count += 1
      if (!isBlank(this.#buffer, start, end)) {
        const value = this.#parse(start, end, false)
        if (value !== undefined) this.#sink.value(value, this.count)
      }
      start = end + 1
    }
  }

  /** The value of one line; undefined when it was refused, for JSON has no undefined. */
  #parse(from: number, end: number, isCutOff: boolean): unknown {
    const bytes = this.#buffer.subarray(from, end)
    if (bytes.length > MAX_LINE) return this.#refuse(tooLong)
    if (!isUtf8(bytes)) return this.#refuse({ code: 'wrong-encoding', expected: 'UTF-8' })
    const text = bytes.toString()
    try {
      return JSON.parse(text) as unknown
    } catch {
      if (isCutOff) return this.#refuse({ code: 'cut-off', got: display(text) })
      return this.#refuse({ code: 'not-json', got: display(text) })
    }
  }

  #refuse(refusal: Refusal): undefined {
    this.#sink.refuse(refusal, this.count)
  }
}

const tooLong: Refusal = { code: 'line-too-long', expected: '1 MiB' }

const parsed = (text: string): unknown[] | undefined => {
  try {
    return JSON.parse(text) as unknown[]
  } catch {
    return undefined
  }
}

/** Where the next byte past ASCII lies, four at once; `end` or later where there is none before. */
const nextWide = (words: Uint32Array, bytes: Uint8Array, from: number, end: number): number => {
  let at = from
  for (; at & 3; at += 1) if (bytes[at]! > 0x7f) return at
  let word = at >> 2
  // Eight words a turn: this loop passes over every byte of a block with one comment in it.
  for (; (word + 8) << 2 <= end; word += 8) {
    const low = words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]!
    const high = words[word + 4]! | words[word + 5]! | words[word + 6]! | words[word + 7]!
    if (((low | high) & 0x80808080) !== 0) break
  }
  while (word << 2 < end && (words[word]! & 0x80808080) === 0) word += 1
  at = word << 2
  while (at < end && bytes[at]! <= 0x7f) at += 1
  return at
}

const isBlank = (buffer: Buffer, from: number, end: number): boolean => {
  for (let at = from; at < end; at += 1) {
    const byte = buffer[at]!
    if (byte !== 0x20 && byte !== 0x09 && byte !== RETURN) return false
  }
  return true
}
