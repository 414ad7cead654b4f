/** Claims: what is read out of a sentence, and what a dossier says to it. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountsIn } from '../../src/wording/claims/amount.ts'
import { compareClaim } from '../../src/wording/claims/compare.ts'
import { correctionOf, correctionsIn } from '../../src/wording/claims/corrections.ts'
import type { Dossier } from '../../src/wording/claims/dossier.ts'
import { extractClaims } from '../../src/wording/claims/extract.ts'
import type { Judged } from '../../src/wording/claims/judged.ts'
import { parseClaims } from '../../src/wording/claims/table.ts'

const file = new URL('../../policies/cn/claims.json', import.meta.url)
const table = parseClaims(JSON.parse(readFileSync(file, 'utf8')))
const claimsOf = (text: string) =>
  extractClaims(text, table).map(({ attribute, about, value, unit }) =>
    [attribute, about, `${value}${unit}`].filter((part) => part !== '').join(' '),
  )

describe('an amount', () => {
  it.each([
    ['卖了9千9百万', 99_000_000],
    ['9900万', 99_000_000],
    ['破亿', 1e8],
    ['1.5亿', 1.5e8],
    ['3亿5千万', 3.5e8],
    ['两百件', 200],
    ['十万单', 100_000],
    ['1,599元', 1599],
    ['5w单', 50_000],
    ['99 million', 99_000_000],
    ['0.014%', 0.014],
    ['百分之30', 30],
  ])('is read from %s', (text, value) => {
    expect(amountsIn(text).map((amount) => amount.value)).toEqual([value])
  })

  it('is not read where there is none', () => expect(amountsIn('万事如意，千万别错过')).toEqual([]))
})

describe('a claim', () => {
  it.each([
    ['这款饮料燕窝含量特别高', ['content birds-nest high']],
    ['高含量燕窝', ['content birds-nest high']],
    ['燕窝含量高达0.014%', ['content birds-nest 0.014%']],
    ["a very high bird's nest content", ['content birds-nest high']],
    ['100%棉', ['content cotton 100%']],
    ['0蔗糖', ['content sucrose free']],
    ['德國原裝進口', ['origin de']],
    ['德国品牌', ['brand de']],
    ['原装进口', ['origin imported']],
    ['an overseas brand', ['brand foreign']],
    ['an imported brand', ['origin imported', 'brand foreign']],
    ['黑金卡', ['level bank-card black-gold']],
    ['抗辐射红酒', ['effect anti-radiation yes']],
    ['今晚已经卖了九千九百万', ['sales here 99000000']],
    ['全网销量破亿', ['sales 100000000']],
    ['专柜价1599，到手价98', ['price reference 159900fen', 'price sale 9800fen']],
  ])('is read from %s', (text, expected) => expect(claimsOf(text)).toEqual(expected))

  it.each([
    '是进口的吗',
    '这个不是黑金卡',
    '进口原料加工',
    '入口即化',
    '别家都是二层牛皮',
    '好评度很高的燕窝',
    '我们今晚目标破亿',
    'is it imported?',
    'this is not pure gold',
  ])('is not read from %s', (text) => expect(claimsOf(text)).toEqual([]))

  it('shows its place in the original text', () => {
    const text = '各位，這款是德國原裝進口的'
    const [claim] = extractClaims(text, table)
    expect(claim!.text).toBe('德國原裝進口')
    expect(text.slice(claim!.span.start, claim!.span.end)).toBe('德國原裝進口')
  })

  it('is read from any text without harm, with its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (noise) => {
        const text = `${noise}燕窝含量特别高。${noise}`
        for (const { span, text: said } of extractClaims(text, table))
          expect(text.slice(span.start, span.end)).toBe(said)
      }),
    )
  })
})

const AT = Date.UTC(2026, 2, 1)
const DOSSIER: Dossier = {
  product: 'product-1',
  title: '',
  category: '',
  event: 'listed-1',
  claims: [],
  documents: [],
  tests: [],
  prices: [],
}
const judge = (text: string, dossier: Partial<Dossier> | undefined, isListing = false): Judged => {
  const claims = extractClaims(text, table)
  expect(claims, text).toHaveLength(1)
  return compareClaim(claims[0]!, dossier && { ...DOSSIER, ...dossier }, table, {
    at: AT,
    isListing,
  })
}
const test = (attribute: string, value: number | string, unit = '%') => ({
  event: 'test-1',
  laboratory: 'laboratory-a',
  attribute,
  value,
  unit,
})

describe('high bird’s-nest content (S0-3, S4-11)', () => {
  it.each([
    ['燕窝含量特别高', 'birds-nest content'],
    ['燕窝含量特别高', '燕窝含量'],
    ["a very high bird's nest content", "bird's nest"],
    ['燕窝含量特别高', 'content'],
  ])('"%s" is contradicted by 0.014 %% of %s', (text, attribute) => {
    const judged = judge(text, { tests: [test(attribute, 0.014)] })
    expect(judged).toMatchObject({ outcome: 'contradicted', against: 'test', by: ['test-1'] })
    expect(judged.why.en).toContain('0.014 %')
    expect(judged.why.zh).toContain('0.014 %')
  })

  it('is unsupported where the dossier holds no test, and names what is missing', () => {
    const judged = judge('燕窝含量特别高', {})
    expect(judged.outcome).toBe('unsupported')
    expect(judged.missing!.zh).toBe('燕窝含量的检测报告')
  })

  it('needs a fact where the dossier is not known', () => {
    expect(judge('燕窝含量特别高', { documents: undefined }).outcome).toBe('needs-fact')
    expect(judge('燕窝含量特别高', undefined).outcome).toBe('needs-fact')
  })

  it('is borne out by a content that is high', () => {
    expect(judge('燕窝含量特别高', { tests: [test('燕窝含量', 35)] }).outcome).toBe('supported')
  })

  it('is not judged by the report on something else', () => {
    expect(judge('燕窝含量特别高', { tests: [test('sugar content', 0.01)] }).outcome).toBe(
      'unsupported',
    )
  })

  it('is left open by reports that disagree', () => {
    const tests = [test('燕窝含量', 0.014), { ...test('燕窝含量', 40), event: 'test-2' }]
    expect(judge('燕窝含量特别高', { tests }).outcome).toBe('needs-fact')
  })

  it('is not said of an active of which a trace is much', () => {
    expect(judge('高含量视黄醇', { tests: [test('视黄醇含量', 0.1)] }).outcome).toBe('unsupported')
  })
})

describe('a stated content', () => {
  it.each([
    ['燕窝含量5%', 3.9, 'contradicted'],
    ['燕窝含量5%', 4.1, 'supported'],
    ['90%白鹅绒', 88, 'supported'],
    ['90%白鹅绒', 60, 'contradicted'],
    ['0蔗糖', 0.4, 'supported'],
    ['0蔗糖', 6, 'contradicted'],
  ] as const)('%s is %s per cent by report: %s', (text, value, outcome) => {
    const attribute = text.includes('糖') ? '蔗糖含量' : text.includes('绒') ? '含绒量' : '燕窝含量'
    expect(judge(text, { tests: [test(attribute, value)] }).outcome).toBe(outcome)
  })

  it('of added sugar is not that of all sugar', () => {
    expect(judge('0蔗糖', { tests: [test('含糖量', 6)] }).outcome).toBe('unsupported')
  })

  it('is held in whatever unit the report uses', () => {
    expect(judge('燕窝含量5%', { tests: [test('燕窝含量', 140, 'mg/kg')] }).outcome).toBe(
      'contradicted',
    )
  })
})

describe('a level (S0-8)', () => {
  it.each([
    ['这是黑金卡', '联名信用卡 白金卡', 'contradicted'],
    ['this is a black gold card', 'co-branded platinum card', 'contradicted'],
    ['这是白金卡', '联名信用卡 白金卡', 'supported'],
    ['这是黑金卡', '联名信用卡', 'unsupported'],
    ['头层牛皮', '二层牛皮 女包', 'contradicted'],
  ])('"%s" of "%s" is %s', (text, title, outcome) => {
    expect(judge(text, { title }).outcome).toBe(outcome)
  })

  it('stands in a claim of the listing as well', () => {
    const claims = [{ attribute: 'level', value: 'platinum', text: '' }]
    expect(judge('这是黑金卡', { claims }).outcome).toBe('contradicted')
  })
})

describe('a level that deceives nobody', () => {
  it.each([
    ['二层牛皮', '头层牛皮 女包'],
    ['这个是PU底', '头层牛皮 女鞋'],
    ['头层牛皮', '女鞋 头层牛皮 PU底'],
    ['黑金配色', '白金项链'],
    ['这是金卡', '联名信用卡 白金卡'],
  ])('"%s" of "%s" is not contradicted', (text, title) => {
    for (const claim of extractClaims(text, table))
      expect(compareClaim(claim, { ...DOSSIER, title }, table, { at: AT }).outcome).not.toBe(
        'contradicted',
      )
  })
})

describe('an origin (S0-4)', () => {
  it('needs papers', () => {
    const judged = judge('德国进口漱口水', {})
    expect(judged.outcome).toBe('unsupported')
    expect(judged.missing!.en).toBe('certificate of origin or customs declaration')
    expect(judge('an overseas brand', {}).missing!.en).toContain('registration of the brand')
  })

  it('is supported by papers that are still valid', () => {
    const document = { event: 'filed-1', kind: '进口报关单' }
    expect(judge('原装进口', { documents: [document] })).toMatchObject({
      outcome: 'supported',
      by: ['filed-1'],
    })
    const expired = { ...document, validUntil: AT - 1 }
    expect(judge('原装进口', { documents: [expired] }).outcome).toBe('unsupported')
  })

  it('is contradicted by another origin on file', () => {
    const claims = [{ attribute: 'origin', value: '中国', text: '产地：中国' }]
    expect(judge('德国原装进口', { claims }).outcome).toBe('contradicted')
    expect(judge('德国品牌', { claims }).outcome).toBe('unsupported')
  })

  it('of a part says nothing of the whole', () => {
    const claims = [{ attribute: 'origin', value: '中国', text: '产地：中国' }]
    const watch = { title: '石英手表', claims }
    expect(judge('日本原装进口机芯', watch).outcome).toBe('needs-fact')
    expect(judge('日本原装进口的手表', watch).outcome).toBe('contradicted')
  })
})

describe('sales (S1-3)', () => {
  const sold = { fen: 3_000_000_00, pieces: 31_000 }

  it('of this broadcast are held against its ledger', () => {
    expect(judge('今晚已经卖了9900万元', { sold }).outcome).toBe('contradicted')
    expect(judge('今晚已经卖了三万件', { sold }).outcome).toBe('supported')
    expect(judge('今晚已经卖了300万', { sold }).outcome).toBe('supported')
  })

  it('of somewhere else need that ledger', () => {
    expect(judge('全网销量破亿', { sold }).outcome).toBe('needs-fact')
  })
})

it('a certificate or an effect needs its document', () => {
  expect(judge('获得有机认证', {}).missing!.zh).toContain('有机认证')
  expect(
    judge('获得有机认证', { documents: [{ event: 'f', kind: 'organic certificate' }] }).outcome,
  ).toBe('supported')
  expect(judge('抗辐射红酒', { category: 'wine' }).outcome).toBe('unsupported')
})

const line = (seconds: number, text: string) => ({
  event: `c${seconds}`,
  at: seconds * 1000,
  text,
})

/** The line that closes the claim. */
const closed = (claimed: string, ...later: ReturnType<typeof line>[]) => {
  const said = line(0, claimed)
  const claim = extractClaims(claimed, table)[0]!
  const corrections = correctionsIn([said, ...later], table)
  return correctionOf({ at: 0, text: claim.text, claim }, corrections)?.event
}

