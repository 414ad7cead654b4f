/**
 * Branch and bound over filler pieces for one quantity of the target and one *tier*: for every
 * dimension a range [low, high) of eligible sums, between two neighbouring thresholds, so that the
 * coupons that are reached are fixed. A branch is cut when even its upper bound on the target's
 * shares cannot beat the best basket known:
 * - each dimension's sum is at least the next one that the fillers still open can reach (`reach.ts`),
 *   and shares of amounts and percentages only fall as the sum grows;
 * - a fixed price gives at most the best ratio of discount to sum that open fillers can bring.
 * Branches are tried in the order of their bounds, so the first descent is mostly the answer.
 */
import { mulDivUp } from './fraction.ts'
import { shareBound, shareBoundAt, targetShare, type Filler, type Problem } from './problem.ts'
import type { NextSum } from './reach.ts'
import { MAX_AMOUNT, type Coupon } from './shop.ts'
import { discountOf } from './terms.ts'

/** The best fillers so far for one quantity of the target. */
export type Incumbent = {
  /**
   * What they take off the target, minor units. It may begin at what would not be enough: then
   * nothing is found unless it is more.
   */
  share: number
  isFound: boolean
  fillers: readonly (readonly [filler: Filler, pieces: number])[]
  /** The coupons that pay. */
  coupons: readonly Coupon[]
}

export type Tier = {
  readonly low: readonly number[]
  /** Exclusive; Infinity for the last. */
  readonly high: readonly number[]
}

export type Pool = {
  /** Dearest first. */
  readonly fillers: readonly Filler[]
  /** By dimension: for each j, the sums that fillers j, j + 1, … of the pool can reach. */
  readonly sums: readonly (readonly NextSum[])[]
}

/** Counts down over all searches of one question: the work after which it stops being exact. */
export type Budget = { nodes: number }

