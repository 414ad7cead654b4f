/**
 * The body of a chunk, as it lies in the vault (a format of ours; chunk.ts says what it proves): for
 * each event its length in bytes (32 bits, big-endian), then 0x00 ‖ salt ‖ canonical
 * event, or 0x01 ‖ hash once it is erased. 0x00 is RFC 6962's mark of a leaf, so the stored bytes
 * are hashed as they stand.
 */
import { SALT_BYTES } from './disclosure.ts'
import { LedgerError } from './error.ts'
import { HASH_BYTES, sha256, type Sha256 } from './hash.ts'

export type ChunkEvent = {
  /** Leaf hash in the chunk's tree. */
  readonly hash: Uint8Array
  /** Salt and event, as checkInChunk takes them; null once erased. */
  readonly salted: Uint8Array | null
}

/** Every event of a body, in order; views, not copies. @throws LedgerError `malformed-chunk` */
export const readChunk = (body: Uint8Array, hash: Sha256 = sha256): ChunkEvent[] => {
  const events: ChunkEvent[] = []
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  for (let at = 0; at < body.length;) {
    const length = body.length - at >= HEAD ? view.getUint32(at) : 0
    const record = body.subarray(at + HEAD, at + HEAD + length)
    if (record.length !== length) throw new LedgerError('malformed-chunk')
    if (record[0] === KEPT && length > 1 + SALT_BYTES)
      events.push({ hash: hash(record), salted: record.subarray(1) })
    else if (record[0] === ERASED && length === 1 + HASH_BYTES)
      events.push({ hash: record.subarray(1), salted: null })
    else throw new LedgerError('malformed-chunk')
    at += HEAD + length
  }
  return events
}

/** Bytes appended to, doubling: a chunk of ten thousand events is written once, not joined. */
export class ChunkWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** Returns the record as stored, tag first: a view that is good until the next call. */
  addEvent(salt: Uint8Array, text: string): Uint8Array {
    if (salt.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`)
    // UTF-8 takes at most three bytes for a UTF-16 unit.
    this.#reserve(HEAD + 1 + SALT_BYTES + text.length * 3)
    const start = this.#length + HEAD
    this.#bytes[start] = KEPT
    this.#bytes.set(salt, start + 1)
    const at = start + 1 + SALT_BYTES
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(at))
    return this.#close(at + written)
  }

  addSalted(salted: Uint8Array): void {
    this.#add(KEPT, salted)
  }

  addErased(hash: Uint8Array): void {
    this.#add(ERASED, hash)
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #add(tag: number, content: Uint8Array): void {
    this.#reserve(HEAD + 1 + content.length)
    const start = this.#length + HEAD
    this.#bytes[start] = tag
    this.#bytes.set(content, start + 1)
    this.#close(start + 1 + content.length)
  }

  #close(end: number): Uint8Array {
    const start = this.#length + HEAD
    const length = end - start
    for (let i = 0; i < HEAD; i += 1) this.#bytes[start - 1 - i] = (length >>> (8 * i)) & 0xff
    this.#length = end
    return this.#bytes.subarray(start, end)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

const HEAD = 4
const KEPT = 0
const ERASED = 1
const encoder = new TextEncoder()
