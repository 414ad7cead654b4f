import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigrams, jaccard, nearDuplicates, type ShingleSets } from '../../src/sketches/minhash.ts'

const setsOf = (texts: readonly string[]): ShingleSets => {
  const values: number[] = []
  const ends: number[] = []
  for (const text of texts) {
    values.push(...bigrams(text))
    ends.push(values.length)
  }
  return { values: Uint32Array.from(values), ends: Uint32Array.from(ends) }
}

describe('minhash', () => {
  it('measures resemblance as shared bigrams over all bigrams', () => {
    // ab bc cd | ab bc ce: two of four.
    expect(jaccard(setsOf(['abcd', 'abce']), 0, 1)).toBe(0.5)
    expect(jaccard(setsOf(['a', 'b']), 0, 1)).toBe(0)
  })

  it('joins lines that differ in one character of twelve and keeps others apart', () => {
    const lines = ['这件衣服质量真的特别好呀', '这件衣服质量真得特别好呀', '什么时候能发货到广东省']
    expect([...nearDuplicates(setsOf(lines), 0.55)]).toEqual([0, 0, 2])
  })

  it('gives equal texts one group, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 30 }), (text) => {
        expect([...nearDuplicates(setsOf([text, text]), 0.9)]).toEqual([0, 0])
      }),
    )
  })

  it('never joins two texts directly that resemble each other less than asked', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        const sets = setsOf([a, b])
        const isJoined = nearDuplicates(sets, 0.6)[1] === 0
        if (isJoined) expect(jaccard(sets, 0, 1)).toBeGreaterThanOrEqual(0.6)
      }),
    )
  })

  it('compares no pairs at large: 200,000 with a common beginning end within the test', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `主播${i * 7919}号好`)
    expect(nearDuplicates(setsOf(lines), 0.8)).toHaveLength(lines.length)
  })
})
