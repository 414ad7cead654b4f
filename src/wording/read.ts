/**
 * Reading an utterance: every place where a word of the lexicon stands, in whatever spelling, and
 * whether it counts there. A hit that does not count is given too, as `innocent`, with the reason.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Policy } from '../law/policy.ts'
import { cite } from '../law/provisions.ts'
import type { Provision } from '../vocabulary/finding.ts'
import { compile, type CompiledEntry } from './compile.ts'
import { surroundingsOf, type Excuse, type Standing, type Surroundings } from './context.ts'
import { BITS, disguisesOf } from './bits.ts'
import { BREAK, createFolder, type Folded } from './fold.ts'
import {
  LexiconError,
  type Entry,
  type Lexicon,
  type Place,
  type Speaker,
  type Step,
} from './lexicon.ts'
import { createPatterns } from './patterns.ts'
import { createCategories } from './products.ts'
import { createScanner, type Occurrences } from './scan.ts'

export type Utterance = {
  readonly text: string
  readonly speaker: Speaker
  readonly place: Place
  /** A category of the lexicon by id, or any words that name one (`酒类`). */
  readonly product?: { readonly category?: string }
  /** Milliseconds from the start of the broadcast, where it was spoken. */
  readonly at?: number
}

/** How a word was disguised. */
export const DISGUISES = [
  'between',
  'repeated',
  'look-alike',
  'split',
  'homophone',
  'pinyin',
  'initial',
  'code-word',
] as const
export type Disguise = (typeof DISGUISES)[number]

/** From the gravest. */
export const READINGS = ['violation', 'needs-fact', 'review', 'innocent'] as const
export type Reading = (typeof READINGS)[number]

export type Hit = {
  readonly rule: string
  readonly entry: string
  /** UTF-16 positions in the original text, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
  /** The original text of the span. */
  readonly matched: string
  /** The word of the lexicon, or the words of a pattern joined by `…`. */
  readonly as: string
  readonly via: readonly Disguise[]
  readonly verdict: Reading
  /** Why it counts here, or why it does not. */
  readonly why: Sentence
  /** Those in force at the time of the words; none where the time is not known (NaN). */
  readonly provisions: readonly Provision[]
  readonly step: Step
  /** The fact that decides, where the verdict is `needs-fact`. */
  readonly needs?: Sentence
}

export type Reader = {
  /**
   * At most 1,000 hits an utterance, in the order of the text; of hits of one rule that overlap,
   * the longest. `atMs`: when the words were said or shown; what is not in force then is not given.
   */
  readonly read: (utterance: Utterance, atMs: number) => readonly Hit[]
}

const MAX_HITS = 1000

/** Found, and not yet judged. */
export type Candidate = Standing & {
  readonly entry: number
  /** The disguises that each part needed. */
  readonly partBits: readonly number[]
  readonly bits: number
}

/**
 * Compiles a lexicon once. Reading is linear in the text; a reader reads one text at a time.
 *
 * @throws LexiconError where an entry names a provision that the policy does not hold, or a pattern
 *   cannot be read
 */
