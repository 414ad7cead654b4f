import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LexiconError, parseLexicon } from '../../src/wording/lexicon.ts'
import { normalise } from '../../src/wording/normalise.ts'
import { createReader } from '../../src/wording/read.ts'
import { AT, entry, heard, readerOf, shippedLexicon, shippedPolicy } from './reading.ts'

const best = readerOf({
  exceptions: [{ id: 'advice', terms: ['最好不要', '最好先'], why: { en: 'Advice', zh: '建议' } }],
  entries: [entry({ terms: ['最好', '国家级', '第一品牌', '加微信', 'cure diabetes'] })],
})

describe('a word of the list', () => {
  it('is shown in the original text, with UTF-16 positions', () => {
    const text = '😀这是國\u200b家級的'
    const [hit] = best.read({ text, speaker: 'host', place: 'title' }, AT)
    expect(hit).toMatchObject({
      rule: 'rule-a',
      as: '国家级',
      matched: '國\u200b家級',
      span: { start: 4, end: 8 },
      via: ['between'],
      verdict: 'violation',
      step: 'L1',
    })
    expect(hit!.provisions.map(({ id }) => id)).toEqual(['AdL-9(3)'])
    expect(hit!.why.zh).toContain('言过其实')
  })

  it.each([
    ['最最最好的面霜', '最最最好=violation'],
    ['zuì hǎo的面霜', 'zuì hǎo=violation'],
    ['zui4hao3的面霜', 'zui4hao=violation'],
    ['最h的面霜', '最h=violation'],
    ['罪好的面霜', '罪好=violation'],
    ['第①品牌', '第①品牌=violation'],
    ['加薇❤领券', '加薇❤=violation'],
    ['СURE diаbetes', 'СURE diаbetes=violation'],
    ['\u202e好最\u202c的面霜', '好最=violation'],
    ['最&#22909;的面霜', '最&#22909;=violation'],
  ])('is found in %s', (text, expected) => {
    expect(heard(best, text)).toEqual([expected])
  })

  it.each([
    ['the therapist secures diabetes'],
    ['质量第一，品牌保证'],
    ['给你打包裹起来'],
    ['他是会做饭的'],
  ])('is not read into %s', (text) => {
    expect(heard(best, text)).toEqual([])
  })
})

describe('a character', () => {
  it('may be written by its number, even one that stands for two', () => {
    expect(normalise('重&#x338f;').text).toBe('重kg')
  })
})

describe('context', () => {
  it.each([
    ['晚上最好不要喝咖啡', '最好=innocent'],
    ['醉好不要喝咖啡', '醉好=innocent'],
    ['我们不是最好的', '最好=innocent'],
    ['不仅是最好的', '最好=violation'],
    ['不是普通货而是最好的', '最好=violation'],
    ['广告法规定不许说最好', '最好=innocent'],
    ['有宝宝问是不是最好的', '最好=innocent'],
    ['这是最好的吗', '最好=review'],
    ['难道不是最好的吗', '最好=violation'],
  ])('%s', (text, expected) => {
    expect(heard(best, text)).toEqual([expected])
  })

  it('takes a question put both ways for no claim', () => {
    expect(heard(best, '最好不最好我不知道')).toEqual(['最好=innocent', '最好=innocent'])
  })

  it('lets a viewer say what a seller may not', () => {
    const text = '这个是最好的'
    expect(heard(best, text, { speaker: 'viewer', place: 'comment' })).toEqual(['最好=innocent'])
    expect(heard(best, text, { speaker: 'assistant' })).toEqual(['最好=violation'])
  })

  it('obeys places, goods, demanded and excluded neighbours of an entry', () => {
    const reader = readerOf({
      entries: [
        entry({ id: 'a', terms: ['治疗'], places: ['title'] }),
        entry({ id: 'b', terms: ['上色'], products: { except: ['drug'] } }),
        entry({ id: 'c', terms: ['解乏'], products: { only: ['alcohol'] } }),
        entry({ id: 'd', terms: ['返利'], when: { sentence: ['下线'] } }),
        entry({ id: 'e', terms: ['最低'], unless: { after: ['温度'] } }),
        entry({ id: 'f', terms: ['不退不换'], despite: ['negation'] }),
        entry({ id: 'g', terms: ['进口'], needs: { en: 'a customs paper', zh: '报关单' } }),
      ],
    })
    expect(heard(reader, '治疗')).toEqual(['治疗=innocent'])
    expect(heard(reader, '治疗', { place: 'title' })).toEqual(['治疗=violation'])
    expect(heard(reader, '上色', { product: { category: 'drug' } })).toEqual(['上色=innocent'])
    expect(heard(reader, '上色', { product: { category: 'food' } })).toEqual(['上色=violation'])
    expect(heard(reader, '解乏')).toEqual([])
    expect(heard(reader, '解乏', { product: { category: '酒类' } })).toEqual(['解乏=violation'])
    expect(heard(reader, '这款白酒解乏')).toEqual(['解乏=violation'])
    expect(heard(reader, '返利')).toEqual([])
    expect(heard(reader, '发展下线就有返利')).toEqual(['返利=violation'])
    expect(heard(reader, '发展下线。返利')).toEqual([])
    expect(heard(reader, '最低的温度是五度')).toEqual(['最低=innocent'])
    expect(heard(reader, '特价商品不退不换')).toEqual(['不退不换=violation'])
    const [imported] = reader.read({ text: '纯进口', speaker: 'host', place: 'caption' }, AT)
    expect(imported).toMatchObject({ verdict: 'needs-fact', needs: { en: 'a customs paper' } })
  })
})

