/**
 * Suspicions set against truth. Memory goes by what is not genuine and by what is suspected; of
 * genuine items only the number is kept, so a truth of millions of lines fits.
 */
import { KINDS, type Kind, type SuspectLine, type TruthLine } from './lines.ts'

/** A suspicion: probability, and weight of evidence in bans, of an item that was listed. */
export type Score = { readonly probability: number; readonly weightBans: number }

/** The suspicions of one kind of item, split by truth; the silent ones were not listed. */
export type Sample = {
  readonly positive: readonly Score[]
  readonly negative: readonly Score[]
  readonly silentPositive: number
  readonly silentNegative: number
  /** By label of truth: how many there are, and how many were given one half or more. */
  readonly labels: Readonly<Record<string, { readonly items: number; readonly found: number }>>
}

/** Reads truth first, then suspicions. */
export class Comparison {
  readonly #genuine = new Map<Kind, number>()
  /** Label by id. */
  readonly #false = new Map<Kind, Map<string, string>>(KINDS.map((kind) => [kind, new Map()]))
  readonly #suspected = new Map<Kind, Map<string, Score>>(KINDS.map((kind) => [kind, new Map()]))

  learn({ kind, id, label }: TruthLine): void {
    if (label === 'genuine') this.#genuine.set(kind, (this.#genuine.get(kind) ?? 0) + 1)
    else this.#false.get(kind)!.set(id, label)
  }

  /** An id listed more than once (an account in several broadcasts) counts once, at its highest. */
  suspect({ kind, id, probability, weightBans }: SuspectLine): void {
    if (kind === 'merchant') return
    const suspected = this.#suspected.get(kind)!
    const known = suspected.get(id)
    if (known === undefined || known.probability < probability)
      suspected.set(id, { probability, weightBans })
  }

  /** @returns undefined when more genuine items are suspected than exist: not the same simulation */
  sample(kind: Kind): Sample | undefined {
    const labelOf = this.#false.get(kind)!
    const positive: Score[] = []
    const negative: Score[] = []
    const labels: Record<string, { items: number; found: number }> = {}
    for (const label of labelOf.values()) {
      const entry = (labels[label] ??= { items: 0, found: 0 })
      entry.items += 1
    }
    for (const [id, score] of this.#suspected.get(kind)!) {
      const label = labelOf.get(id)
      if (label === undefined) negative.push(score)
      else {
        positive.push(score)
        if (score.probability >= 0.5) labels[label]!.found += 1
      }
    }
    const silentNegative = (this.#genuine.get(kind) ?? 0) - negative.length
    if (silentNegative < 0) return undefined
    return {
      positive,
      negative,
      silentPositive: labelOf.size - positive.length,
      silentNegative,
      labels,
    }
  }
}

/** The samples of several runs as one. */
export const pool = (samples: readonly Sample[]): Sample => {
  const labels: Record<string, { items: number; found: number }> = {}
  for (const sample of samples)
    for (const [label, { items, found }] of Object.entries(sample.labels)) {
      const entry = (labels[label] ??= { items: 0, found: 0 })
      entry.items += items
      entry.found += found
    }
  return {
    positive: samples.flatMap(({ positive }) => positive),
    negative: samples.flatMap(({ negative }) => negative),
    silentPositive: samples.reduce((sum, { silentPositive }) => sum + silentPositive, 0),
    silentNegative: samples.reduce((sum, { silentNegative }) => sum + silentNegative, 0),
    labels,
  }
}
