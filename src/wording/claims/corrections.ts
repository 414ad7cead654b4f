/**
 * Corrections on air (M26-31a): a slip put right within the broadcast is closed, whoever noticed it.
 * A correction names what it corrects, or states another value of the same attribute, or follows at
 * once. What is said again after it is said anew.
 */
import { foldTerm } from '../terms.ts'
import { extractClaims, type Claim } from './extract.ts'
import type { ClaimTable } from './table.ts'

export type Line = {
  readonly event: string
  /** ms; any clock, the same for all lines. */
  readonly at: number
  readonly text: string
}

export type Correction = Line & {
  /** The text, folded. */
  readonly folded: string
  /** Claimed by the correction itself or by the line that goes on from it. */
  readonly claims: readonly Claim[]
  /** It takes something back or denies it, and does not only announce. */
  readonly retracts: boolean
}

/** The sentence often goes on in the next caption. */
const GOES_ON_MS = 15_000
/** "I misspoke" without a word on what: so far back. */
const AT_ONCE_MS = 60_000
/** Nobody corrects himself more often; bounds the work. */
const MOST_CORRECTIONS = 500
/** What is taken back was said within so many lines before. */
const MOST_LINES_BACK = 500

/** @param lines in order of time */
export const correctionsIn = (lines: readonly Line[], table: ClaimTable): Correction[] => {
  const found: Correction[] = []
  for (const [i, line] of lines.entries()) {
    if (found.length >= MOST_CORRECTIONS) break
    const folded = foldTerm(line.text)
    const marks = table.marks.find(folded).map(({ value }) => value)
    if (!marks.some(({ kind }) => kind === 'correction')) continue
    const next = lines[i + 1]
    const further = next !== undefined && next.at - line.at <= GOES_ON_MS ? next.text : ''
    const claims = [...extractClaims(line.text, table), ...extractClaims(further, table)]
    const retracts = marks.some(
      (mark) => mark.kind === 'negation' || (mark.kind === 'correction' && mark.retracts),
    )
    found.push({ ...line, folded, claims, retracts })
  }
  return found
}

type SaidBefore = {
  readonly at: number
  /** The words that claim it. */
  readonly text: string
  /** Absent for a word of the lexicon. */
  readonly claim?: Claim
}

/** The first correction that closes what was said at `at`. */
export const correctionOf = (
  said: SaidBefore,
  corrections: readonly Correction[],
): Correction | undefined => {
  const folded = foldTerm(said.text)
  return corrections.find(
    (correction) => correction.at > said.at && closes(correction, said, folded),
  )
}

const closes = (correction: Correction, { at, claim }: SaidBefore, folded: string): boolean => {
  if (correction.retracts && correction.folded.includes(folded)) return true
  const alike = correction.claims.filter(
    (other) => other.attribute === claim?.attribute && other.about === claim.about,
  )
  if (alike.length > 0) return alike.some(({ value }) => value !== claim?.value)
  return correction.claims.length === 0 && correction.at - at <= AT_ONCE_MS
}

/** Whether words stand in a correction only to be taken back: they were said before it. */
export const isTakenBack = (
  event: string,
  words: string,
  earlier: readonly { readonly text: string; readonly at: number }[],
  corrections: readonly Correction[],
): boolean => {
  const correction = corrections.find((each) => each.event === event && each.retracts)
  if (correction === undefined) return false
  const folded = foldTerm(words)
  const before = earlier.filter(({ at }) => at < correction.at).slice(-MOST_LINES_BACK)
  return before.some(({ text }) => foldTerm(text).includes(folded))
}
