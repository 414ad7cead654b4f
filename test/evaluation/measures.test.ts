import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverage, intervals } from '../../src/evaluation/coverage.ts'
import { readSuspect, readTruth } from '../../src/evaluation/lines.ts'
import { measure } from '../../src/evaluation/measures.ts'
import { Comparison, pool, type Sample } from '../../src/evaluation/sample.ts'

const sample = (more: Partial<Sample>): Sample => ({
  positive: [],
  negative: [],
  silentPositive: 0,
  silentNegative: 0,
  labels: {},
  ...more,
})
const score = (probability: number, weightBans = 0) => ({ probability, weightBans })

describe('precision, recall and F1', () => {
  it('count one half as suspected and the unlisted as not', () => {
    // found 0.9 and 0.5 of four; falsely accused 0.7 of three
    const measures = measure(
      sample({
        positive: [score(0.9), score(0.5), score(0.49)],
        silentPositive: 1,
        negative: [score(0.7), score(0.1)],
        silentNegative: 1,
      }),
    )
    expect(measures).toMatchObject({ items: 7, positives: 4, hits: 2, falseAlarms: 1 })
    expect(measures.precision).toBeCloseTo(2 / 3, 12)
    expect(measures.recall).toBe(0.5)
    // 2 · (2/3) · (1/2) ÷ (2/3 + 1/2) = 4/7
    expect(measures.f1).toBeCloseTo(4 / 7, 12)
    expect(measures.falseAlarmRate).toBeCloseTo(1 / 3, 12)
  })

  it('are null where they cannot be said, and F1 is 0 where nothing was found', () => {
    expect(measure(sample({ silentNegative: 3 }))).toMatchObject({
      precision: null,
      recall: null,
      f1: null,
      auc: null,
      cllr: null,
      falseAlarmRate: 0,
    })
    expect(measure(sample({ silentPositive: 2, silentNegative: 3 }))).toMatchObject({
      precision: null,
      recall: 0,
      f1: 0,
    })
  })
})

describe('the area under the ROC curve', () => {
  it('counts ties one half', () => {
    // 0.9 beats all three; 0.4 ties with one and beats two, one of them unlisted: 5.5 of 6
    const measures = measure(
      sample({
        positive: [score(0.9), score(0.4)],
        negative: [score(0.4), score(0.1)],
        silentNegative: 1,
      }),
    )
    expect(measures.auc).toBeCloseTo(5.5 / 6, 12)
  })

  it('is one half when nobody is listed', () => {
    expect(measure(sample({ silentPositive: 5, silentNegative: 7 })).auc).toBe(0.5)
  })

  it('is the share of pairs in the right order', () => {
    const probabilities = fc.array(fc.constantFrom(0, 0.1, 0.5, 0.9, 1), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(probabilities, probabilities, (positive, negative) => {
        let right = 0
        for (const p of positive) for (const n of negative) right += p > n ? 1 : p === n ? 0.5 : 0
        const { auc } = measure(
          sample({
            positive: positive.map((p) => score(p)),
            negative: negative.map((n) => score(n)),
          }),
        )
        expect(auc).toBeCloseTo(right / positive.length / negative.length, 10)
      }),
    )
  })
})

describe('Cllr', () => {
  it('is 1 when every weight is 0, which is saying nothing', () => {
    expect(measure(sample({ positive: [score(1)], negative: [score(0)] })).cllr).toBe(1)
  })

  it('is log2(1 + 1/10) when every weight is one ban the right way', () => {
    // log2(1.1) = 0.1375035
    const { cllr } = measure(sample({ positive: [score(1, 1)], negative: [score(0, -1)] }))
    expect(cllr).toBeCloseTo(0.1375035, 6)
  })

  it('takes the unlisted as two bans for innocence', () => {
    // log2(1 + 100) = 6.6582115, log2(1.01) = 0.0143553; their mean is 3.3362834
    expect(measure(sample({ silentPositive: 4, silentNegative: 9 })).cllr).toBeCloseTo(3.3362834, 6)
  })

  it('caps a weight at six bans, so that one infinite mistake is finite', () => {
    // log2(1 + 10^6) = 19.9315700; the genuine one costs log2(1 + 10^-6) = 1.4e-6
    const { cllr } = measure(
      sample({ positive: [score(0, Number.NEGATIVE_INFINITY)], negative: [score(0, -40)] }),
    )
    expect(cllr).toBeCloseTo(19.93157 / 2, 4)
  })
})

const compare = () => {
  const comparison = new Comparison()
  for (const [kind, id, label] of [
    ['view', 'v1', 'bot'],
    ['view', 'v2', 'genuine'],
    ['view', 'v3', 'genuine'],
    ['view', 'v4', 'attack'],
    ['order', 'v1', 'genuine'],
  ] as const)
    comparison.learn({ kind, id, label })
  return comparison
}
const suspect = (kind: 'view' | 'merchant', id: string, probability: number) =>
  ({ kind, id, probability, weightBans: 1 }) as const