export const createReader = (lexicon: Lexicon, policy: Policy): Reader => {
  checkProvisions(lexicon, policy)
  const compiled = compile(lexicon)
  const fold = createFolder(compiled.kept)
  const scan = createScanner(compiled)
  const findPatterns = createPatterns(compiled.patterns)
  const categoriesOf = createCategories(lexicon, compiled, (text) => scan(fold(text)))
  const { entries, lexemes, uses } = compiled
  const reasons = new Map<string, Sentence>()
  const isTerm = Uint8Array.from(uses, ({ terms }) => (terms.length > 0 ? 1 : 0))
  let law: { readonly day: number; readonly alive: Map<number, readonly Provision[] | null> }
  law = { day: Number.NaN, alive: new Map() }

  /** Provisions of an entry at a time; null where neither the entry nor any of them is in force. */
  const provisionsAt = (entry: number, atMs: number): readonly Provision[] | null => {
    const day = Math.floor(atMs / 86_400_000 + policy.utcOffsetMinutes / 1440)
    if (!Object.is(day, law.day)) law = { day, alive: new Map() }
    const known = law.alive.get(entry)
    if (known !== undefined) return known
    const { entry: row, rule } = entries[entry]!
    const date = Number.isNaN(day) ? null : new Date(day * 86_400_000).toISOString().slice(0, 10)
    const provisions = cite(row.provisions ?? rule.provisions, atMs, policy, 'video')
    const isAlive =
      date === null ||
      (row.from <= date && (row.until === undefined || date <= row.until) && provisions.length > 0)
    law.alive.set(entry, isAlive ? provisions : null)
    return isAlive ? provisions : null
  }

  return {
    read: (utterance, atMs) => {
      const category = utterance.product?.category
      // Read first: the scanner's memory holds one text at a time.
      const named = category === undefined ? null : categoriesOf.named(category)
      const folded = fold(utterance.text)
      const found = scan(folded)
      if (found.count === 0) return []
      const candidates = candidatesIn(folded, found).filter(
        ({ entry }) => provisionsAt(entry, atMs) !== null,
      )
      if (candidates.length === 0) return []
      let goods = named
      const surroundings = surroundingsOf(compiled, folded, found)
      const hits: Hit[] = []
      for (const candidate of candidates) {
        if (hits.length >= MAX_HITS) break
        const entry = entries[candidate.entry]!
        if (!surroundings.meets(entry, candidate)) continue
        // What the text names is looked for where an entry asks.
        if (entry.entry.products !== undefined) goods ??= categoriesOf.within(found)
        const excuse = goods === null ? null : categoriesOf.excuse(entry.entry, goods)
        if (excuse === 'elsewhere') continue
        const provisions = provisionsAt(candidate.entry, atMs)!
        hits.push(judged(candidate, entry, { utterance, folded, surroundings, provisions, excuse }))
      }
      return withoutOverlaps(hits)
    },
  }

  function candidatesIn(folded: Folded, found: Occurrences): Candidate[] {
    const list: Candidate[] = []
    for (let at = 0; at < found.count && list.length < 4 * MAX_HITS; at += 1) {
      const lexeme = found.lexeme[at]!
      if (isTerm[lexeme] !== 1) continue
      const start = found.start[at]!
      const end = found.end[at]!
      const bits = found.bits[at]!
      const parts = [{ start, end }]
      for (const entry of uses[lexeme]!.terms)
        if (reaches(entries[entry]!, bits) && (bits === 0 || lexemes[lexeme]!.codes.length > 1))
          list.push({ start, end, parts, lexemes: [lexeme], partBits: [bits], bits, entry })
    }
    for (const candidate of findPatterns(folded, found))
      if (
        list.length < 8 * MAX_HITS &&
        reaches(entries[candidate.entry]!, candidate.bits) &&
        holdsTogether(folded, candidate)
      )
        list.push(candidate)
    return list.sort((a, b) => a.start - b.start || b.end - a.end)
  }

  type Circumstances = {
    readonly utterance: Utterance
    readonly folded: Folded
    readonly surroundings: Surroundings
    readonly provisions: readonly Provision[]
    readonly excuse: Sentence | null
  }

  function judged(candidate: Candidate, compiledEntry: CompiledEntry, given: Circumstances): Hit {
    const { utterance, folded, surroundings, provisions } = given
    const { entry, rule } = compiledEntry
    const [start, end] = boundsOf(folded, candidate)
    const matched = utterance.text.slice(start, end)
    const as = candidate.lexemes.map((lexeme) => lexemes[lexeme]!.text).join('…')
    const via = disguisesOf(candidate.bits)
    const base = {
      rule: rule.id,
      entry: entry.id,
      span: { start, end },
      matched,
      as,
      via,
      provisions,
      step: entry.step ?? rule.step,
    }
    const innocent = (why: Sentence): Hit => ({ ...base, verdict: 'innocent', why })
    const speakers = entry.speakers ?? ['host', 'assistant', 'seller', 'page']
    if (!speakers.includes(utterance.speaker))
      return innocent(
        utterance.speaker === 'viewer'
          ? say('wording.viewer')
          : say('wording.speaker', { who: { term: say(`wording.who.${utterance.speaker}`) } }),
      )
    if (entry.places?.includes(utterance.place) === false)
      return innocent(
        say('wording.place', { where: { term: say(`wording.where.${utterance.place}`) } }),
      )
    if (given.excuse !== null) return innocent(given.excuse)
    const excuse = surroundings.excuse(compiledEntry, candidate)
    if (excuse !== null && excuse.kind !== 'question') return innocent(excused(excuse))
    const counts = via.length === 0 ? plainly(entry, utterance) : disguised(entry, utterance, base)
    if (excuse !== null)
      return {
        ...base,
        verdict: 'review',
        why: say('wording.put-as-question', { counts: { term: counts } }),
      }
    if (entry.needs !== undefined)
      return {
        ...base,
        verdict: 'needs-fact',
        why: say('wording.depends', { counts: { term: counts }, needs: { term: entry.needs } }),
        needs: entry.needs,
      }
    return { ...base, verdict: entry.verdict ?? 'violation', why: counts }
  }

  /** The reason of a hit without disguise: few, and asked for often. */
  function plainly(entry: Entry, { speaker, place }: Utterance): Sentence {
    const key = `${entry.id} ${speaker} ${place}`
    let sentence = reasons.get(key)
    if (sentence === undefined) {
      sentence = say('wording.counts', about(entry, speaker, place))
      reasons.set(key, sentence)
    }
    return sentence
  }

  /**
   * A single character in disguise is told by the part of the pattern beside it, with nothing between,
   * that is written as it should be.
   */
  function holdsTogether(
    { notes }: Folded,
    { parts, lexemes: words, partBits, bits }: Candidate,
  ): boolean {
    if ((bits & (BITS.homophone | BITS.initial)) === 0) return true
    const joins = (left: number, right: number) =>
      parts[left]?.end === parts[right]?.start && (notes[parts[right]!.start]! & BREAK) === 0
    return parts.every(
      (_, i) =>
        lexemes[words[i]!]!.codes.length > 1 ||
        (partBits[i]! & (BITS.homophone | BITS.initial)) === 0 ||
        (i > 0 && partBits[i - 1] === 0 && joins(i - 1, i)) ||
        (i + 1 < parts.length && partBits[i + 1] === 0 && joins(i, i + 1)),
    )
  }

  function excused({ kind, lexeme }: Excuse): Sentence {
    const word = lexeme === null ? '？' : lexemes[lexeme]!.text
    return say(`wording.${kind as 'within' | 'near' | 'negation' | 'quotation' | 'asked'}`, {
      word,
    })
  }
}

