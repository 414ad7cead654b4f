/**
 * How good suspicions are.
 *
 * - Precision, recall and F1 at a probability of one half.
 * - The area under the ROC curve as the Mann–Whitney statistic, ties counting one half (Hanley and
 *   McNeil, 1982). Items that were not listed have probability 0.
 * - Cllr, the cost of the log-likelihood ratio (Brümmer and du Preez, "Application-independent
 *   evaluation of speaker detection", Computer Speech & Language 20, 2006): 0 is perfect, 1 is what
 *   saying nothing costs, more than 1 misleads. Taken from `weightBans`, which is a log10 likelihood
 *   ratio and needs no prior; weights count up to CAP_BANS either way, since one infinite weight
 *   would decide the whole. Whoever is not listed was found not worth naming, and counts as
 *   SILENT_BANS.
 */
import type { Sample, Score } from './sample.ts'

export const CAP_BANS = 6
export const SILENT_BANS = -2

export type Measures = {
  readonly items: number
  /** Not genuine, by truth. */
  readonly positives: number
  /** Given one half or more, rightly and wrongly. */
  readonly hits: number
  readonly falseAlarms: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  /** Share of genuine items given one half or more. */
  readonly falseAlarmRate: number | null
  readonly auc: number | null
  readonly cllr: number | null
  readonly labels: Sample['labels']
}

/** Null is "cannot be said": precision of no suspicion, recall of nothing to find. */
export const measure = (sample: Sample): Measures => {
  const positives = sample.positive.length + sample.silentPositive
  const negatives = sample.negative.length + sample.silentNegative
  const hits = sample.positive.filter(isSuspected).length
  const falseAlarms = sample.negative.filter(isSuspected).length
  return {
    items: positives + negatives,
    positives,
    hits,
    falseAlarms,
    precision: share(hits, hits + falseAlarms),
    recall: share(hits, positives),
    // harmonic mean of both, in the form that is defined whenever there was something to find
    f1: positives === 0 ? null : share(2 * hits, positives + hits + falseAlarms),
    falseAlarmRate: share(falseAlarms, negatives),
    auc: auc(sample),
    cllr: cllr(sample),
    labels: sample.labels,
  }
}

const isSuspected = ({ probability }: Score): boolean => probability >= 0.5

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

const auc = (sample: Sample): number | null => {
  const { positive, negative, silentPositive, silentNegative } = sample
  const positives = positive.length + silentPositive
  const negatives = negative.length + silentNegative
  if (positives === 0 || negatives === 0) return null
  const ranked = [
    { probability: 0, positives: silentPositive, negatives: silentNegative },
    ...positive.map(({ probability }) => ({ probability, positives: 1, negatives: 0 })),
    ...negative.map(({ probability }) => ({ probability, positives: 0, negatives: 1 })),
  ].sort((a, b) => a.probability - b.probability)
  let wins = 0
  let below = 0 // negatives of lower probability
  for (let i = 0; i < ranked.length;) {
    const { probability } = ranked[i]!
    let tiedPositives = 0
    let tiedNegatives = 0
    for (; i < ranked.length && ranked[i]!.probability === probability; i += 1) {
      tiedPositives += ranked[i]!.positives
      tiedNegatives += ranked[i]!.negatives
    }
    wins += tiedPositives * (below + tiedNegatives / 2)
    below += tiedNegatives
  }
  return wins / positives / negatives
}

const cllr = (sample: Sample): number | null => {
  const { positive, negative, silentPositive, silentNegative } = sample
  const positives = positive.length + silentPositive
  const negatives = negative.length + silentNegative
  if (positives === 0 || negatives === 0) return null
  let missed = silentPositive * cost(-SILENT_BANS)
  for (const { weightBans } of positive) missed += cost(-weightBans)
  let accused = silentNegative * cost(SILENT_BANS)
  for (const { weightBans } of negative) accused += cost(weightBans)
  return (missed / positives + accused / negatives) / 2
}

/** Bits lost by a weight of so many bans for the wrong hypothesis: log2(1 + 10^bans). */
const cost = (bans: number): number =>
  Math.log2(1 + 10 ** Math.min(CAP_BANS, Math.max(-CAP_BANS, bans)))