describe('a pattern', () => {
  const reader = readerOf({
    classes: { ill: ['高血压', '糖尿病'] },
    entries: [entry({ patterns: ['治|根治 ~3 @ill', '# ~1 天 ~2 见效', '找|加 ~4 ##'] })],
  })
  it.each([
    ['治好你的高血压', ['治好你的高血压=violation']],
    ['治好了你们的高血压', []],
    ['能治。高血压患者慎用', []],
    ['zhi糖尿病', ['zhi糖尿病=violation']],
    ['三天就见效', ['三天就见效=violation']],
    ['2 8天见效', ['2 8天见效=violation']],
    ['十天见效', ['十天见效=violation']],
    ['明天见效', []],
    ['加我 138 0013 8000', ['加我 138 0013 8000=violation']],
    ['加我 1380', []],
    ['加价 1980.00', []],
    ['制疗高血压', []],
    ['制高血压', ['制高血压=violation']],
    ['z 高血压', []],
  ])('in %s', (text, expected) => {
    expect(heard(reader, text)).toEqual(expected)
  })
})

describe('a part that counts as written', () => {
  const frame = readerOf({
    classes: { use: ['喝', '戴上'] },
    entries: [entry({ patterns: ['=@use ~6 老寒腿 ~6 =好了|没了'] })],
  })

  it.each([
    ['喝它老寒腿就好了', ['喝它老寒腿就好了=violation']],
    ['喝它老h腿就好了', ['喝它老h腿就好了=violation']],
    ['带上它老寒腿就好了', []],
  ])('is sought without disguise, beside parts that are: %s', (text, expected) => {
    expect(heard(frame, text)).toEqual(expected)
  })
})

describe('a word that sounds like a part', () => {
  const frame = readerOf({ entries: [entry({ patterns: ['喝 ~6 下地'] })] })

  it('does not stand in the way of the part itself', () => {
    expect(heard(frame, '喝两盒就能下地')).toEqual(['喝两盒就能下地=violation'])
    expect(heard(frame, '这两盒就能下地')).toEqual([])
  })
})

describe('English', () => {
  const cheap = readerOf({ entries: [entry({ terms: ["can't lose", 'cure diabetes'] })] })

  it.each([
    ["You can't lose", "can't lose=violation"],
    ['You can’t lose', 'can’t lose=violation'],
    ['You cant lose', 'cant lose=violation'],
    ["It doesn't cure diabetes", 'cure diabetes=innocent'],
  ])('is read with its apostrophes: %s', (text, expected) => {
    expect(heard(cheap, text)).toEqual([expected])
  })
})

