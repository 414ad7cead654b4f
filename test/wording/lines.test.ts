import { describe, expect, it } from 'vitest'
import { RED_LINES } from '../../src/law/policy.ts'
import { linesOf } from '../../src/wording/lines.ts'
import { alarms, lexicon, lines, policy } from './pack.ts'

describe('the table of red lines and key links', () => {
  it('has all eight red lines and all five key links, each with its own paragraph of the law', () => {
    expect(lines.map(({ id, provision }) => [id, provision])).toEqual([
      ...RED_LINES.map((line) => [`red-line-${line}`, `M21-18-${line}`]),
      ...[1, 2, 3, 4, 5].map((link) => [`key-link-${link}`, `M21-20-${link}`]),
    ])
    for (const { provision } of lines) expect(policy.provisions.has(provision)).toBe(true)
  })

  it('names rules that exist, and leaves no rule without a line but luring away', () => {
    const named = lines.flatMap(({ rules }) => rules)
    for (const rule of named) expect(lexicon.rules.has(rule), rule).toBe(true)
    expect([...lexicon.rules.keys()].filter((rule) => !named.includes(rule))).toEqual([
      'offsite-lure',
    ])
  })

  it('has an example of each kind in English and in Chinese', () => {
    for (const { id, examples } of lines)
      for (const kind of [examples.breach, examples.innocent])
        expect(new Set(kind.map(({ language }) => language)), id).toEqual(new Set(['en', 'zh']))
  })

  it.each(lines.flatMap((line) => line.examples.breach.map((each) => [line.id, each] as const)))(
    '%s is found in %j',
    (id, example) => {
      const concerned = alarms(example).flatMap(({ rule }) => linesOf(lines, rule, example.place))
      expect(concerned.map((line) => line.id)).toContain(id)
    },
  )

  it.each(lines.flatMap((line) => line.examples.innocent.map((each) => [line.id, each] as const)))(
    '%s: nothing is found in %j',
    (_, example) => {
      expect(alarms(example)).toEqual([])
    },
  )

  it('marks for a person what only a picture could show', () => {
    for (const id of ['key-link-3', 'key-link-4', 'key-link-5'])
      expect(lines.find((line) => line.id === id)?.person?.zh).toMatch(/画面|制服|贴片/)
  })

  it('ships no list of political words: red line 1 holds titles, vulgarity and superstition', () => {
    const first = lexicon.entries.filter(({ rule }) => rule === 'red-line-1')
    expect(first.length).toBeGreaterThan(0)
    for (const { id } of first) expect(id).toMatch(/^(clickbait|unsafe-stunts|vulgar)/)
  })

  it('lets a title break a red line and a key link at once', () => {
    expect(linesOf(lines, 'absolute-term', 'title').map(({ id }) => id)).toEqual([
      'red-line-2',
      'key-link-2',
    ])
  })
})
