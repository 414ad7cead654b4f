/**
 * Whether a word counts where it stands: longer words around it, what is denied, quoted or asked,
 * and the words that an entry itself excludes or demands near it.
 *
 * Every look around is bounded (60 characters), so that reading stays linear.
 */
import { CLAUSE, SENTENCE } from './characters.ts'
import { CONTEXT, type Compiled, type CompiledEntry } from './compile.ts'
import { ASKED, BREAK, type Folded } from './fold.ts'
import type { ContextWords } from './lexicon.ts'
import type { Occurrences } from './scan.ts'

/** Units that an entry's `before` and `after` words may be away. */
const NEAR = 6
/** Units between a negation of two or more characters and what it denies; a single 不 has none. */
const DENIES = 4
const FAR = 60
/** A question word turns what is so near into a question. */
const ASKS = 20
/** The longest word of a lexicon. */
const LONGEST = 60

export type Place = { readonly start: number; readonly end: number }

/** Where an entry stands: its words, or the words of its pattern one by one. */
export type Standing = Place & {
  readonly parts: readonly Place[]
  readonly lexemes: readonly number[]
}

/** Why a word does not count, and the word that says so (a lexeme). */
export type Excuse = {
  readonly kind: 'within' | 'near' | 'negation' | 'quotation' | 'asked' | 'question'
  readonly lexeme: number | null
}

export type Surroundings = {
  /** False where words that the entry demands are missing: then it does not concern this text. */
  readonly meets: (entry: CompiledEntry, place: Place) => boolean
  readonly excuse: (entry: CompiledEntry, place: Standing) => Excuse | null
}

export const surroundingsOf = (
  compiled: Compiled,
  folded: Folded,
  found: Occurrences,
): Surroundings => {
  const { uses } = compiled
  /** The first occurrence that ends in (after, until] and answers `wanted`, or -1. */
  const ending = (after: number, until: number, wanted: (at: number) => boolean): number => {
    const last = found.firstEnding[Math.min(until, folded.length) + 1]!
    for (let at = found.firstEnding[Math.max(0, after + 1)]!; at < last; at += 1)
      if (wanted(at)) return at
    return -1
  }
  const of = (at: number) => found.lexeme[at]!
  const says = (at: number, list: keyof ContextWords) =>
    (uses[of(at)]!.context & CONTEXT[list]) !== 0
  /** Whether an occurrence lies inside a longer word of a list. */
  const isPartOf = (at: number, list: keyof ContextWords): boolean => {
    const start = found.start[at]!
    const end = found.end[at]!
    return (
      ending(
        end - 1,
        end + LONGEST,
        (other) => found.start[other]! <= start && says(other, list),
      ) >= 0
    )
  }
  const turns = (from: number, until: number) =>
    ending(from, until, (at) => found.start[at]! >= from && says(at, 'turns')) >= 0

  const nearby = (
    set: ReadonlySet<number>,
    kind: 'before' | 'after' | 'sentence',
    place: Place,
  ) => {
    const { from, until } = sentenceAround(folded, place)
    const isIn = (at: number) => set.has(of(at)) && found.start[at]! >= from
    if (kind === 'before') return ending(Math.max(from, place.start - NEAR) - 1, place.start, isIn)
    if (kind === 'after')
      return ending(
        place.end,
        Math.min(until, place.end + NEAR + LONGEST),
        (at) => isIn(at) && found.start[at]! >= place.end && found.start[at]! <= place.end + NEAR,
      )
    return ending(from, until, isIn)
  }
  const KINDS = ['before', 'after', 'sentence'] as const

  const within = ({ within: own, rule }: CompiledEntry, { start, end }: Place): number =>
    ending(end - 1, end + LONGEST, (at) => {
      if (found.start[at]! > start) return false
      if (own?.has(of(at)) === true) return true
      return (uses[of(at)]?.exceptions ?? []).some(
        ({ rules }) => rules === undefined || rules.includes(rule.id),
      )
    })

  const negated = ({ start, end }: Place): number => {
    const before = ending(start - DENIES - 1, start, (at) => {
      const to = found.end[at]!
      if (!says(at, 'negations') || (to < start && found.start[at] === to - 1)) return false
      if (isBroken(folded, to, start) || turns(to, start)) return false
      return !isPartOf(at, 'notNegations')
    })
    if (before >= 0) return before
    return ending(
      end,
      end + DENIES + LONGEST,
      (at) =>
        found.start[at]! >= end &&
        found.start[at]! <= end + DENIES &&
        says(at, 'negationsAfter') &&
        !isPartOf(at, 'notNegations') &&
        !isBroken(folded, end, found.start[at]!),
    )
  }

  const quoted = (place: Place, list: 'quotations' | 'asked'): number => {
    const { from, until } = sentenceAround(folded, place)
    return ending(from, until, (at) => {
      if (!says(at, list) || found.start[at]! < from || isPartOf(at, 'notQuotations')) return false
      if (found.start[at]! >= place.end) return true
      return found.end[at]! <= place.start && !turns(found.end[at]!, place.start)
    })
  }

  /** `消炎不消炎`: asks, and claims neither. */
  const askedBothWays = ({ end, lexemes }: Standing): boolean =>
    NOT.has(folded.codes[end]!) &&
    ending(
      end + 1,
      end + LONGEST,
      (at) => found.start[at] === end + 1 && lexemes.at(-1) === of(at),
    ) >= 0

  const asked = (place: Place): Excuse | null => {
    const { from, until, asked: marked } = sentenceAround(folded, place)
    const word = ending(
      Math.max(from, place.start - ASKS),
      Math.min(until, place.end + ASKS),
      (at) => found.start[at]! >= from && says(at, 'questions') && !isPartOf(at, 'notQuestions'),
    )
    const rhetorical = ending(from, until, (at) => says(at, 'notQuestions')) >= 0
    if (rhetorical || (word < 0 && !marked)) return null
    return { kind: 'question', lexeme: word < 0 ? null : of(word) }
  }

  return {
    meets: ({ when }, place) =>
      when === null ||
      KINDS.every((kind) => when[kind] === null || nearby(when[kind], kind, place) >= 0),
    excuse: (entry, place) => {
      for (const part of place.parts) {
        const inside = within(entry, part)
        if (inside >= 0) return { kind: 'within', lexeme: of(inside) }
      }
      for (const kind of KINDS) {
        const set = entry.unless?.[kind]
        const at = set ? nearby(set, kind, place) : -1
        if (at >= 0) return { kind: 'near', lexeme: of(at) }
      }
      const despite = entry.entry.despite ?? []
      if (!despite.includes('negation')) {
        const at = negated(place)
        if (at >= 0) return { kind: 'negation', lexeme: of(at) }
      }
      if (!despite.includes('quotation')) {
        const at = quoted(place, 'quotations')
        if (at >= 0) return { kind: 'quotation', lexeme: of(at) }
      }
      if (despite.includes('question')) return null
      if (askedBothWays(place)) return { kind: 'asked', lexeme: null }
      const question = asked(place)
      const other = question === null ? -1 : quoted(place, 'asked')
      return other >= 0 ? { kind: 'asked', lexeme: of(other) } : question
    },
  }
}

