/** Whose turn it is to be judged, and who does not wait while judging rests. */
import { describe, expect, it } from 'vitest'
import { Beat } from '../../../src/engine/live/beat.ts'

const JOINED = 'live.viewer.joined'
const NOW = 100_000

/** A room of a hundred joins, judged at NOW, with so many since. */
const beatWith = (fresh: Readonly<Record<string, number>>) => {
  const beat = new Beat()
  for (const [broadcast, joins] of Object.entries(fresh)) {
    for (let i = 0; i < 100; i += 1) beat.note(broadcast, JOINED, NOW)
    beat.judged(broadcast, NOW)
    for (let i = 0; i < joins; i += 1) beat.note(broadcast, JOINED, NOW)
  }
  return beat
}

describe('a rest from judging', () => {
  it('is for a room that changes as rooms do, and not for one that grows by half', () => {
    // Of 100 joins and 20 that are always added: 12 are a tenth, 60 are half.
    const calm = beatWith({ calm: 12 })
    expect(calm.next(NOW + 500)).toBe('calm')
    expect(calm.next(NOW + 500, true)).toBeNull()
    expect(beatWith({ calm: 12, inflated: 60 }).next(NOW + 500, true)).toBe('inflated')
  })

  it('is not for a room in which something of weight happened', () => {
    const beat = beatWith({ calm: 12 })
    beat.note('calm', 'live.promise.made', NOW)
    expect(beat.next(NOW + 500, true)).toBe('calm')
  })

  it('keeps no room waiting without end', () => {
    const beat = beatWith({ calm: 1 })
    expect(beat.next(NOW + 15_000, true)).toBe('calm')
  })
})
