/** Telemetry in chunks: counted, provable one by one, erasable one by one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUtf8, hex } from '../../src/ledger/bytes.ts'
import {
  checkInChunk,
  chunkOf,
  eraseFromChunk,
  openChunk,
  parseChunkLeaf,
  proveInChunk,
} from '../../src/ledger/chunk.ts'
import { readChunk } from '../../src/ledger/chunk-body.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { leafByTheBook, rootByTheBook } from './build.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const PLACE = { room: 'room-1', sequence: 3, broadcast: 'broadcast-1' }

const like = (i: number): AssayEvent => ({
  specversion: '1.0',
  id: `event-${i}`,
  source: '/platforms/example/rooms',
  type: i % 3 === 0 ? 'live.share.sent' : 'live.follow.added',
  subject: 'broadcast-1',
  time: new Date(Date.UTC(2026, 2, 1, 12, 0, (i * 7) % 60)).toISOString(),
  data: { viewer: `viewer-${i}` },
})

const events = (size: number) => Array.from({ length: size }, (_, i) => like(i))
const salts = () => {
  let n = 0
  return () => {
    n += 1
    return Uint8Array.from({ length: 16 }, (_, i) => (n >> i) & 0xff)
  }
}

const SIZE = 11
const { entry, body } = chunkOf(events(SIZE), PLACE, salts())

describe('a chunk', () => {
  it('has a leaf that counts the events, says when they were, and names nobody', () => {
    const leaf = parseChunkLeaf(entry)!
    expect(leaf).toMatchObject({
      ...PLACE,
      size: SIZE,
      counts: { 'live.share.sent': 4, 'live.follow.added': 7 },
      first: '2026-03-01T12:00:00.000Z',
      last: '2026-03-01T12:00:56.000Z',
    })
    expect(fromUtf8(entry)).not.toContain('viewer-')
  })

  it('has the root of RFC 6962 over salt and canonical event', () => {
    const salted = readChunk(body).map((event) => event.salted!)
    expect(parseChunkLeaf(entry)!.root).toEqual(rootByTheBook(salted.map(leafByTheBook)))
    expect(salted.map((bytes) => fromUtf8(bytes.subarray(16)))[2]).toBe(
      '{"data":{"viewer":"viewer-2"},"id":"event-2","source":"/platforms/example/rooms",' +
        '"specversion":"1.0","subject":"broadcast-1","time":"2026-03-01T12:00:14.000Z",' +
        '"type":"live.follow.added"}',
    )
  })

  it('opens to its events, in order', () => {
    expect(openChunk(entry, body)).toEqual(events(SIZE))
  })

  it('has other hashes for the same events with other salts', () => {
    const other = chunkOf(events(SIZE), PLACE, () => new Uint8Array(16).fill(200))
    expect(hex(parseChunkLeaf(other.entry)!.root)).not.toBe(hex(parseChunkLeaf(entry)!.root))
  })

  it('grows past what was reserved for it', () => {
    const long = { ...like(1), data: { viewer: '看'.repeat(1000) } } as AssayEvent
    const chunk = chunkOf([long, long, long], PLACE, salts())
    expect(openChunk(chunk.entry, chunk.body)).toEqual([long, long, long])
  })

  it('is not made of nothing, nor with a salt that is too short', () => {
    expect(() => chunkOf([], PLACE, salts())).toThrow(RangeError)
    expect(() => chunkOf(events(1), PLACE, () => new Uint8Array(8))).toThrow(RangeError)
  })
})

describe('one event of a chunk', () => {
  it.each(Array.from({ length: SIZE }, (_, i) => i))('%i is proved by its leaf', (index) => {
    const { salted, proof } = proveInChunk(body, index)
    expect(checkInChunk(entry, index, salted, proof)).toEqual(like(index))
    const elsewhere = () => checkInChunk(entry, (index + 1) % SIZE, salted, proof)
    expect(elsewhere).toThrow(code('not-included'))
    for (const [i, hash] of proof.entries()) {
      const flipped = proof.with(
        i,
        hash.map((byte, at) => (at === index ? byte ^ 1 : byte)),
      )
      expect(() => checkInChunk(entry, index, salted, flipped)).toThrow(code('not-included'))
    }
    const changed = salted.map((byte, at) => (at === index + 5 ? byte ^ 1 : byte))
    expect(() => checkInChunk(entry, index, changed, proof)).toThrow(code('not-included'))
  })

  it('is no event where there is none', () => {
    expect(() => proveInChunk(body, SIZE)).toThrow(RangeError)
    const { salted, proof } = proveInChunk(body, 0)
    expect(() => checkInChunk(entry, SIZE, salted, proof)).toThrow(code('not-included'))
    expect(() => checkInChunk(entry, -1, salted, proof)).toThrow(code('malformed-chunk'))
  })
})

describe('erasing from a chunk', () => {
  const erased = eraseFromChunk(body, new Set([2, 5]))

  it('leaves the leaf as it is, every other event provable, and nothing of the erased ones', () => {
    const left = openChunk(entry, erased)
    expect(left).toEqual(events(SIZE).map((event, i) => (i === 2 || i === 5 ? null : event)))
    for (const index of [0, 1, 3, 4, 6, 10]) {
      const { salted, proof } = proveInChunk(erased, index)
      expect(checkInChunk(entry, index, salted, proof)).toEqual(like(index))
    }
    expect(hex(erased)).not.toContain(hex(new TextEncoder().encode('"viewer-2"')))
    const salt = readChunk(body)[2]!.salted!.subarray(0, 16)
    expect(hex(erased)).not.toContain(hex(salt))
  })

  it('can be proved with no longer', () => {
    expect(() => proveInChunk(erased, 5)).toThrow(code('erased-event'))
  })

  it('again changes nothing, and in any order comes to the same', () => {
    expect(eraseFromChunk(erased, new Set([2]))).toEqual(erased)
    const other = eraseFromChunk(eraseFromChunk(body, new Set([5])), new Set([2]))
    expect(other).toEqual(erased)
  })
})

describe('a body that was tampered with', () => {
  it('is refused whichever byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(7), (at, bit) => {
        const flipped = body.slice()
        flipped[at]! ^= 1 << bit
        expect(() => openChunk(entry, flipped)).toThrow(code('malformed-chunk'))
      }),
      { numRuns: 300 },
    )
  })

  it('is refused when an event is missing, added or moved', () => {
    const records = readChunk(body).map(({ salted }) => salted!.length + 5)
    const last = body.subarray(0, body.length - records.at(-1)!)
    const swapped = [...body.subarray(records[0]), ...body.subarray(0, records[0])]
    for (const wrong of [last, Uint8Array.from(swapped), Uint8Array.from([...body, ...body])])
      expect(() => openChunk(entry, wrong)).toThrow(code('malformed-chunk'))
    expect(() => readChunk(body.subarray(0, body.length - 1))).toThrow(code('malformed-chunk'))
    expect(() => readChunk(Uint8Array.of(0, 0, 0))).toThrow(code('malformed-chunk'))
  })

  it('is refused when the leaf counts other types than its events have', () => {
    const text = fromUtf8(entry)!.replace('"live.follow.added":7', '"live.follow.added":8')
    const more = new TextEncoder().encode(text)
    expect(() => openChunk(more, body)).toThrow(code('malformed-chunk'))
    const fewer = text.replace('"live.follow.added":8', '"live.follow.added":6')
    expect(() => openChunk(new TextEncoder().encode(fewer), body)).toThrow(code('malformed-chunk'))
  })

  it('does not open with a leaf that is no chunk', () => {
    expect(parseChunkLeaf(new TextEncoder().encode('{"event":{}}'))).toBeNull()
    expect(parseChunkLeaf(new TextEncoder().encode('no json'))).toBeNull()
  })
})
