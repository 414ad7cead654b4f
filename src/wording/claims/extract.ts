/**
 * Claims about goods, read from what is said and written: attribute, value, and the place in the
 * original text. Nothing is judged here. A question, a denial and a sentence about somebody else's
 * goods claim nothing.
 */
import { normalise } from '../normalise.ts'
import { straight } from '../terms.ts'
import { amountsIn } from './amount.ts'
import { contents } from './contents.ts'
import { figures } from './figures.ts'
import { origins } from './origins.ts'
import { draft, isOfPart, type Draft, type Sentence } from './sentence.ts'
import type { ClaimTable } from './table.ts'

export const ATTRIBUTES = [
  'content',
  'origin',
  'brand',
  'level',
  'effect',
  'certificate',
  'sales',
  'price',
] as const
export type Attribute = (typeof ATTRIBUTES)[number]

export type Claim = {
  readonly attribute: Attribute
  /**
   * What it is about: an ingredient, a ladder, an effect, a certificate by id; for prices
   * `reference` or `sale`; for sales `here` where it speaks of this broadcast; for an origin the
   * noun that follows, for it may be that of a part. Empty if not said.
   */
  readonly about: string
  /** A figure; a country, level or `imported`, `foreign`, `high`, `free`, by id; or `yes`. */
  readonly value: number | string
  /** Of a figure: `%`, `mg/kg`, … as said; `fen` for money; `pieces` for goods. */
  readonly unit: string
  /** UTF-16 positions in the original text, end exclusive. */
  readonly span: { readonly start: number; readonly end: number }
  readonly text: string
}

/** A negation reaches so far: 不是我们说的进口. */
const NEGATION_REACH = 5

/** Sentences are compared mark by mark: beyond this a text is no sentence that is said of goods. */
const MOST_CHARACTERS = 4000

/** Reads the first 4,000 characters; what is said on air comes a line at a time. */
export const extractClaims = (original: string, table: ClaimTable): Claim[] => {
  const { text: plain, at, to } = normalise(original.slice(0, MOST_CHARACTERS))
  const text = straight(plain)
  const marks = table.marks.find(text)
  const amounts = amountsIn(text)
  const claims: Claim[] = []
  for (const [from, until] of sentencesOf(text)) {
    const within = ({ start, end }: { start: number; end: number }) => start >= from && end <= until
    const sentence: Sentence = {
      text,
      marks: marks.filter(within),
      amounts: amounts.filter(within),
      table,
    }
    if (sentence.marks.length === 0 || isAside(sentence)) continue
    for (const found of claimsIn(sentence)) {
      if (isDenied(sentence, found)) continue
      const { start, end, ...claim } = found
      const span = { start: at[start]!, end: to[end - 1]! }
      claims.push({ ...claim, span, text: original.slice(span.start, span.end) })
    }
  }
  return shortest(claims)
}

/** 燕窝饮燕窝含量高 names the bird's nest twice and claims one thing. */
const shortest = (claims: readonly Claim[]): Claim[] =>
  claims.filter(
    (claim) =>
      !claims.some(
        (other) =>
          other !== claim &&
          other.attribute === claim.attribute &&
          other.about === claim.about &&
          other.value === claim.value &&
          other.span.start >= claim.span.start &&
          other.span.end <= claim.span.end &&
          other.text.length < claim.text.length,
      ),
  )

/** Sentence ends; a full stop between digits is a decimal point. A question keeps its mark. */
const sentencesOf = (text: string): [number, number][] => {
  const ranges: [number, number][] = []
  let from = 0
  for (const end of text.matchAll(/[。!?;\n]|\.(?!\d)/gu)) {
    ranges.push([from, end.index + 1])
    from = end.index + 1
  }
  ranges.push([from, text.length])
  return ranges
}

const isAside = ({ marks }: Sentence) =>
  marks.some(({ value }) => value.kind === 'question' || value.kind === 'others')

/** 不是黑金卡，是白金卡 denies the first and claims the second: a comma ends the reach. */
const isDenied = ({ marks, text }: Sentence, { start }: Draft) =>
  marks.some(
    (mark) =>
      mark.value.kind === 'negation' &&
      mark.end <= start &&
      start - mark.end <= NEGATION_REACH &&
      !/[,、:]/.test(text.slice(mark.end, start)),
  )

function* claimsIn(sentence: Sentence): Generator<Draft> {
  const { table } = sentence
  yield* contents(sentence)
  yield* origins(sentence)
  yield* figures(sentence)
  for (const { value, start, end } of sentence.marks) {
    if (value.kind === 'level' && !isOfPart(sentence.text, end, table))
      yield draft('level', value.ladder, value.id, { start, end })
    if (value.kind === 'effect' || value.kind === 'certificate')
      yield draft(value.kind, value.id, 'yes', { start, end })
  }
}
