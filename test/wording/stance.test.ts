/** Stance towards goods and seller: sentences written for the purpose, judged by a reader. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStance, parseStance } from '../../src/wording/stance.ts'

const file = new URL('../../policies/cn/stance.json', import.meta.url)
const { stanceOf, groundsOf } = createStance(parseStance(JSON.parse(readFileSync(file, 'utf8'))))

const CRITICAL = [
  '假的，退钱',
  '假货，还我钱',
  '收到货跟图片不一样，太失望了',
  '用了三天就坏了，客服不理人',
  '质量真的很差',
  '一点都不好用',
  '不太好吃',
  '这衣服没有想象中舒服',
  '颜色好看，但是洗一次就掉色',
  '怎么这么贵，骗人的吧',
  '还没发货，投诉了',
  '说好的价保呢，退款！',
  '什么破玩意',
  '味道一般，不会再买了',
  '穿两次就破了',
  '收到了，跟直播间说的完全两样',
  '用完爆痘',
  'where is my order, still waiting',
  'do not like it',
  'fake, refund me',
  'This is a scam, do not buy',
  'broke after two days',
  'not good at all',
  'looks nice but the zip broke',
  'I want my money back',
] as const

const PRAISING = [
  '很好用，已经回购三次',
  '质量不错，性价比高',
  '主播真靠谱',
  '物流有点慢，不过东西真好',
  '比商场便宜三十块',
  '绝了，冲冲冲',
  'love it, great quality',
  'works well, would buy again',
  'bit pricey but perfect fit',
] as const

const NEUTRAL = [
  '这个是假货吗',
  '会不会掉色',
  '能退款吗',
  '质量怎么样',
  '好用吗',
  '多少钱',
  '真的假的',
  '假期快乐',
  '牛奶味的还有吗',
  '垃圾袋有大号吗',
  '不是假货',
  '不掉色不起球',
  '敏感肌能用吗，会过敏吗',
  '刚来',
  '假货赔十倍',
  '不喜欢包退',
  '太便宜了吧不会是假的吧',
  '垃圾网络',
  '黄牛太多了',
  'not bad',
  'is this fake?',
  'does it leak?',
  'how much',
  'good evening everyone',
  '',
] as const

describe('stance', () => {
  it.each(CRITICAL)('is critical: %s', (text) => expect(stanceOf(text).stance).toBe('critical'))
  it.each(PRAISING)('is praising: %s', (text) => expect(stanceOf(text).stance).toBe('praising'))
  it.each(NEUTRAL)('is neither: %s', (text) => expect(stanceOf(text).stance).toBe('neutral'))

  it('names what is criticised', () => {
    expect(stanceOf('假货，退钱').topics).toEqual(['fake', 'money'])
    expect(stanceOf('一点都不好用').topics).toEqual(['quality'])
  })

  it('is the same in full width and in capitals', () => {
    expect(stanceOf('ＦＡＫＥ').stance).toBe('critical')
    expect(stanceOf('Fakery of time').stance).toBe('neutral')
  })
})

describe('grounds for a removal', () => {
  it.each([
    ['他身份证号是110101199003070000', ['privacy']],
    ['主播电话13800001111', ['privacy']],
    ['her id number 11010119900307000x', ['privacy']],
    ['傻逼主播滚蛋', ['abuse']],
    ['加微信领红包', ['spam']],
    ['check out my channel', ['spam']],
  ])('show in the text: %s', (text, expected) => expect([...groundsOf(text)]).toEqual(expected))

  it.each(['假的，退钱', 'fake, refund me', '订单号 20260301 一直不发货', '12315见'])(
    'do not show in criticism: %s',
    (text) => expect([...groundsOf(text)]).toEqual([]),
  )
})

it('reads anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(['critical', 'praising', 'neutral']).toContain(stanceOf(text).stance)
    }),
  )
})

it('refuses a list of the wrong shape and says where', () => {
  expect(() => parseStance({ version: '1', critical: { fake: [] } })).toThrow(/critical fake/)
})
