import { describe, expect, it } from 'vitest'
import { headlineOf } from '../../src/report/headline.ts'
import { byNotability, stanceOf } from '../../src/report/stance.ts'
import { amount, bans, money, period, range, term } from '../../src/report/words.ts'
import {
  FAMILIES,
  FINDING_KINDS,
  HYPOTHESES,
  STRENGTHS,
  type Finding,
} from '../../src/vocabulary/finding.ts'
import { auditReport, emptyBroadcast } from '../fixtures/audit-report.ts'

const [quiet, loud] = auditReport.broadcasts
if (quiet === undefined || loud === undefined) throw new Error('two broadcasts expected')
const [anomaly] = loud.findings
if (anomaly === undefined) throw new Error('a finding expected')

const read = (change: Partial<Finding>) => stanceOf({ ...anomaly, ...change })

describe('how a finding must be read', () => {
  const innocent = [
    { name: 'honest-returns', weightBans: 0 },
    { name: 'self-brushing', weightBans: -4 },
  ] as const

  it('accuses only where the verdict is supported and the leading hypothesis is not innocent', () => {
    expect(read({ verdict: 'supported' })).toBe('supported')
    expect(read({ verdict: 'supported', hypotheses: innocent })).toBe('innocent')
    expect(read({ verdict: 'undetermined' })).toBe('undetermined')
    expect(read({ verdict: 'insufficient-data' })).toBe('insufficient')
    expect(read({ verdict: 'supported', hypotheses: [] })).toBe('innocent')
  })

  it('does not put a broadcast forward for a weighty finding that is undetermined', () => {
    const undetermined = { ...quiet, findings: [{ ...anomaly, weightBans: 99 }] }
    expect(byNotability([undetermined, loud])[0]).toBe(loud)
  })
})

describe('the headline', () => {
  const { figures } = quiet
  const told = (viewers: Partial<typeof figures.viewers>) =>
    headlineOf({ ...quiet, figures: { ...figures, viewers: { ...figures.viewers, ...viewers } } })
      .en

  it('admits that the evidence cannot say', () => {
    const unknown = { displayed: 500, observed: null, genuine: null, water: null }
    const only = { ...emptyBroadcast, figures: { ...emptyBroadcast.figures, viewers: unknown } }
    expect(headlineOf(only).en).toBe(
      'The page showed 500 viewers; the evidence cannot say how many are genuine.',
    )
    expect(told({ genuine: { estimate: null, low: 400, high: 9000 } })).toBe(
      'The page showed 12,000 viewers; the evidence only says that between 400 and 9,000 are genuine (90 % interval).',
    )
  })

  it('speaks of what was recorded where nothing shown is on file', () => {
    const concurrent = { ...figures.concurrent, displayed: null, genuine: null }
    const blind = { ...figures, concurrent, viewers: { ...figures.viewers, displayed: null } }
    expect(headlineOf({ ...quiet, figures: blind }).en).toBe(
      'Of 11,870 viewers on record, about 11,800 (90 % interval 11,400 to 12,100) are genuine. What the page showed is not on file.',
    )
  })

  it('speaks of orders where there was no audience at all', () => {
    const orders = { ...emptyBroadcast.figures.orders, observed: 1323, net: 311 }
    const sold = { ...emptyBroadcast, figures: { ...emptyBroadcast.figures, orders } }
    expect(headlineOf(sold).en).toBe(
      'Of 1,323 paid orders, 311 remained after refunds and cancellations.',
    )
  })
})

describe('numbers and terms', () => {
  it('writes money in whole units only where cents do not matter', () => {
    expect(money(32_154, 'CNY')).toEqual({ en: 'CNY 321.54', zh: '321.54 元' })
    expect(amount(118_937_700).en).toBe('1,189,377')
    expect(money(null, 'CNY').en).toBe('–')
  })

  it('rounds an interval to three digits unless it is exact', () => {
    expect(range({ estimate: 108_340, low: 104_210, high: 112_460 }).en).toBe('104,000 – 112,000')
    expect(range({ estimate: 88, low: 12_345, high: 12_345 }).en).toBe('12,345 – 12,345')
  })

  it('signs weights, names a day once, and lets an unreadable instant stand', () => {
    expect([bans(6.42), bans(-0.4), bans(0.01)]).toEqual(['+6.4', '−0.4', '0.0'])
    expect(period('2021-11-11T12:00:00Z', '2021-11-11T16:00:00Z').en).toBe(
      '2021-11-11 12:00 to 16:00',
    )
    expect(period('2021-11-11T12:31:00Z', '2021-11-11T12:31:52Z').zh).toBe(
      '2021-11-11 12:31:00 至 12:31:52',
    )
    expect(period('soon', '2021-11-11T16:00:00Z').en).toBe('soon to 2021-11-11 16:00')
  })

  it('shows an id that it has no word for as it is', () => {
    expect(term('kind', 'constructor').en).toBe('constructor')
    expect(term('kind', 'of-tomorrow').zh).toBe('of-tomorrow')
  })
})

describe('the catalogue', () => {
  it('has a word for everything that the vocabulary can name', () => {
    const missing = [
      ...FINDING_KINDS.map((id) => ['kind', id] as const),
      ...Object.keys(HYPOTHESES).map((id) => ['hypothesis', id] as const),
      ...FAMILIES.map((id) => ['family', id] as const),
      ...STRENGTHS.map((id) => ['strength', id] as const),
    ].filter(([group, id]) => !/\p{Script=Han}/u.test(term(group, id).zh))
    expect(missing).toEqual([])
  })
})