const NOT = new Set(Array.from('不没', (character) => character.charCodeAt(0)))

/** Bounds of the sentence around a place, at most 60 units away, and whether it ends in `？`. */
const sentenceAround = (folded: Folded, { start, end }: Place) => {
  const first = Math.max(0, start - FAR)
  const last = Math.min(folded.length, end + FAR)
  let from = start
  while (from > first && !endsSentence(folded, from)) from -= 1
  let until = end
  while (until < last && !endsSentence(folded, until)) until += 1
  return { from, until, asked: (folded.notes[until]! & ASKED) !== 0 }
}

/** A break that ends a sentence; where there is a break at every character, none of them does. */
const endsSentence = (folded: Folded, unit: number): boolean =>
  isBreak(folded, unit, SENTENCE) &&
  !(isBreak(folded, unit - 1, CLAUSE) && isBreak(folded, unit + 1, CLAUSE))

/** Whether a sentence ends between two units that are close to each other. */
export const hasSentenceEnd = (folded: Folded, from: number, until: number): boolean =>
  isBroken(folded, from, until, SENTENCE)

const isBroken = (folded: Folded, from: number, until: number, least: number = CLAUSE): boolean => {
  for (let unit = from; unit <= until; unit += 1)
    if (
      isBreak(folded, unit, least) &&
      !isBreak(folded, unit - 1, CLAUSE) &&
      !isBreak(folded, unit + 1, CLAUSE)
    )
      return true
  return false
}

const isBreak = ({ notes, length }: Folded, unit: number, least: number): boolean =>
  unit > 0 && unit < length && (notes[unit]! & BREAK) >= least
