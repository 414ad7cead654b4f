/** A blocked service that is sold on under other names (S3-7). */
import { describe, expect, it } from 'vitest'
import { proposeVariants } from '../../src/wording/variants.ts'

const BLOCKED = /live swiping|直播刷/g
const known = (text: string) =>
  [...text.matchAll(BLOCKED)].map(({ index, 0: name }) => ({
    start: index,
    end: index + name.length,
  }))
const propose = (texts: readonly string[]) =>
  proposeVariants(
    texts.map((text, i) => ({ id: `l${i}`, text })),
    known,
  )

const ENGLISH = [
  'live swiping: 10000 viewers, real people, details via chat',
  'live swiping cheap, viewers in a minute, real people',
  'live streaming number: 10000 viewers, real people',
  'live streaming artifact, viewers and real people, details via chat',
  'live plants for the balcony',
  'a ring light for your phone',
  'cotton shirt, five colours',
  'real leather shoes for people with wide feet',
]

const CHINESE = [
  '直播刷 真人观看 一万人三十元 详聊',
  '直播刷 真人观看 秒到 详聊',
  '直播神器 真人观看 一万人三十元',
  '直播号 真人观看 秒到 详聊',
  '直播支架 手机三脚架',
  '纯棉短袖 五色可选',
  '真人发假发 自然',
]

describe('new names of a blocked service', () => {
  it('are proposed by the company that they keep, in English', () => {
    const terms = propose(ENGLISH).map(({ term }) => term)
    expect(terms).toContain('live streaming number')
    expect(terms).toContain('live streaming artifact')
    expect(terms).not.toContain('live plants')
  })

  it('are proposed by the company that they keep, in Chinese', () => {
    const proposals = propose(CHINESE)
    expect(proposals.map(({ term }) => term).sort()).toEqual(['直播号', '直播神器'])
    expect(proposals.find(({ term }) => term === '直播神器')).toMatchObject({
      listings: ['l2'],
      elsewhere: 0,
    })
    expect(proposals[0]!.company.length).toBeGreaterThan(1)
  })

  it('are not proposed from one known listing, nor from none', () => {
    expect(propose(CHINESE.slice(1))).toEqual([])
    expect(propose(CHINESE.slice(2))).toEqual([])
  })

  it('are not proposed where the word is mostly used for something else', () => {
    const stands = Array.from({ length: 5 }, (_, i) => `直播神器 手机支架 ${i} 号`)
    const terms = propose([...CHINESE, ...stands]).map(({ term }) => term)
    expect(terms).toEqual(['直播号'])
  })
})
