/**
 * The body of a chunk, as it lies in the vault (a format of ours; chunk.ts says what it proves): for
 * each event its length in bytes (32 bits, big-endian), then 0x00 ‖ salt ‖ canonical
 * event, or 0x01 ‖ hash once it is erased. 0x00 is RFC 6962's mark of a leaf, so the stored bytes
 * are hashed as they stand.
 */
import type { AssayEvent } from '../vocabulary/event.ts'
import { ByteWriter } from './byte-writer.ts'
import { writeCanonical } from './canonical.ts'
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

export class ChunkWriter {
  readonly #out: ByteWriter

  constructor(capacity: number) {
    this.#out = new ByteWriter(capacity)
  }

  /**
   * Returns the record as stored, tag first: a view that is good until the next call.
   * @throws LedgerError `not-canonical`
   */
  addEvent(salt: Uint8Array, event: AssayEvent): Uint8Array {
    if (salt.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`)
    const start = this.#open(KEPT)
    this.#out.append(salt)
    writeCanonical(event, this.#out)
    return this.#close(start)
  }

  addSalted(salted: Uint8Array): void {
    this.#add(KEPT, salted)
  }

  addErased(hash: Uint8Array): void {
    this.#add(ERASED, hash)
  }

  bytes(): Uint8Array {
    return this.#out.written()
  }

  #add(tag: number, content: Uint8Array): void {
    const start = this.#open(tag)
    this.#out.append(content)
    this.#close(start)
  }

  /** Leaves room for the length; gives where the record begins. */
  #open(tag: number): number {
    this.#out.reserve(HEAD + 1)
    this.#out.length += HEAD
    this.#out.put(tag)
    return this.#out.length - 1
  }

  #close(start: number): Uint8Array {
    const { bytes, length: end } = this.#out
    const length = end - start
    for (let i = 0; i < HEAD; i += 1) bytes[start - 1 - i] = (length >>> (8 * i)) & 0xff
    return bytes.subarray(start, end)
  }
}

const HEAD = 4
const KEPT = 0
const ERASED = 1