describe('a comparison', () => {
  it('splits suspicions by truth and kind, each id once at its highest', () => {
    const comparison = compare()
    comparison.suspect(suspect('view', 'v1', 0.3))
    comparison.suspect(suspect('view', 'v1', 0.8))
    comparison.suspect(suspect('view', 'v1', 0.1))
    comparison.suspect(suspect('view', 'v2', 0.2))
    comparison.suspect(suspect('merchant', 'm1', 1))
    expect(comparison.sample('view')).toEqual({
      positive: [score(0.8, 1)],
      negative: [score(0.2, 1)],
      silentPositive: 1,
      silentNegative: 1,
      labels: { bot: { items: 1, found: 1 }, attack: { items: 1, found: 0 } },
    })
    expect(comparison.sample('order')).toEqual(sample({ silentNegative: 1 }))
  })

  it('knows suspects that cannot belong to this truth', () => {
    const comparison = compare()
    for (const id of ['a', 'b', 'c']) comparison.suspect(suspect('view', id, 0.5))
    expect(comparison.sample('view')).toBeUndefined()
  })

  it('pools runs by adding them up, though their ids are the same', () => {
    const one = sample({
      positive: [score(0.9)],
      silentNegative: 2,
      labels: { bot: { items: 1, found: 1 } },
    })
    const pooled = pool([one, one, sample({ negative: [score(0.6)] })])
    expect(measure(pooled)).toMatchObject({ items: 7, positives: 2, hits: 2, falseAlarms: 1 })
    expect(pooled.labels).toEqual({ bot: { items: 2, found: 2 } })
  })
})

describe('a line', () => {
  it('is understood, or the field that is wrong is named', () => {
    expect(readTruth('{"kind":"like","id":"e1","label":"bot","more":1}')).toEqual({
      kind: 'like',
      id: 'e1',
      label: 'bot',
    })
    expect(readTruth('{"kind":"gift","id":"e1","label":"bot"}')).toEqual({ field: 'kind' })
    expect(readTruth('{"kind":"like","id":7,"label":"bot"}')).toEqual({ field: 'id' })
    expect(readTruth('{"kind":"like","id":"e1"}')).toEqual({ field: 'label' })
    expect(readTruth('[]')).toEqual({ field: '' })
    expect(readTruth('{"kind":')).toEqual({ field: '' })
    const suspect = { kind: 'merchant', id: 'm', probability: 1, weightBans: -2 }
    expect(readSuspect(JSON.stringify(suspect))).toEqual(suspect)
    expect(readSuspect(JSON.stringify({ ...suspect, probability: 1.01 }))).toEqual({
      field: 'probability',
    })
    expect(readSuspect(JSON.stringify({ ...suspect, weightBans: null }))).toEqual({
      field: 'weightBans',
    })
  })
})

const figure = (estimate: number | null, low: number, high: number) => ({
  genuine: { estimate, low, high },
})

describe('coverage', () => {
  const scenario = {
    broadcasts: [
      {
        broadcast: 'b1',
        genuine: { viewers: 100, views: 120, likes: 0, comments: 5, orders: 2, sales: 900 },
      },
      {
        broadcast: 'b2',
        genuine: { viewers: 1, views: 1, likes: 1, comments: 1, orders: 1, sales: 1 },
      },
    ],
  }
  const audit = {
    broadcasts: [
      {
        broadcast: 'b1',
        figures: {
          viewers: figure(110, 100, 120),
          views: figure(90, 80, 119),
          likes: figure(3, 0, 10),
          comments: figure(null, 5, 5),
          orders: { genuine: null },
          sales: figure(900, 900, 900),
        },
      },
    ],
  }

  it('counts intervals that hold the truth, bounds included, and figures withheld', () => {
    const { known, withheld } = intervals(audit, scenario)
    expect(known.map(({ figure, covered }) => [figure, covered])).toEqual([
      ['viewers', true],
      ['views', false],
      ['likes', true],
      ['comments', true],
      ['sales', true],
    ])
    // orders of b1 and all six figures of b2
    expect(withheld).toBe(7)
    // errors where truth is not 0 and there is an estimate: 10/100, 30/120, 0/900; their median 0.1
    expect(coverage(known, withheld)).toEqual({
      intervals: 5,
      covered: 4,
      share: 0.8,
      withheld: 7,
      medianError: 0.1,
    })
  })

  it('names the field of something that is no audit', () => {
    expect(() => intervals({ broadcasts: {} }, scenario)).toThrow(new TypeError('broadcasts'))
    const broken = { broadcasts: [{ broadcast: 'b1', figures: { viewers: { genuine: {} } } }] }
    expect(() => intervals(broken, scenario)).toThrow(new TypeError('low'))
  })
})
