/**
 * One probability for each view, account, comment, like and order of a broadcast, from all
 * detectors: suspicions of different detectors are combined as independent chances that it is not
 * genuine, p = 1 − Π(1 − pᵢ). Accounts speak for their views, views for their accounts, and both for
 * what they sent.
 */
import type { Suspicion } from '../detectors/detector.ts'
import type { Room } from '../detectors/room.ts'
import { FAMILIES, type Family, type Suspect } from '../vocabulary/finding.ts'

/** Below this nobody is listed. */
const LEAST_PROBABILITY = 0.05
/** What a bought account sent is not genuine either, but for the doubt about the account. */
const SENT_BY = 0.97

export class Scores {
  readonly probability: Float64Array
  /** A bit a family, in the order of FAMILIES. */
  readonly #families: Uint8Array

  constructor(size: number) {
    this.probability = new Float64Array(size)
    this.#families = new Uint8Array(size)
  }

  add(row: number, probability: number, families: number): void {
    if (!(probability > 0)) return
    this.probability[row] = 1 - (1 - this.probability[row]!) * (1 - Math.min(0.999, probability))
    this.#families[row]! |= families
  }

  /** Keeps the larger: for a suspicion that merely passes on what was counted already. */
  raise(row: number, probability: number, families: number): void {
    if (!(probability > this.probability[row]!)) return
    this.probability[row] = probability
    this.#families[row]! |= families
  }

  familiesOf(row: number): Family[] {
    return FAMILIES.filter((_, bit) => (this.#families[row]! & (1 << bit)) !== 0)
  }

  bitsOf(row: number): number {
    return this.#families[row]!
  }
}

export const bitsOf = (families: readonly Family[]): number =>
  families.reduce((bits, family) => bits | (1 << FAMILIES.indexOf(family)), 0)

export type RoomScores = {
  readonly views: Scores
  readonly accounts: Scores
  readonly likes: Scores
  readonly comments: Scores
}

/** @param suspicions those of this broadcast only; rows are of its tables */
export const scoreRoom = (room: Room, suspicions: readonly Suspicion[]): RoomScores => {
  const scores: RoomScores = {
    views: new Scores(room.views.length),
    accounts: new Scores(room.accounts.length),
    likes: new Scores(room.likes.length),
    comments: new Scores(room.comments.length),
  }
  const table = {
    view: scores.views,
    account: scores.accounts,
    like: scores.likes,
    comment: scores.comments,
  }
  for (const { kind, rows, probabilities, families } of suspicions) {
    if (kind === 'order' || kind === 'merchant') continue
    const bits = bitsOf(families)
    for (let i = 0; i < rows.length; i += 1) table[kind].add(rows[i]!, probabilities[i]!, bits)
  }
  accountsToViews(room, scores)
  viewsToAccounts(room, scores)
  accountsToWhatTheySent(room, scores)
  return scores
}

/** Somebody who is paid to order, to tap or to type is no viewer either. */
const accountsToViews = (room: Room, scores: RoomScores) => {
  const { account } = room.views.columns
  for (let row = 0; row < room.views.length; row += 1) {
    const owner = account[row]!
    if (owner === 0) continue
    const p = scores.accounts.probability[owner - 1]! * SENT_BY
    scores.views.raise(row, p, scores.accounts.bitsOf(owner - 1))
  }
}

/** An account is a bought one only if all its views are: the least of their probabilities. */
const viewsToAccounts = (room: Room, scores: RoomScores) => {
  const { account, startAt } = room.views.columns
  const least = new Float64Array(room.accounts.length).fill(2)
  const bits = new Uint8Array(room.accounts.length)
  for (let row = 0; row < room.views.length; row += 1) {
    const owner = account[row]!
    if (owner === 0 || Number.isNaN(startAt[row]!)) continue
    least[owner - 1] = Math.min(least[owner - 1]!, scores.views.probability[row]!)
    bits[owner - 1]! |= scores.views.bitsOf(row)
  }
  for (let row = 0; row < least.length; row += 1)
    if (least[row]! <= 1) scores.accounts.raise(row, least[row]!, bits[row]!)
}

const accountsToWhatTheySent = (room: Room, scores: RoomScores) => {
  for (const [table, sent] of [
    [room.likes, scores.likes],
    [room.comments, scores.comments],
  ] as const) {
    const { account, view } = table.columns
    for (let row = 0; row < table.length; row += 1) {
      const owner = account[row]!
      if (owner > 0) {
        const p = scores.accounts.probability[owner - 1]! * SENT_BY
        sent.raise(row, p, scores.accounts.bitsOf(owner - 1))
      } else if (view[row]! > 0) {
        const p = scores.views.probability[view[row]! - 1]! * SENT_BY
        sent.raise(row, p, scores.views.bitsOf(view[row]! - 1))
      }
    }
  }
}

/**
 * The lines of the suspects file for one table, the likeliest first, ties by id. The weight is the
 * posterior log-odds less the prior log-odds; the prior is the suspected share of the table.
 */
export const suspectsOf = (
  kind: Suspect['kind'],
  scores: Scores,
  nameOf: (row: number) => string,
  broadcast: string | undefined,
): Suspect[] => {
  const { probability } = scores
  const rows: number[] = []
  let sum = 0
  for (let row = 0; row < probability.length; row += 1) {
    sum += probability[row]!
    if (probability[row]! >= LEAST_PROBABILITY) rows.push(row)
  }
  const prior = Math.min(0.9, Math.max(0.01, sum / Math.max(1, probability.length)))
  return rows
    .map((row): Suspect => {
      const p = Math.round(probability[row]! * 1e4) / 1e4
      const bounded = Math.min(0.9999, Math.max(0.0001, p))
      return {
        kind,
        id: nameOf(row),
        ...(broadcast === undefined ? {} : { broadcast }),
        probability: p,
        weightBans: Math.round(100 * (logit(bounded) - logit(prior))) / 100,
        families: scores.familiesOf(row),
      }
    })
    .sort((x, y) => y.probability - x.probability || (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
}

const logit = (p: number) => Math.log10(p / (1 - p))
