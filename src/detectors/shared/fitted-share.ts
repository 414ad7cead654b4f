/**
 * Two-component mixture over weights of evidence: what share of a population is not genuine, and how
 * likely each member is. Expectation–maximisation (Dempster, Laird & Rubin 1977) with known
 * component densities: a member's weight in bans *is* the log10 ratio of its two densities, so only
 * the share is estimated. The weight for "some are not genuine" is the log10 likelihood ratio of the
 * fitted share against zero, less half a log10 of the population for the fitted parameter
 * (Schwarz 1978).
 */
export type Mixture = {
  /** Fitted share of the population, 0 to 1. */
  readonly share: number
  /** For a share above zero against zero; 0 or more, uncapped. */
  readonly weightBans: number
  /** Probability, 0 to 1, that a member of this weight is not genuine. */
  readonly posterior: (bans: number) => number
}

const ROUNDS = 40

/** However many machines a room holds, one more account is a machine with odds of one at most. */
const MAX_PRIOR = 0.5

/** @param bans weights of the members, each for "not genuine" against "genuine". */
export const mixture = (bans: Float64Array): Mixture => {
  const n = bans.length
  if (n === 0) return { share: 0, weightBans: 0, posterior: () => 0 }
  const ratios = bans.map((b) => 10 ** b)
  let share = 0.05
  for (let round = 0; round < ROUNDS; round += 1) {
    let sum = 0
    for (let i = 0; i < n; i += 1) {
      const machine = share * ratios[i]!
      sum += machine / (machine + 1 - share)
    }
    share = Math.min(0.999, sum / n)
  }
  let gain = 0
  for (let i = 0; i < n; i += 1) gain += Math.log10(1 - share + share * ratios[i]!)
  const prior = Math.min(share, MAX_PRIOR)
  return {
    share,
    weightBans: Math.max(0, gain - Math.log10(n) / 2),
    posterior: (b) => {
      const machine = prior * 10 ** b
      return machine / (machine + 1 - prior)
    },
  }
}
