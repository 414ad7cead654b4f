/** Recordings as they grow: pieces pushed under their numbers, beside whatever else is said of them. */
import { describe, expect, it } from 'vitest'
import { Recordings, type PushedPiece } from '../../src/archive/recordings.ts'
import { readSegment } from '../../src/archive/segments.ts'
import { sha256Hex } from '../../src/archive/sha256.ts'
import { box, ts } from './media.ts'
import { cst, memoryStores, openArchive, segment } from './lib.ts'

const START = Date.parse('2026-03-01T20:00:00.000+08:00')

const opened = async () => {
  const { archive } = await openArchive(memoryStores(), { now: START })
  const recordings = new Recordings(archive)
  /** Four seconds a piece, one after the other unless said otherwise. */
  const push = (
    broadcast: string,
    sequence: number,
    bytes: Uint8Array<ArrayBuffer>,
    more: Partial<PushedPiece> = {},
  ) =>
    recordings.push(broadcast, {
      sequence,
      bytes,
      init: null,
      durationMs: 4000,
      startsAt: START + sequence * 4000,
      isDiscontinuous: false,
      ...more,
    })
  return { archive, recordings, push }
}

describe('a pushed piece', () => {
  it('is stored, logged with its programme time, and read back', async () => {
    const { archive, recordings, push } = await opened()
    const sha256 = sha256Hex(ts(1))
    expect(await push('b1', 0, ts(1))).toEqual({
      outcome: 'stored',
      segment: {
        sequence: 0,
        durationMs: 4000,
        bytes: ts(1).length,
        sha256,
        uri: `segments/${sha256.slice(0, 2)}/${sha256}`,
        startsAt: '2026-03-01T12:00:00.000Z',
      },
    })
    expect(await readSegment(archive.parts.segments, sha256)).toEqual(ts(1))
    expect(recordings.of('b1')).toMatchObject([{ sha256, startsAtMs: START }])
    expect(await recordings.read('b1', sha256)).toEqual(ts(1))
    expect(await recordings.read('b2', sha256)).toBeNull()
  })

  it('may come again, but no other in its place, and none may be left out', async () => {
    const { recordings, push } = await opened()
    await push('b1', 0, ts(1))
    expect(await push('b1', 0, ts(1))).toMatchObject({ outcome: 'known', segment: { sequence: 0 } })
    expect(await push('b1', 0, ts(2))).toEqual({ outcome: 'wrong-number', next: 1 })
    expect(await push('b1', 2, ts(2))).toEqual({ outcome: 'wrong-number', next: 1 })
    expect(await push('b2', 0, ts(2))).toMatchObject({ outcome: 'stored' })
    expect(recordings.of('b1')).toHaveLength(1)
  })

  it('gets its number alone when two senders push at once', async () => {
    const { push } = await opened()
    const pushed = await Promise.all([
      push('b1', 0, ts(1)),
      push('b1', 0, ts(2)),
      push('b1', 1, ts(3)),
    ])
    expect(pushed.map(({ outcome }) => outcome)).toEqual(['stored', 'wrong-number', 'stored'])
  })

  it('names the initialisation section that was pushed before it', async () => {
    const { recordings, push } = await opened()
    const section = box('ftyp', new Uint8Array([1]))
    const init = await recordings.storeInit(section)
    expect(init).toBe(sha256Hex(section))
    const piece = box('moof', new Uint8Array([2]))
    expect(await push('b1', 0, piece, { init })).toMatchObject({ segment: { init } })
    expect(await recordings.read('b1', init)).toEqual(section)
    expect(await push('b1', 1, ts(1), { init: 'f'.repeat(64) })).toEqual({
      outcome: 'unknown-init',
    })
  })

  it('that leaves time out is taken, and the time is on file as missing', async () => {
    const { archive, push } = await opened()
    await push('b1', 0, ts(1))
    // A clock that drifts by less than a second leaves nothing out.
    await push('b1', 1, ts(2), { startsAt: START + 4900 })
    expect(archive.facts.broadcasts.get('b1')!.disturbances).toEqual([])
    await push('b1', 2, ts(3), { startsAt: START + 20_900 })
    const [disturbance, ...others] = archive.facts.broadcasts.get('b1')!.disturbances
    expect(others).toEqual([])
    // The second piece ended at 8.9 s.
    expect(disturbance!.data).toMatchObject({ kind: 'jump', durationMs: 12_000, beforeSequence: 2 })
  })

  it('has its number whatever a producer says of a recording elsewhere', async () => {
    const { archive, recordings, push } = await opened()
    await archive.record(segment('b1', '2026-03-01 20:00', 0, 'a'.repeat(64)))
    await archive.record(segment('b1', '2026-03-01 22:00', 7, 'b'.repeat(64)))
    expect(await push('b1', 0, ts(1))).toMatchObject({ outcome: 'stored' })
    expect(await push('b1', 1, ts(2))).toMatchObject({ outcome: 'stored' })
    expect(recordings.of('b1').map(({ sha256 }) => sha256)).toEqual([
      sha256Hex(ts(1)),
      sha256Hex(ts(2)),
    ])
    // What is said stays on file beside it.
    expect(archive.facts.broadcasts.get('b1')!.segments.get(7)).toMatchObject({
      startsAtMs: cst('2026-03-01 22:00'),
    })
  })
})
