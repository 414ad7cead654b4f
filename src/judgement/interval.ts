/**
 * How many are genuine: the expected number with a 90 % interval.
 *
 * Three doubts are added in quadrature: the coin-flips of the probabilities themselves
 * (Poisson-binomial), an error of the probabilities that is shared by all suspects (they rest on one
 * model), and a share of the unsuspected that no detector can see. The last two are stated here and
 * their coverage is measured in docs/accuracy.md.
 */
import type { Interval } from '../vocabulary/finding.ts'

/** 90 % two-sided quantile of the normal distribution. */
const Z90 = 1.645
/** Relative error of the number of suspects, shared by all of them. */
const MODEL_ERROR = 0.07
/** Share of the unsuspected that may be bought without leaving a mark. */
const UNSEEN_SHARE = 0.02

/** Running totals for one figure: each item has an amount and a probability of not being genuine. */
export class GenuineCount {
  #observed = 0
  #suspected = 0
  #variance = 0

  add(amount: number, probability: number): void {
    this.#observed += amount
    this.#suspected += amount * probability
    this.#variance += amount * amount * probability * (1 - probability)
  }

  get observed(): number {
    return this.#observed
  }

  /** @param doubtful an amount of which it could not be determined whether it is genuine */
  interval(doubtful = 0): Interval {
    const estimate = this.#observed - this.#suspected
    const spread =
      Z90 *
      Math.sqrt(
        this.#variance + (MODEL_ERROR * this.#suspected) ** 2 + (UNSEEN_SHARE * estimate) ** 2,
      )
    const low = Math.max(0, estimate - spread - doubtful)
    return {
      estimate: Math.round(estimate),
      low: Math.floor(low),
      high: Math.ceil(Math.min(this.#observed, estimate + spread)),
    }
  }
}
