/** Since when: of a crowd, and not of those who were mistaken for it. Times are minutes by hand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodOf } from '../../src/detectors/shared/period.ts'

const MINUTE = 60_000
const minutes = (...list: readonly number[]) => Float64Array.from(list, (m) => m * MINUTE)
/** `count` of them from a minute on, evenly over so many. */
const evenly = (count: number, from: number, over: number) =>
  Array.from({ length: count }, (_, i) => from + (over * i) / count)
const periodOfMinutes = (starts: readonly number[], ends: readonly number[] = starts) => {
  const { from, until } = periodOf(minutes(...starts), minutes(...ends))
  return [from / MINUTE, until / MINUTE]
}

describe('the period of a crowd', () => {
  it('begins and ends with the crowd, whoever came long before it or stayed long after', () => {
    const starts = [5, ...evenly(38, 40, 1), 55]
    const ends = [6, ...evenly(38, 50, 1), 89]
    expect(periodOfMinutes(starts, ends)).toEqual([40, 50 + 37 / 38])
  })

  it('does not begin with people who were mistaken for it one by one, were they two of five', () => {
    // Two a minute; then sixty in one, of whom a tenth are three times as many.
    const before = evenly(40, 10, 20)
    const [from] = periodOfMinutes([...before, ...evenly(60, 30, 1)])
    // Told by the minute: one who came within it before the crowd is not told from it.
    expect(from).toBeGreaterThan(29)
    expect(from).toBeLessThanOrEqual(30)
  })

  it('is that of a trickle from its first to its last, and of one a minute as of ten', () => {
    for (const perMinute of [0.1, 1, 10]) {
      const starts = evenly(60, 20, 60 / perMinute)
      expect(periodOfMinutes(starts)).toEqual([20, starts.at(-1)])
    }
  })

  it('holds every wave, small ones too', () => {
    const starts = [...evenly(200, 20, 2), ...evenly(800, 80, 2)]
    expect(periodOfMinutes(starts)).toEqual([20, starts.at(-1)])
  })

  it('holds what went on slowly after a burst, where that was most of it', () => {
    const starts = [...evenly(50, 30, 1), ...evenly(250, 31, 60)]
    expect(periodOfMinutes(starts)).toEqual([30, starts.at(-1)])
  })

  it('keeps its beginning, however long the crowd stays', () => {
    const starts = evenly(60, 40, 1)
    for (const end of [41, 60, 600]) expect(periodOfMinutes(starts, evenly(60, end, 1))[0]).toBe(40)
  })

  it('is unknown where there is nobody, and an instant of one alone', () => {
    expect(periodOf(minutes())).toEqual({ from: Number.NaN, until: Number.NaN })
    expect(periodOfMinutes([7], [9])).toEqual([7, 9])
  })

  it('lies within their time, does not depend on their order, and changes nothing', () => {
    const stay = fc.tuple(fc.nat({ max: 1e7 }), fc.nat({ max: 1e6 }))
    fc.assert(
      fc.property(fc.array(stay, { minLength: 1, maxLength: 200 }), (stays) => {
        const starts = Float64Array.from(stays, ([at]) => at)
        const ends = Float64Array.from(stays, ([at, long]) => at + long)
        const before = [...starts]
        const { from, until } = periodOf(starts, ends)
        expect([...starts]).toEqual(before)
        expect(periodOf(starts.toReversed(), ends.toReversed())).toEqual({ from, until })
        expect(starts).toContain(from)
        expect(until).toBeGreaterThanOrEqual(from)
        expect(until).toBeLessThanOrEqual(Math.max(...ends))
        // Half are the crowd for sure, and of these a tenth may come too slowly to be told.
        const left = starts.filter((at) => at < from).length
        expect(left).toBeLessThanOrEqual(Math.ceil(stays.length * 0.6))
      }),
    )
  })
})