describe('a correction on air (M26-31)', () => {
  it.each([
    ['更正一下，不是黑金卡，是白金卡'],
    ['刚才说错了，这是白金卡'],
    ['sorry, I misspoke: it is the platinum card'],
  ])('closes the claim that it corrects: %s', (text) => {
    expect(closed('这是黑金卡', line(600, text))).toBe('c600')
  })

  it('may go on in the next line', () => {
    expect(closed('这是黑金卡', line(600, '刚才口误了'), line(605, '是白金卡'))).toBe('c600')
  })

  it('may name nothing when it comes at once', () => {
    expect(closed('这是黑金卡', line(20, '不好意思说错了'))).toBe('c20')
    expect(closed('这是黑金卡', line(600, '不好意思说错了'))).toBeUndefined()
  })

  it('does not close another claim, nor one made after it', () => {
    expect(closed('这是黑金卡', line(600, '更正，是德国进口'))).toBeUndefined()
    expect(closed('这是黑金卡', line(-10, '更正，是白金卡'))).toBeUndefined()
  })

  it('does not close by saying the same again', () => {
    expect(closed('燕窝含量5%', line(600, '准确地说，燕窝添加量5%'))).toBeUndefined()
    expect(closed('燕窝含量5%', line(600, '准确地说，燕窝含量5%'))).toBeUndefined()
  })

  it('closes what it names to take it back', () => {
    expect(closed('燕窝含量5%', line(600, '刚才说的燕窝含量5%是口误'))).toBe('c600')
  })
})