describe('a hint at what may not be said', () => {
  it('quotes nobody', () => {
    expect(heard(best, '国家级的，不能说那个字')).toEqual(['国家级=violation'])
    expect(heard(best, '国家级，这个词不能说')).toEqual(['国家级=innocent'])
  })
})

describe('time', () => {
  it('gives no hit where nothing is in force, and no provision where the time is unknown', () => {
    const reader = readerOf({
      entries: [entry({ terms: ['最好'], from: '2024-06-01', until: '2024-06-30' })],
    })
    const utterance = { text: '最好', speaker: 'host', place: 'caption' } as const
    const at = (day: string) => reader.read(utterance, Date.parse(`${day}T12:00:00+08:00`)).length
    expect([at('2024-05-31'), at('2024-06-01'), at('2024-06-30'), at('2024-07-01')]).toEqual([
      0, 1, 1, 0,
    ])
    const [hit] = reader.read(utterance, Number.NaN)
    expect(hit).toMatchObject({ verdict: 'violation', provisions: [] })
  })
})

const file = (more: object) => [
  { name: 'own.json', json: { version: '1', from: '2020-01-01', ...more } },
]

describe('a list that cannot be used', () => {
  it.each([
    [
      { entries: [{ id: 'x', rule: 'r', meaning: { en: 'a', zh: 'b' } }] },
      'own.json: entries 0 (x)',
    ],
    [{ entries: [entry({ terms: ['a'], colour: 1 })] }, 'entries 0 (entry-a)'],
    [{ entries: [entry({ terms: ['最好'] })] }, 'entry-a: there is no rule rule-a'],
    [{ entries: [entry({ terms: ['@none'] })] }, 'own.json: entry-a: there is no class @none'],
    [{ exceptions: [{ id: 'a' }] }, 'exceptions 0 (a)'],
  ])('is named with its entry', (more, message) => {
    expect(() => parseLexicon(file(more))).toThrow(LexiconError)
    expect(() => parseLexicon(file(more))).toThrow(message)
  })

  it.each(['治 ~3', '~3 治', '治', '治 ~1 ~2 病', '治|| 病'])(
    'has a pattern like %s',
    (pattern) => {
      expect(() => readerOf({ entries: [entry({ patterns: [pattern] })] })).toThrow(pattern)
    },
  )

  it('names a class as another file has done', () => {
    const [own] = file({ classes: { ill: ['高血压'] } })
    expect(() => parseLexicon([own!, { ...own!, name: 'more.json' }])).toThrow(
      'more.json: class ill stands twice',
    )
  })

  it('cites a provision that the pack does not hold', () => {
    const entries = [entry({ terms: ['最好'], provisions: ['AdL-999'] })]
    expect(() => readerOf({ entries })).toThrow('AdL-999')
  })
})

describe('any text', () => {
  const reader = createReader(shippedLexicon(), shippedPolicy())
  const words = shippedLexicon().entries.flatMap(({ terms }) => terms ?? [])
  const piece = fc.oneof(
    fc.constantFrom(...words),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '<b>',
      '&#26368;',
      '&',
      '<',
      '\u202e',
      '\u202c',
      '\ud800',
      '。',
      '\n',
      '不',
      '吗',
    ),
  )
  it('gives spans that lie in it, hold what they say, and do not overlap within a rule', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const hits = reader.read({ text, speaker: 'host', place: 'caption' }, AT)
        for (const { span, matched } of hits) {
          expect(span.start).toBeLessThan(span.end)
          expect(text.slice(span.start, span.end)).toBe(matched)
        }
        for (const a of hits)
          for (const b of hits)
            if (
              a !== b &&
              a.rule === b.rule &&
              a.verdict !== 'innocent' &&
              b.verdict !== 'innocent'
            )
              expect(a.span.end <= b.span.start || b.span.end <= a.span.start).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  const read = (pieces: string[]) =>
    reader.read({ text: pieces.join(''), speaker: 'host', place: 'caption' }, AT)
  it('reads the same twice, whatever was read before', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(piece, { maxLength: 8 }), (a, b) => {
        const first = JSON.stringify(read(a))
        read(b)
        expect(JSON.stringify(read(a))).toBe(first)
      }),
      { numRuns: 300 },
    )
  })
})
