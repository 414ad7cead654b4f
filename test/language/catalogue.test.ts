/** Every sentence in both languages, with the same values in both. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/language/catalogue/index.ts'
import { say, type Key } from '../../src/language/say.ts'
import { show } from '../../src/language/sentence.ts'

const entries = Object.entries(catalogue) as [Key, { en: string; zh: string }][]
const holes = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)

/** Formulas, units and names of measures are the same in every language. */
const UNIVERSAL = /\{\w+\}|\bCllr\b|\bAUC\b|\bbans?\b/g
const isUniversal = (template: string) => !/[a-z]{3,}/i.test(template.replace(UNIVERSAL, ''))

describe('the catalogue', () => {
  it('has every part of it, once', () => {
    const folder = fileURLToPath(new URL('../../src/language/catalogue/', import.meta.url))
    const index = readFileSync(`${folder}index.ts`, 'utf8')
    for (const file of readdirSync(folder).filter((name) => name !== 'index.ts'))
      expect(index, file).toContain(`'./${file}'`)
  })

  it.each(entries)('%s says the same in English and in Chinese', (_, template) => {
    expect(template.en.trim()).not.toBe('')
    expect(template.zh.trim()).not.toBe('')
    expect(new Set(holes(template.zh))).toEqual(new Set(holes(template.en)))
    if (!isUniversal(template.en)) expect(template.zh, 'is translated').toMatch(/\p{Script=Han}/u)
    expect(template.en, 'is English').not.toMatch(/\p{Script=Han}/u)
  })
})

describe('a sentence', () => {
  it('carries its values formatted for each language', () => {
    const sentence = say('bought-viewers.summary', {
      count: 1234,
      views: 5678,
      share: { percent: 0.2173 },
    })
    expect(sentence.en).toBe('1,234 of 5,678 views (21.73 %) are more likely bought than not')
    expect(sentence.zh).toBe('5,678 次观看中有 1,234 次（21.73%）更可能是买来的')
  })

  it('refuses to be said with a value missing', () => {
    const untyped = say as (key: string, values: object) => unknown
    expect(() => untyped('bought-viewers.summary', { count: 1 })).toThrow(/no value for \{views\}/)
  })

  it('shows durations in the unit a person would use', () => {
    expect(show({ ms: 45_000 }, 'en')).toBe('45 s')
    expect(show({ ms: 600_000 }, 'en')).toBe('10 min')
    expect(show({ ms: 7_200_000 }, 'zh')).toBe('2 小时')
  })

  it('shows money in major units and never through floating point', () => {
    expect(show({ money: 32_154, currency: 'CNY' }, 'en')).toBe('321.54 CNY')
  })
})
