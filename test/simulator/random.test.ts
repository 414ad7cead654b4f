import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda } from '../../src/simulator/agenda.ts'
import { arrive } from '../../src/simulator/arrivals.ts'
import { gamma, integer, logNormal, weibull, zipf } from '../../src/simulator/distributions.ts'
import { Platform } from '../../src/simulator/platform.ts'
import { Random, scramble } from '../../src/simulator/random.ts'
import { FIRST_DAY, Stage } from '../../src/simulator/stage.ts'

const drawn = (count: number, draw: () => number): number[] =>
  Array.from({ length: count }, draw).sort((a, b) => a - b)

const words = (seed: string) => {
  const random = new Random(seed)
  return [random.word(), random.word(), random.word()]
}

describe('a random stream', () => {
  it('is the same for the same seed and another for another', () => {
    expect(words('1')).toEqual(words('1'))
    expect(words('1')).not.toEqual(words('2'))
  })

  it('forks into a stream that does not depend on what was drawn before', () => {
    const drawnFrom = new Random('seed')
    drawnFrom.word()
    expect(drawnFrom.fork('people').word()).toBe(new Random('seed').fork('people').word())
    expect(new Random('seed').fork('people').word()).not.toBe(
      new Random('seed').fork('hired').word(),
    )
  })

  it('fills ten equal bins evenly', () => {
    const random = new Random('bins')
    const bins = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 100_000; i += 1) bins[Math.floor(random.uniform() * 10)]! += 1
    // 10,000 each, standard deviation 95: five of them either way
    for (const bin of bins) expect(Math.abs(bin - 10_000)).toBeLessThan(475)
  })

  it('scrambles without collision', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(0xffffffff), { minLength: 2 }), (words) => {
        expect(new Set(words.map(scramble)).size).toBe(words.length)
      }),
    )
  })
})

describe('the distributions', () => {
  const random = new Random('distributions')

  it('have the median, mean and spread that they are stated by', () => {
    expect(drawn(20_001, () => logNormal(random, 240, 1.1))[10_000]).toBeGreaterThan(230)
    expect(drawn(20_001, () => logNormal(random, 240, 1.1))[10_000]).toBeLessThan(250)
    // median of a Weibull: scale × (ln 2)^(1/shape); 100 × 0.6931^2 = 48.05
    const median = drawn(20_001, () => weibull(random, 100, 0.5))[10_000]!
    expect(median).toBeGreaterThan(44)
    expect(median).toBeLessThan(52)
    const rates = drawn(40_000, () => gamma(random, 0.25, 4))
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    // mean 1, variance 4: three standard errors are 0.03
    expect(mean).toBeGreaterThan(0.97)
    expect(mean).toBeLessThan(1.03)
  })

  it('keep to their bounds', () => {
    for (let i = 0; i < 10_000; i += 1) {
      const rank = zipf(random, 7)
      expect(rank >= 0 && rank < 7 && Number.isInteger(rank)).toBe(true)
      const whole = integer(random, 2, 4)
      expect(whole === 2 || whole === 3 || whole === 4).toBe(true)
    }
  })
})

describe('the agenda', () => {
  it('gives entries by time, and in the order entered where times are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const agenda = new Agenda()
        const done: [number, number][] = []
        times.forEach((at, order) => {
          agenda.add(at, () => done.push([at, order]))
        })
        for (let entry = agenda.next(); entry !== undefined; entry = agenda.next()) entry.act()
        const expected = times
          .map((at, order): [number, number] => [at, order])
          .sort((a, b) => a[0] - b[0] || a[1] - b[1])
        expect(done).toEqual(expected)
      }),
    )
  })
})

describe('arrivals', () => {
  it('are exactly as many as asked, spread as the intensity says, one pending at a time', () => {
    const random = new Random('arrivals')
    const stage = new Stage(random, new Platform(random.fork('platform'), { viewers: 10 }))
    // nothing in the first 100 s, then three parts in four, then one
    const intensity = new Float64Array(300).fill(0)
    intensity.fill(3, 100, 200)
    intensity.fill(1, 200, 300)
    const at: number[] = []
    arrive(stage, random, FIRST_DAY, intensity, 8_000, () => at.push(stage.now - FIRST_DAY))
    for (let due = stage.agenda.next(); due !== undefined; due = stage.agenda.next()) {
      expect(stage.agenda.size).toBe(0)
      stage.now = due.at
      due.act()
    }
    expect(at).toHaveLength(8_000)
    expect(at[0]).toBeGreaterThanOrEqual(100_000)
    expect(at.at(-1)).toBeLessThanOrEqual(300_000)
    // 6,000 expected, standard deviation 39
    expect(Math.abs(at.filter((ms) => ms < 200_000).length - 6_000)).toBeLessThan(195)
  })
})
