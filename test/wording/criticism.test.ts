/** Criticism that disappears: the four fixtures of S4-5, and the exact test by hand. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRates, judgeRemoval, readFilter, reasonOf } from '../../src/wording/criticism.ts'
import { createStance, parseStance } from '../../src/wording/stance.ts'

const file = new URL('../../policies/cn/stance.json', import.meta.url)
const stance = createStance(parseStance(JSON.parse(readFileSync(file, 'utf8'))))
const judge = (text: string | undefined, reason: string, repeats = 1) =>
  judgeRemoval({ text, reason: reasonOf(reason), repeats }, stance)

describe('a removal (S4-5)', () => {
  it.each(['假的，退我钱', 'fake, refund me'])('of criticism without a reason: %s', (text) => {
    expect(judge(text, 'none')).toBe('no-reason')
  })

  it.each(['身份证号 110101199003070000', 'id number 110101199003070000'])(
    'of personal data is lawful: %s',
    (text) => expect(judge(text, 'privacy')).toBe('lawful'),
  )

  it.each(['主播是傻逼', 'fucking idiot host'])('of an insult is lawful: %s', (text) => {
    expect(judge(text, 'abuse')).toBe('lawful')
  })

  it('is lawful where the text shows a ground that the record leaves out', () => {
    expect(judge('假货，老板傻逼', 'none')).toBe('lawful')
    expect(judge('质量太差，加微信看真货', 'none')).toBe('lawful')
    expect(judge('退钱', 'none', 30)).toBe('lawful')
  })

  it('is contradicted where criticism goes for a ground that it does not show', () => {
    expect(judge('质量太差，退钱', 'abuse')).toBe('contradicted')
    expect(judge('用了两天就坏了', 'off-topic')).toBe('contradicted')
  })

  it('is not doubted where the text cannot tell', () => {
    expect(judge('质量太差，退钱', 'illegal')).toBe('lawful')
    expect(judge(undefined, 'none')).toBe('unknown')
    expect(judge('主播真漂亮', 'none')).toBe('unstated')
    expect(judge('晚上好', 'off-topic')).toBe('lawful')
  })
})

it.each([
  ['涉及个人隐私', 'privacy'],
  ['personal data', 'privacy'],
  ['辱骂他人', 'abuse'],
  ['刷屏广告', 'spam'],
  ['违法信息', 'illegal'],
  ['与商品无关', 'off-topic'],
  ['', 'none'],
  ['差评', 'none'],
  ['policy 7', 'other'],
])('the reason "%s" is read as %s', (text, expected) => expect(reasonOf(text)).toBe(expected))

describe('a filter list', () => {
  it.each([[['假货', '退钱', '质量差', '骗子']], [['fake', 'refund', 'scam']]])(
    'of %j is aimed at criticism',
    (words) => {
      expect(readFilter(words, stance)).toEqual({ criticism: words, others: 0 })
    },
  )

  it('of insults and lures is not', () => {
    const words = ['傻逼', '加微信', '兼职', 'fuck you']
    expect(readFilter(words, stance)).toEqual({ criticism: [], others: 4 })
  })
})

const stratum = (c: number, cr: number, p: number, pr: number) => ({
  critical: { posted: c, removed: cr },
  praising: { posted: p, removed: pr },
})

describe('rates of removal', () => {
  it('are compared exactly: the lady tasting tea', () => {
    // Fisher 1935: 3 of 4 right has p = (16 + 1) / 70; all 4 right 1 / 70.
    expect(compareRates([stratum(4, 3, 4, 1)]).p).toBeCloseTo(17 / 70, 12)
    expect(compareRates([stratum(4, 4, 4, 0)]).p).toBeCloseTo(1 / 70, 12)
  })

  it('add up over strata as independent draws', () => {
    // One comment of each kind, one removed: 1/2 each; both times the critical one: 1/4.
    const one = stratum(1, 1, 1, 0)
    expect(compareRates([one, one]).p).toBeCloseTo(0.25, 12)
    // Under odds of 10 it is 10/11 each: weight 2·log10((10/11)/(1/2)).
    expect(compareRates([one, one]).weightBans).toBeCloseTo(2 * Math.log10(20 / 11), 12)
  })

  it('weigh for suppression where only criticism goes, against it where praise goes as well', () => {
    expect(compareRates([stratum(40, 20, 400, 0)]).weightBans).toBeGreaterThan(3)
    expect(compareRates([stratum(40, 2, 400, 20)]).weightBans).toBeLessThan(-3)
    expect(compareRates([stratum(0, 0, 9, 3)]).weightBans).toBeCloseTo(0, 12)
  })

  it('weigh a finite amount where chance alone would as good as never do it', () => {
    const { weightBans } = compareRates([stratum(2602, 2113, 2628, 703)])
    expect(Number.isFinite(weightBans)).toBe(true)
    expect(weightBans).toBeGreaterThan(100)
  })

  it('are a probability and a finite weight for any counts', () => {
    const count = fc.integer({ min: 0, max: 3000 })
    fc.assert(
      fc.property(count, count, count, count, (c, cr, p, pr) => {
        const { p: chance, weightBans } = compareRates([
          stratum(c, Math.min(c, cr), p, Math.min(p, pr)),
        ])
        expect(chance).toBeGreaterThanOrEqual(0)
        expect(chance).toBeLessThanOrEqual(1)
        expect(Number.isFinite(weightBans)).toBe(true)
      }),
    )
  })
})
