/**
 * How surprising a refund share is, against what honest live commerce gives back.
 *
 * Honest shares differ far more between broadcasts than a binomial allows, so each broadcast is a
 * beta-binomial draw (Skellam, J. R. Stat. Soc. B 10, 1948). Trade press puts live-commerce returns
 * at 5 to 60 % over all goods, women's wear at 30 to 60 % and in single rooms near 80 % (Sohu
 * Finance, 7 November 2025, and merchants quoted there); in honest broadcasts one in twenty has
 * something else wrong (a recall, a mispriced lot), whose share may be anything.
 */
import type { Beta } from '../../sketches/beta-binomial.ts'
import { surpriseBans } from './surprise.ts'

/** The distribution of honest shares. */
export type RefundBaseline = Beta & { readonly name: 'fashion' | 'any' }

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
export const refundBans = (refunds: number, orders: number, baseline: RefundBaseline): number =>
  surpriseBans(refunds, orders, { staged: STAGED, honest: baseline, mishap: MISHAP })
