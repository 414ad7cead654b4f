/**
 * A cohort: views that some regularity picked out, with how many of them ordinary people would
 * have supplied. Being in one proves nothing; a trial weighs who its members are.
 */
import type { Family, Hypothesis } from '../../vocabulary/finding.ts'
import type { Sentence } from '../../language/sentence.ts'

export type Cohort = {
  readonly name:
    | 'spike'
    | 'block'
    | 'burst'
    | 'clockwork'
    | 'stayers'
    | 'batch'
    | 'devices'
    | 'datacenter'
    | 'subnets'
  readonly family: Family
  readonly rows: Uint32Array
  readonly observed: number
  /** How many such views an ordinary audience would have, from the same room where it can be had. */
  readonly expected: number
  /** What the regularity alone weighs against the innocent reading, in bans. */
  readonly bans: number
  /**
   * What it takes besides the regularity: nothing, members who do nothing all the while, or a
   * second family, where ordinary crowds show the like every day.
   */
  readonly needs: 'nothing' | 'silence' | 'second-family'
  /** The innocent reading that fits this regularity best. */
  readonly rival: Hypothesis
  readonly text: Sentence
  readonly from: number
  readonly until: number
}

/** Fewer views than this carry no regularity worth the name. */
export const LEAST_VIEWS = 30

/** Share of the members that are in excess of the ordinary, 0 to 1. */
export const excessShare = (cohort: Cohort): number =>
  Math.max(0, 1 - cohort.expected / Math.max(cohort.observed, 1))

/** Weight of an over-representation: `base` at three times the expected, up to `most`. */
export const ratioBans = (observed: number, expected: number, base: number, most: number): number =>
  Math.min(most, Math.max(0, base + Math.log10(observed / Math.max(expected, 0.5) / 3)))

/** First and last start of a set of views, ms. */
export const spanOf = (
  rows: Uint32Array,
  startAt: Float64Array,
): { from: number; until: number } => {
  let from = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY
  for (const row of rows) {
    from = Math.min(from, startAt[row]!)
    until = Math.max(until, startAt[row]!)
  }
  return { from, until }
}