/** @returns whether the search came to its end: nothing in this tier and pool beats `best` now. */
export const search = (
  problem: Problem,
  quantity: number,
  tier: Tier,
  pool: Pool,
  best: Incumbent,
  budget: Budget,
): boolean => {
  const { target, rules, groups, dimensions, maxUnits } = problem
  const { low, high } = tier
  const { fillers, sums } = pool
  const amount = quantity * target.price
  const active = rules.flatMap((rule, i) =>
    rule.coupon.threshold <= low[rule.dimension]! ? [{ ...rule, i, group: groups[i]! }] : [],
  )
  const fixed = active.filter(({ coupon }) => coupon.kind === 'fixed-price')
  const sum = low.map(() => amount)
  const above = new Map(
    fixed.map(({ coupon, i }) => [i, Math.max(0, target.price - coupon.value) * quantity]),
  )
  const counts = fillers.map(() => 0)
  const next = low.map(() => 0)
  let gross = amount

  /** The most that the target can get from here on with fillers from j; -1 where out of the tier. */
  const bound = (j: number): number => {
    for (let d = 0; d < dimensions; d += 1) {
      const missing = low[d]! - sum[d]!
      const at = missing <= 0 ? sum[d]! : sum[d]! + sums[d]![j]!(missing)
      if (at >= high[d]!) return -1
      next[d] = at
    }
    let total = 0
    let group = -1
    let most = 0
    for (const rule of active) {
      if (rule.group !== group) {
        total += most
        most = 0
        group = rule.group
      }
      const { coupon, dimension, i } = rule
      const share =
        coupon.kind === 'fixed-price'
          ? fixedBound(j, i, dimension, coupon.value)
          : shareBound(coupon, amount, next[dimension]!)
      if (share > most) most = share
    }
    return Math.min(amount, total + most)
  }

  /** Pieces of the dearest fillers raise the ratio as long as theirs is the higher one. */
  const fixedBound = (j: number, rule: number, dimension: number, value: number): number => {
    let off = above.get(rule)!
    let from = sum[dimension]!
    for (let k = j; k < fillers.length; k += 1) {
      const { price, mask } = fillers[k]!
      if (((mask >> dimension) & 1) === 0) continue
      // (price − value) ÷ price ≤ off ÷ from: so for every cheaper one after it.
      if (price <= value || !isMore(price - value, price, off, from)) break
      off += (price - value) * maxUnits
      from += price * maxUnits
    }
    return mulDivUp(off, amount, from)
  }

  const evaluate = () => {
    for (let d = 0; d < dimensions; d += 1) if (sum[d]! < low[d]! || sum[d]! >= high[d]!) return
    const wanted = best.share + 1
    if (
      payoff((rule) =>
        shareBoundAt(rule.coupon, amount, sum[rule.dimension]!, above.get(rule.i) ?? 0),
      ).total < wanted
    )
      return
    const { total, chosen } = payoff(({ coupon, dimension, i }) => {
      const off = discountOf(coupon, sum[dimension]!, above.get(i) ?? 0)
      return targetShare(off, amount, othersIn(dimension), sum[dimension]!)
    })
    if (total < wanted) return
    best.share = total
    best.isFound = true
    best.coupons = chosen
    best.fillers = fillers.flatMap((filler, j) => (counts[j]! > 0 ? [[filler, counts[j]!]] : []))
  }

  /** Of each group the rule that gives the target most, and all of them together. */
  const payoff = (shareOf: (rule: (typeof active)[number]) => number) => {
    const chosen: Coupon[] = []
    let total = 0
    let group = -1
    let most = 0
    for (const rule of active) {
      if (rule.group !== group) {
        most = 0
        group = rule.group
      }
      const share = shareOf(rule)
      if (share <= most) continue
      if (most > 0) chosen.pop()
      chosen.push(rule.coupon)
      total += share - most
      most = share
    }
    return { total: Math.min(total, amount), chosen }
  }

  const othersIn = (dimension: number) => {
    const others: number[] = []
    for (const [j, pieces] of counts.entries())
      if (pieces > 0 && ((fillers[j]!.mask >> dimension) & 1) === 1)
        others.push(pieces * fillers[j]!.price)
    return others
  }

  const put = (j: number, pieces: number) => {
    const { price, mask } = fillers[j]!
    const more = (pieces - counts[j]!) * price
    gross += more
    for (let d = 0; d < dimensions; d += 1) if ((mask >> d) & 1) sum[d]! += more
    for (const { coupon, dimension, i } of fixed)
      if ((mask >> dimension) & 1 && price > coupon.value)
        above.set(i, above.get(i)! + (pieces - counts[j]!) * (price - coupon.value))
    counts[j] = pieces
  }

  /** Whether a further piece of this filler can only lower the bound. */
  const isOver = (mask: number) => {
    for (let d = 0; d < dimensions; d += 1) if ((mask >> d) & 1 && sum[d]! < low[d]!) return false
    return fixed.length === 0
  }

  const visit = (j: number): boolean => {
    if (j === fillers.length) return true
    if (budget.nodes <= 0) return false
    const { price, mask } = fillers[j]!
    const children: (readonly [bound: number, pieces: number])[] = []
    for (let pieces = 0; pieces <= maxUnits; pieces += 1) {
      if (pieces > 0 && gross + price >= MAX_AMOUNT) break
      put(j, pieces)
      budget.nodes -= 1
      const most = bound(j + 1)
      if (most >= best.share + 1) {
        if (pieces > 0) evaluate()
        children.push([most, pieces])
      } else if (isOver(mask)) break
    }
    children.sort((a, b) => b[0] - a[0] || a[1] - b[1])
    let isDone = true
    for (const [most, pieces] of children) {
      if (most < best.share + 1) break
      put(j, pieces)
      isDone = visit(j + 1) && isDone
    }
    put(j, 0)
    return isDone
  }

  if (bound(0) < best.share + 1) return true
  evaluate()
  return visit(0)
}

/** a ÷ b > c ÷ d of whole numbers from 0, b and d positive. */
const isMore = (a: number, b: number, c: number, d: number): boolean => {
  const left = a * d
  const right = c * b
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER) return left > right
  return BigInt(a) * BigInt(d) > BigInt(c) * BigInt(b)
}
