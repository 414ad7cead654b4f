import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merge, thin } from '../../src/report/charts/series.ts'

describe('thinning a curve', () => {
  it('keeps its highest and lowest point and at most about the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 2000 }), (values) => {
        const kept = thin(
          values.map((_, i) => i),
          values,
          300,
        ).map(([, value]) => value ?? 0)
        expect(Math.max(...kept)).toBe(Math.max(...values))
        expect(Math.min(...kept)).toBe(Math.min(...values))
        expect(kept.length).toBeLessThanOrEqual(300)
      }),
    )
  })

  it('keeps time in order and leaves a long gap a gap', () => {
    const values = Array.from({ length: 3000 }, (_, i) => (i > 1000 && i < 2000 ? null : i % 7))
    const kept = thin(
      values.map((_, i) => i * 1000),
      values,
    )
    expect(kept.every(([at], i) => i === 0 || at > (kept[i - 1]?.[0] ?? 0))).toBe(true)
    expect(kept.some(([, value]) => value === null)).toBe(true)
  })
})

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

describe('merging buckets', () => {
  it('loses no count and says how long a bucket became', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9999), { minLength: 2, maxLength: 900 }), (values) => {
        const merged = merge({ at: values.map((_, i) => i * 60_000), values: { orders: values } })
        expect(sum(merged.counts[0] ?? [])).toBe(sum(values))
        expect(merged.at.length).toBeLessThanOrEqual(72)
        expect(merged.bucketMs).toBe(60_000 * Math.ceil(values.length / 72))
      }),
    )
  })
})
