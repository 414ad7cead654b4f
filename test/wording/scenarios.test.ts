/** What happened, as the scenarios tell it, and what the words alone say about it. */
import { describe, expect, it } from 'vitest'
import { alarms, lexicon, type Spoken } from './pack.ts'

const host = (text: string, category?: string): Spoken => ({
  text,
  speaker: 'host',
  place: 'caption',
  category,
})
const listing = (text: string): Spoken => ({ text, speaker: 'page', place: 'listing' })
const rules = (spoken: Spoken) => [...new Set(alarms(spoken).map(({ rule }) => rule))]
const verdicts = (text: string) => alarms(host(text)).map(({ verdict }) => verdict)
const provisions = (spoken: Spoken) =>
  alarms(spoken).flatMap((hit) => hit.provisions.map(({ id }) => id))

describe('words of the scenarios', () => {
  it('S0-10: an anti-radiation wine breaks the rules on drink and on medical functions', () => {
    const wine = host('这款红酒抗辐射,天天对着电脑的要多喝', 'alcohol')
    expect(rules(wine)).toContain('alcohol-claim')
    expect(provisions(wine)).toEqual(expect.arrayContaining(['AdL-17', 'AdL-23']))
  })

  it('S0-10: a maternity dress that says it shields nothing breaks none', () => {
    expect(rules(host('普通孕妇裙,没有防辐射功能', 'clothing'))).toEqual([])
  })

  it('S1-7: several hundred sales scripts for 58 yuan are a brushing service', () => {
    expect(rules(listing('直播带货话术 几百套 憋单剧本 58元'))).toContain('brushing-service')
  })

  it('S2-14: no exchange after buying is a void term, and asking about it is not', () => {
    expect(rules(host('说好了,买了就不能换'))).toEqual(['void-term'])
    expect(provisions(host('说好了,买了就不能换'))).toContain('CPL-26')
    expect(rules({ text: '什么叫买了就不能换?', speaker: 'viewer', place: 'comment' })).toEqual([])
  })

  it.each([
    'live swiping',
    'live streaming number',
    'live streaming artifact',
    '直播刷',
    '直播号 带粉 出售',
    '直播神器 自动互动',
  ])('S3-7: “%s” is found under its changing name', (text) => {
    expect(rules(listing(text))).toContain('brushing-service')
  })

  it('S3-7: a tripod called 直播神器, and a page that is refreshed, are not', () => {
    expect(rules(listing('直播神器 手机支架 补光灯'))).toEqual([])
    expect(rules(host('直播刷新一下就能看到'))).toEqual([])
  })

  it('S3-8: “e-commerce business handled, details by WeChat” leads off the platform', () => {
    expect(rules(listing('可办理电商业务,详情微信'))).toContain('offsite-lure')
    expect(rules(listing('E-commerce business handled, details by WeChat'))).toContain(
      'offsite-lure',
    )
    expect(provisions(listing('可办理电商业务,详情微信'))).toContain('M21-10b')
  })

  it('S4-11: words alone never call the bird’s nest false', () => {
    expect(rules(host('每罐燕窝含量0.014%,标签上写着', 'food'))).toEqual([])
  })

  it('needs the fact and names it where words cannot decide', () => {
    for (const [text, category] of [
      ['原价1599,今天98', undefined],
      ['全网最低价', undefined],
      ['美白祛斑', 'cosmetic'],
      ['已经卖出一百万单', undefined],
    ] as const)
      for (const hit of alarms(host(text, category))) {
        expect(hit.verdict, text).toBe('needs-fact')
        expect(hit.needs?.zh.length, text).toBeGreaterThan(3)
      }
  })
})

describe('absolute terms by the guide of 2023 (ABS23)', () => {
  it('leaves a sales rank with its time to the proof, and one without to nobody', () => {
    expect(verdicts('2023年双11天猫面膜类目销量第一')).toEqual(['needs-fact'])
    expect(verdicts('我们的面膜销量第一')).toEqual(['violation'])
  })

  it.each([
    '我们争做行业第一',
    '本店最大尺码是52码',
    '最佳食用日期在袋子背面',
    '这是国家级非物质文化遗产的技艺',
    '顾客第一,质量第一',
  ])('spares aims, one’s own range, advice on use, official names and principles: %s', (text) => {
    expect(alarms(host(text))).toEqual([])
  })
})

describe('the shipped lists', () => {
  it('give every entry a provision that was in force on some day, a step and both languages', () => {
    for (const { id, rule, meaning } of lexicon.entries) {
      expect(lexicon.rules.get(rule)!.provisions.length, id).toBeGreaterThan(0)
      expect(meaning.zh, id).toMatch(/\p{Script=Han}/u)
      expect(meaning.en, id).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it('never suggest a step that needs two people', () => {
    for (const { id, step } of lexicon.rules.values())
      expect(['L1', 'L2', 'L3', 'L4', 'L5', 'review'], id).toContain(step)
  })
})
