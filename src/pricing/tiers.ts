/**
 * The tiers of one quantity of the target: between which neighbouring thresholds the eligible sum of
 * each dimension lies, and the most that the target can get in it. The bound is the relaxation that
 * proves an answer for a large shop, where not every basket can be looked at: sums may fall exactly
 * on a threshold, and a dimension within another never exceeds it.
 */
import { mulDivUp } from './fraction.ts'
import { shareBound, type Problem } from './problem.ts'
import type { Tier } from './search.ts'

export type Candidate = Tier & {
  readonly quantity: number
  readonly amount: number
  /** No basket of this tier gives the target more, minor units. */
  readonly bound: number
}

/** What all fillers of each dimension together can add, minor units. */
export const capacities = ({ fillers, dimensions, maxUnits }: Problem): readonly number[] => {
  const most = Array.from({ length: dimensions }, () => 0)
  for (const { price, mask } of fillers)
    for (let d = 0; d < dimensions; d += 1) if ((mask >> d) & 1) most[d]! += price * maxUnits
  return most
}

/** The most that a part can take off this quantity were every threshold met exactly. */
export const looseBound = (problem: Problem, quantity: number): number => {
  const { rules, groups, target } = problem
  const amount = quantity * target.price
  let total = 0
  let most = 0
  for (const [i, { coupon, dimension }] of rules.entries()) {
    if (i > 0 && groups[i] !== groups[i - 1]) {
      total += most
      most = 0
    }
    const share =
      coupon.kind === 'fixed-price'
        ? fixedMost(problem, quantity, dimension, coupon.value)
        : shareBound(coupon, amount, Math.max(amount, coupon.threshold))
    if (share > most) most = share
  }
  return Math.min(amount, total + most)
}

/**
 * Visits the tiers of this quantity whose bound reaches `wanted()`, the promising ones first;
 * `wanted` may rise meanwhile.
 * @returns whether all were visited; at most `limit` are
 */
export const visitTiers = (
  problem: Problem,
  quantity: number,
  most: readonly number[],
  limit: number,
  wanted: () => number,
  visit: (tier: Candidate) => void,
): boolean => {
  const { target, dimensions } = problem
  const amount = quantity * target.price
  const levels = most.map((capacity, d) => levelsOf(problem, quantity, d, capacity))
  /** The most that dimensions d, d + 1, … can add, each at its best. */
  const rest = Array.from({ length: dimensions + 1 }, () => 0)
  for (let d = dimensions - 1; d >= 0; d -= 1) rest[d] = rest[d + 1]! + levels[d]![0]!.bound
  const low: number[] = []
  const high: number[] = []
  let visits = 0
  const choose = (d: number, sum: number): boolean => {
    if (Math.min(amount, sum + rest[d]!) < wanted()) return true
    if (d === dimensions) {
      const tier = { low: [...low], high: [...high] }
      const bound = tierBound(problem, quantity, tier)
      if (bound < wanted()) return true
      if (visits === limit) return false
      visits += 1
      visit({ ...tier, quantity, amount, bound })
      return true
    }
    for (const level of levels[d]!) {
      low[d] = level.low
      high[d] = level.high
      if (!choose(d + 1, sum + level.bound)) return false
    }
    return true
  }
  return choose(0, 0)
}

type Level = { readonly low: number; readonly high: number; readonly bound: number }

/** The ranges between the thresholds of one dimension, the one that can take most off first. */
const levelsOf = (
  problem: Problem,
  quantity: number,
  dimension: number,
  capacity: number,
): readonly Level[] => {
  const amount = quantity * problem.target.price
  const thresholds = new Set<number>()
  for (const rule of problem.rules)
    if (rule.dimension === dimension && rule.coupon.threshold > amount)
      thresholds.add(rule.coupon.threshold)
  const sorted = [amount, ...[...thresholds].sort((a, b) => a - b)]
  return sorted
    .flatMap((low, i): Level[] => {
      if (low - amount > capacity) return []
      const bound = levelBound(problem, quantity, dimension, low)
      return [{ low, high: sorted[i + 1] ?? Infinity, bound }]
    })
    .sort((a, b) => b.bound - a.bound || a.low - b.low)
}

/** Sum of what the coupons of one dimension can take off from this sum on, by groups. */
const levelBound = (problem: Problem, quantity: number, dimension: number, low: number): number => {
  const amount = quantity * problem.target.price
  let total = 0
  let most = 0
  let group = -1
  for (const [i, { coupon, dimension: own }] of problem.rules.entries()) {
    if (own !== dimension || coupon.threshold > low) continue
    if (problem.groups[i] !== group) {
      total += most
      most = 0
      group = problem.groups[i]!
    }
    const share =
      coupon.kind === 'fixed-price'
        ? fixedMost(problem, quantity, dimension, coupon.value)
        : shareBound(coupon, amount, low)
    if (share > most) most = share
  }
  return total + most
}

/**
 * The most that a target of this quantity can get in a tier; -1 where no sums can lie in it.
 * @param least for each dimension a sum that its eligible sum is known not to fall below
 */
export const tierBound = (
  problem: Problem,
  quantity: number,
  { low, high }: Tier,
  least: readonly number[] = low,
): number => {
  const { target, rules, groups, within, dimensions } = problem
  const amount = quantity * target.price
  const sum: number[] = []
  for (let d = 0; d < dimensions; d += 1) {
    let at = least[d]!
    for (let e = 0; e < dimensions; e += 1)
      if ((within[d]! >> e) & 1 && least[e]! > at) at = least[e]!
    if (at >= high[d]!) return -1
    sum.push(at)
  }
  let total = 0
  let most = 0
  for (const [i, { coupon, dimension }] of rules.entries()) {
    if (i > 0 && groups[i] !== groups[i - 1]) {
      total += most
      most = 0
    }
    if (coupon.threshold > low[dimension]!) continue
    const share =
      coupon.kind === 'fixed-price'
        ? fixedMost(problem, quantity, dimension, coupon.value)
        : shareBound(coupon, amount, sum[dimension]!)
    if (share > most) most = share
  }
  return Math.min(amount, total + most)
}

/** The best ratio of a fixed price's discount to the sum, over all fillers (sorted dearest first). */
const fixedMost = (
  { target, fillers, maxUnits }: Problem,
  quantity: number,
  dimension: number,
  value: number,
): number => {
  const amount = quantity * target.price
  let off = BigInt(Math.max(0, target.price - value) * quantity)
  let sum = BigInt(amount)
  for (const { price, mask } of fillers) {
    if (((mask >> dimension) & 1) === 0) continue
    if (price <= value || BigInt(price - value) * sum <= off * BigInt(price)) break
    off += BigInt(price - value) * BigInt(maxUnits)
    sum += BigInt(price) * BigInt(maxUnits)
  }
  if (sum <= BigInt(Number.MAX_SAFE_INTEGER)) return mulDivUp(Number(off), amount, Number(sum))
  return Number((off * BigInt(amount) + sum - 1n) / sum)
}
