/**
 * How surprising a refund share is, against what honest live commerce gives back.
 *
 * Honest shares differ far more between broadcasts than a binomial allows, so each broadcast is a
 * beta-binomial draw (Skellam, J. R. Stat. Soc. B 10, 1948). Trade press puts live-commerce returns
 * at 5 to 60 % over all goods, women's wear at 30 to 60 % and in single rooms near 80 % (Sohu
 * Finance, 7 November 2025, and merchants quoted there); in honest broadcasts one in twenty has
 * something else wrong (a recall, a mispriced lot), whose share may be anything.
 */
export type RefundBaseline = {
  readonly name: 'fashion' | 'any'
  /** Shape of the beta distribution of honest shares. */
  readonly a: number
  readonly b: number
}

/** Nine in ten honest broadcasts between 25 and 75 %. */
const FASHION: RefundBaseline = { name: 'fashion', a: 5, b: 5 }
/** Nine in ten honest broadcasts between 6 and 61 %. */
const ANY: RefundBaseline = { name: 'any', a: 2, b: 4.6 }

/** Shares where orders were placed to be given back: all of them, or the staged part only. */
const STAGED = { a: 4, b: 1 } as const

/** Share of honest broadcasts in which something out of the ordinary sent goods back. */
const MISHAP = 0.05

const WEAR =
  /apparel|fashion|cloth|dress|shoe|wear|garment|服|鞋|女装|男装|童装|内衣|箱包|裙|裤|衣/i

export const baselineOf = (category: string): RefundBaseline =>
  WEAR.test(category) ? FASHION : ANY

/** Mean honest share, 0 to 1. */
export const meanShare = ({ a, b }: RefundBaseline): number => a / (a + b)

/**
 * Weight in bans of `refunds` of `orders` for staged orders against honest ones. Bounded above by
 * the mishaps (below 2), so that a refund share alone is never more than moderate.
 */
export const refundBans = (refunds: number, orders: number, baseline: RefundBaseline): number => {
  const kept = orders - refunds
  const honest = logAdd(
    Math.log(1 - MISHAP) + logMarginal(refunds, kept, baseline.a, baseline.b),
    Math.log(MISHAP) + logMarginal(refunds, kept, 1, 1),
  )
  return (logMarginal(refunds, kept, STAGED.a, STAGED.b) - honest) / Math.LN10
}

/** Log of the beta-binomial probability, without the binomial coefficient, which cancels. */
const logMarginal = (refunds: number, kept: number, a: number, b: number): number =>
  logBeta(refunds + a, kept + b) - logBeta(a, b)

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Stirling's series after raising the argument to 8 or more; 10 digits, enough for a weight. */
const logGamma = (x: number): number => {
  let shift = 0
  let at = x
  for (; at < 8; at += 1) shift += Math.log(at)
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}

const logAdd = (a: number, b: number): number => {
  const top = Math.max(a, b)
  return top + Math.log(Math.exp(a - top) + Math.exp(b - top))
}
