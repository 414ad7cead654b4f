/** A set that is taken out of again answers as a plain set does, however its members collide. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FingerprintSet } from '../../src/sketches/fingerprint-set.ts'

/** With a high lane of 0 the low one alone says the slot: few slots, at both ends of the table. */
const low = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0, 1, 2, 61, 62, 63))
  .map(([round, slot]) => (round + 1) * 64 + slot)
const step = fc.record({ what: fc.constantFrom('add', 'add', 'delete'), low })

describe('a set of fingerprints', () => {
  it('holds what was added and not taken out since', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const set = new FingerprintSet()
        const plain = new Set<number>()
        for (const { what, low: lo } of steps)
          if (what === 'add') {
            expect(set.add(0, lo)).toBe(!plain.has(lo))
            plain.add(lo)
          } else expect(set.delete(0, lo)).toBe(plain.delete(lo))
        expect(set.size).toBe(plain.size)
        for (const { low: lo } of steps) expect(set.has(0, lo)).toBe(plain.has(lo))
      }),
    )
  })
})
