import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaveOneOut, readVideos } from '../../bench/spam.ts'
import { trainSpam } from '../../src/wording/spam.ts'

const folder = fileURLToPath(new URL('../../../shared/data/youtube-comments', import.meta.url))

describe.skipIf(!existsSync(folder))('on the YouTube collection (needs ../shared)', () => {
  const measured = existsSync(folder) ? leaveOneOut(readVideos(folder)) : []

  it('leaves each of the three videos out once', () => expect(measured).toHaveLength(3))

  it.each(measured)('is at least as accurate as naive Bayes on $video', (row) => {
    expect(row.baseline).toBeGreaterThan(0.85)
    expect(row.accuracy).toBeGreaterThanOrEqual(row.baseline)
  })
})

const EXAMPLES = [
  ['加微信领红包 vx88812', true],
  ['点我主页领红包', true],
  ['加微信看片', true],
  ['领红包加群 88123', true],
  ['这个锅能用电磁炉吗', false],
  ['主播好漂亮', false],
  ['锅多少钱', false],
  ['用了两个月还行', false],
] as const

describe('a classifier', () => {
  const examples = EXAMPLES.map(([text, spam]) => ({ text, spam }))
  const classify = trainSpam(examples)

  it('carries what it learned of Chinese to lines that it has not seen', () => {
    expect(classify('想领红包的加微信').spam).toBe(true)
    expect(classify('电磁炉能用这个锅吗').spam).toBe(false)
  })

  it('is the same for equal examples', () => {
    const again = trainSpam(examples)
    for (const { text } of examples) expect(again(text)).toEqual(classify(text))
  })

  it('answers any text with a probability', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const { probability, spam } = classify(text)
        expect(probability).toBeGreaterThanOrEqual(0)
        expect(probability).toBeLessThanOrEqual(1)
        expect(spam).toBe(probability > 0.5)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses to learn from one kind alone', () => {
    expect(() => trainSpam([{ text: 'a', spam: true }])).toThrow(/both kinds/)
  })
})