const about = (entry: Entry, speaker: Speaker, place: Place) => ({
  who: { term: say(`wording.who.${speaker}`) },
  where: { term: say(`wording.where.${place}`) },
  meaning: { term: entry.meaning },
})

const disguised = (
  entry: Entry,
  { speaker, place }: Utterance,
  { as, matched, via }: Pick<Hit, 'as' | 'matched' | 'via'>,
): Sentence =>
  say('wording.counts-disguised', {
    ...about(entry, speaker, place),
    word: as,
    matched,
    how: how(via),
  })

const how = (via: readonly Disguise[]) => {
  const names = via.map((name) => say(`wording.via.${name}`))
  return {
    term: {
      en: names.map(({ en }) => en).join(', '),
      zh: names.map(({ zh }) => zh).join('、'),
    },
  }
}

const CHARACTERS = BITS.homophone | BITS.pinyin | BITS.initial

/** Whether an entry's `spelling` goes as far as the disguises that were needed. */
const reaches = ({ entry: { spelling = 'all' } }: CompiledEntry, bits: number): boolean =>
  spelling === 'all' || (spelling === 'written' ? (bits & CHARACTERS) === 0 : bits === 0)

/** Text that runs backwards turns places round, so both ends are looked at. */
const boundsOf = ({ at, to }: Folded, { start, end }: Standing): readonly [number, number] => [
  Math.min(at[start]!, at[end - 1]!),
  Math.max(to[start]!, to[end - 1]!),
]

/**
 * Of hits of one rule that overlap, the longest, and of equals the graver. An innocent one hides only
 * what is innocent, or what would have to be read out of its own characters by their sound. Sorted
 * by start.
 */
const withoutOverlaps = (hits: readonly Hit[]): readonly Hit[] => {
  const plain = hits.filter((hit) => !isBySound(hit))
  const sure = hits.filter(
    (hit) =>
      !isBySound(hit) || !plain.some((other) => other.rule === hit.rule && overlap(other, hit)),
  )
  const counted = longest(sure.filter(({ verdict }) => verdict !== 'innocent'))
  const innocent = longest(sure.filter(({ verdict }) => verdict === 'innocent')).filter(
    (hit) => !counted.some((other) => other.rule === hit.rule && overlap(other, hit)),
  )
  return [...counted, ...innocent].sort(
    (a, b) => a.span.start - b.span.start || b.span.end - a.span.end,
  )
}

const longest = (hits: readonly Hit[]): readonly Hit[] => {
  const kept: Hit[] = []
  const lastOf = new Map<string, number>()
  for (const hit of hits) {
    const at = lastOf.get(hit.rule)
    const last = at === undefined ? undefined : kept[at]
    if (at === undefined || last === undefined || last.span.end <= hit.span.start) {
      lastOf.set(hit.rule, kept.length)
      kept.push(hit)
    } else if (weight(hit) > weight(last)) kept[at] = hit
  }
  return kept
}

const isBySound = ({ via }: Hit): boolean =>
  via.includes('homophone') || via.includes('pinyin') || via.includes('initial')

const overlap = (a: Hit, b: Hit): boolean => a.span.start < b.span.end && b.span.start < a.span.end

const weight = ({ span, verdict }: Hit): number =>
  (span.end - span.start) * READINGS.length - READINGS.indexOf(verdict)

const checkProvisions = ({ rules, entries }: Lexicon, { provisions }: Policy): void => {
  for (const { id, provisions: named = [] } of [...rules.values(), ...entries])
    for (const provision of named)
      if (!provisions.has(provision))
        throw new LexiconError(
          'unknown-id',
          `${id}: there is no provision ${provision} in the pack`,
        )
}
