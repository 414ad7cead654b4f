import { describe, expect, it } from 'vitest'
import {
  byRule,
  bySentence,
  naive,
  naiveWords,
  ours,
  precision,
  recall,
  sentences,
  total,
} from './measure.ts'
import { alarms, lexicon } from './pack.ts'

const dev = sentences('dev')
const test = sentences('test')
const words = naiveWords()

describe('the labelled sentences', () => {
  it('are more than 600, half of them innocent, and none in both splits', () => {
    const all = [...dev, ...test]
    expect(all.length).toBeGreaterThanOrEqual(600)
    for (const split of [dev, test]) {
      const innocent = split.filter(({ expect: meant }) => meant.length === 0).length
      expect(innocent / split.length).toBeGreaterThanOrEqual(0.48)
    }
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
  })

  it('break rules that the pack holds, and between them every rule that words can break', () => {
    const meant = new Set(
      [...dev, ...test].flatMap(({ expect: rules }) => rules.map(({ rule }) => rule)),
    )
    for (const rule of meant) expect(lexicon.rules.has(rule), rule).toBe(true)
    // A title and an overlay break whatever rule their words break: see the table of lines.
    expect([...lexicon.rules.keys()].filter((rule) => !meant.has(rule))).toEqual([
      'key-link-2',
      'key-link-5',
    ])
  })
})

describe.each(['test', 'blind'])('on sentences that nothing was tuned on (%s)', (name) => {
  const list = sentences(name)

  it('flags with a precision of 0.95 and a recall of 0.90 or better', () => {
    const score = bySentence(list, ours)
    expect(precision(score)).toBeGreaterThanOrEqual(0.95)
    expect(recall(score)).toBeGreaterThanOrEqual(0.9)
  })

  it.skipIf(words === null)(
    'leaves a flat list of words far behind (skipped where the list is not at hand)',
    () => {
      const score = bySentence(list, ours)
      const flat = bySentence(list, naive(words!))
      expect(precision(score) - precision(flat)).toBeGreaterThan(0.2)
      expect(recall(score) - recall(flat)).toBeGreaterThan(0.2)
    },
  )
})

describe('on sentences of an author who never saw the lists', () => {
  const list = sentences('others')

  it('accuses few who are innocent, and finds most of what is said plainly', () => {
    const score = bySentence(list, ours)
    expect(precision(score)).toBeGreaterThanOrEqual(0.95)
    expect(recall(score)).toBeGreaterThanOrEqual(0.75)
  })
})

describe('on stories and hints of an author who set out not to be caught', () => {
  const list = sentences('third')

  it('finds what is written plainly, and little of what is told in pictures', () => {
    const plain = bySentence(
      list.filter(({ kind }) => kind === 'penalty'),
      ours,
    )
    expect(recall(plain)).toBeGreaterThanOrEqual(0.8)
    const all = bySentence(list, ours)
    expect(recall(all)).toBeGreaterThanOrEqual(0.27)
    expect(all.wrong / (list.length / 2)).toBeLessThanOrEqual(0.15)
  })
})

describe('on what is said, written and posted in any honest room', () => {
  it('accuses nobody, and asks for a fact or a second look seldom', () => {
    const list = sentences('ordinary')
    const flagged = list.map((each) => alarms(each)).filter((hits) => hits.length > 0)
    const accused = flagged.flat().filter(({ verdict }) => verdict === 'violation')
    expect(accused.map(({ matched, entry }) => `${matched}: ${entry}`)).toEqual([])
    expect(flagged.length / list.length).toBeLessThanOrEqual(0.01)
  })
})

describe('on the test split', () => {
  it('names the rule that was broken with a precision of 0.95 and a recall of 0.90', () => {
    const score = total(byRule(test, ours).values())
    expect(precision(score)).toBeGreaterThanOrEqual(0.95)
    expect(recall(score)).toBeGreaterThanOrEqual(0.9)
  })

  it('shows every hit where the words stand', () => {
    let shown = 0
    let marked = 0
    for (const each of test)
      for (const { rule, spans } of each.expect) {
        const hits = alarms(each).filter((hit) => hit.rule === rule)
        if (spans === undefined || hits.length === 0) continue
        marked += 1
        const meets = hits.some(({ span }) =>
          spans.some(([start, end]) => span.start < end && start < span.end),
        )
        if (meets) shown += 1
        for (const { span, matched } of hits)
          expect(each.text.slice(span.start, span.end)).toBe(matched)
      }
    expect(marked).toBeGreaterThan(150)
    expect(shown / marked).toBeGreaterThanOrEqual(0.98)
  })
})
