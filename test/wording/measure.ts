/**
 * Accuracy of reading over labelled sentences, whole sentences and rule by rule, beside a flat list of
 * forbidden words. A sentence is flagged when a hit counts (any verdict but `innocent`).
 */
import { readFileSync } from 'node:fs'
import { alarms, type Spoken } from './pack.ts'

export type Labelled = Spoken & {
  readonly expect: readonly {
    /** `''` where the author named none. */
    readonly rule: string
    /** UTF-16 stretches of the text that break the rule; given where a sentence breaks only one. */
    readonly spans?: readonly (readonly [start: number, end: number])[]
  }[]
  readonly split: 'dev' | 'test' | 'blind' | 'others' | 'third' | 'ordinary'
  /** Of the third stranger's: plain words of a page, running speech, roundabout speech, disguise. */
  readonly kind?: 'penalty' | 'running' | 'roundabout' | 'disguise'
  /** What the sentence is there to show. */
  readonly why: string
}

export const sentences = (name: string): readonly Labelled[] =>
  readFileSync(new URL(`sentences/${name}.ndjson`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled)

export type Score = { readonly hit: number; readonly wrong: number; readonly missed: number }

export const precision = ({ hit, wrong }: Score) => (hit + wrong === 0 ? 1 : hit / (hit + wrong))
export const recall = ({ hit, missed }: Score) => (hit + missed === 0 ? 1 : hit / (hit + missed))

/** Rules that some reading finds in a sentence; a reading without rules finds `''`. */
export type Judge = (sentence: Spoken) => ReadonlySet<string>

export const ours: Judge = (sentence) => new Set(alarms(sentence).map(({ rule }) => rule))

/** Flags what contains any word of the list, whoever says it and wherever. */
export const naive =
  (words: readonly string[]): Judge =>
  ({ text }) =>
    new Set(words.some((word) => text.toLowerCase().includes(word.toLowerCase())) ? [''] : [])

/** Is anything found in those that break a rule, and nothing in those that do not? */
export const bySentence = (list: readonly Labelled[], judge: Judge): Score =>
  list
    .map((each) => ({ guilty: each.expect.length > 0, flagged: judge(each).size > 0 }))
    .reduce(
      (score, { guilty, flagged }) => ({
        hit: score.hit + Number(guilty && flagged),
        wrong: score.wrong + Number(!guilty && flagged),
        missed: score.missed + Number(guilty && !flagged),
      }),
      { hit: 0, wrong: 0, missed: 0 },
    )

/** The same for each rule: a rule found where another was meant is wrong. */
export const byRule = (list: readonly Labelled[], judge: Judge): ReadonlyMap<string, Score> => {
  const scores = new Map<string, { hit: number; wrong: number; missed: number }>()
  const of = (rule: string) => {
    const score = scores.get(rule) ?? { hit: 0, wrong: 0, missed: 0 }
    scores.set(rule, score)
    return score
  }
  for (const each of list) {
    const found = judge(each)
    const meant = new Set(each.expect.map(({ rule }) => rule))
    for (const rule of meant) of(rule)[found.has(rule) ? 'hit' : 'missed'] += 1
    for (const rule of found) if (!meant.has(rule)) of(rule).wrong += 1
  }
  return scores
}

export const total = (scores: Iterable<Score>): Score => {
  const sum = { hit: 0, wrong: 0, missed: 0 }
  for (const { hit, wrong, missed } of scores) {
    sum.hit += hit
    sum.wrong += wrong
    sum.missed += missed
  }
  return sum
}

/** All words of the flat list that lies beside the codes, or null where it is not at hand. */
export const naiveWords = (): readonly string[] | null => {
  try {
    const lists = JSON.parse(
      readFileSync(
        new URL('../../../shared/data/advertising-law/naive-word-list.json', import.meta.url),
        'utf8',
      ),
    ) as Readonly<Record<string, readonly string[] | string>>
    return Object.values(lists).flatMap((list) => (typeof list === 'string' ? [] : list))
  } catch {
    return null
  }
}
