/**
 * The search for the best basket of one channel. Quantities of the target are taken best bound
 * first. For one quantity the problem falls into parts that share no filler (`partsOf`), and each
 * part into tiers (`tiers.ts`); a tier is searched by branch and bound (`search.ts`), over all
 * fillers where they are few, else over a pool of them (`pool.ts`), and then it is the bound of the
 * tier, met or not, that says whether the answer is exact.
 */
import { compareFractions, fraction, mulDivUp, type Fraction } from './fraction.ts'
import { fewFillers, poolOf, WHOLE_POOL } from './pool.ts'
import { partsOf, type Filler, type Problem } from './problem.ts'
import { allSums, leastSum, type NextSum } from './reach.ts'
import { search, type Budget, type Incumbent, type Pool } from './search.ts'
import { MAX_AMOUNT, type Coupon } from './shop.ts'
import { capacities, looseBound, tierBound, visitTiers, type Candidate } from './tiers.ts'

export type Solution = {
  readonly quantity: number
  readonly fillers: readonly (readonly [filler: Filler, pieces: number])[]
  readonly coupons: readonly Coupon[]
  /** Null where nothing is cheaper; else no basket is below this. */
  readonly lower: Fraction | null
}

type Basket = Omit<Solution, 'lower'> & {
  /** What the target's line costs, minor units. */
  readonly net: number
}

/** Tiers of one part and quantity; more are left to the loose bound. */
const MAX_TIERS = 500
/** Branches for one tier: few at first, so that none starves the others; then what is left. */
const NODES_A_TIER = [500, 50_000] as const

export const solve = (problem: Problem, budget: Budget): Solution => {
  const { target, maxUnits } = problem
  const sorted = [...problem.fillers].sort((a, b) => b.price - a.price)
  const parts = partsOf({ ...problem, fillers: sorted }).map(partOf)
  let best: Basket = { quantity: 1, net: target.price, fillers: [], coupons: [] }
  const rounds: Round[] = []
  for (let q = 1; q <= maxUnits && q * target.price < MAX_AMOUNT; q += 1) {
    const bounds = parts.map((part) => looseBound(part.problem, q))
    const sum = bounds.reduce((total, bound) => total + bound, 0)
    rounds.push({ quantity: q, bounds, bound: Math.min(sum, q * target.price) })
  }
  rounds.sort((a, b) => comparePrices(target.price, a, b) || a.quantity - b.quantity)
  let lower: Fraction | null = null
  for (const nodesATier of NODES_A_TIER) {
    lower = null
    for (const { quantity, bounds, bound } of rounds) {
      const amount = quantity * target.price
      const wanted = () => amount - mulDivUp(best.net, quantity, best.quantity) + 1
      if (bound < wanted()) break
      const { found, upper } = bestOf(parts, quantity, bounds, wanted(), { budget, nodesATier })
      if (found !== undefined) best = { quantity, ...found }
      if (Math.min(amount, upper) < wanted()) continue
      const price = fraction(amount - Math.min(amount, upper), quantity)
      if (lower === null || compareFractions(price, lower) < 0) lower = price
    }
    if (lower === null || budget.nodes <= 0) break
  }
  return { ...best, lower }
}

type Round = {
  readonly quantity: number
  /** By part. */
  readonly bounds: readonly number[]
  readonly bound: number
}

type Means = { readonly budget: Budget; readonly nodesATier: number }

/** The best basket of one quantity, if its shares reach `wanted`, and what none of them exceeds. */
const bestOf = (
  parts: readonly Part[],
  quantity: number,
  bounds: readonly number[],
  wanted: number,
  means: Means,
): { readonly found: Omit<Basket, 'quantity'> | undefined; readonly upper: number } => {
  const amount = quantity * parts[0]!.problem.target.price
  const chosen: Incumbent[] = []
  let share = 0
  let upper = 0
  let open = bounds.reduce((total, bound) => total + bound, 0)
  for (const [i, part] of parts.entries()) {
    open -= bounds[i]!
    const result = bestOfPart(part, quantity, bounds[i]!, Math.max(0, wanted - share - open), means)
    upper += result.upper
    if (!result.best.isFound) return { found: undefined, upper: upper + open }
    chosen.push(result.best)
    share += result.best.share
  }
  const found = {
    net: amount - Math.min(amount, share),
    fillers: chosen.flatMap(({ fillers }) => fillers),
    coupons: chosen.flatMap(({ coupons }) => coupons),
  }
  return { found: share >= wanted ? found : undefined, upper }
}

type Part = {
  readonly problem: Problem
  readonly most: readonly number[]
  /** Undefined where there are too many fillers to look at all of them. */
  readonly whole: Pool | undefined
  /** By dimension: sums that all its fillers can reach. */
  readonly sums: () => readonly NextSum[]
}

const partOf = (problem: Problem): Part => {
  const { fillers, dimensions, rules, target } = problem
  const needs = Array.from({ length: dimensions }, () => 0)
  for (const { coupon, dimension } of rules)
    needs[dimension] = Math.max(needs[dimension]!, 2 * (coupon.threshold - target.price))
  const whole = fillers.length <= WHOLE_POOL ? poolOf(fillers, problem, needs) : undefined
  let sums: readonly NextSum[] | undefined = whole?.sums.map((bySuffix) => bySuffix[0]!)
  return {
    problem,
    most: capacities(problem),
    whole,
    sums: () => (sums ??= needs.map((need, d) => sumsOf(problem, d, need))),
  }
}

const keptSums = new WeakMap<readonly Filler[], Map<string, NextSum>>()

/**
 * What all fillers of a dimension can reach. Where the shelf is kept, the answer is that of the
 * whole shelf, target included, for every target alike: it can only be lower, so bounds stay bounds.
 */
const sumsOf = ({ fillers, shelf, maxUnits }: Problem, d: number, need: number): NextSum => {
  const upTo = 2 ** Math.ceil(Math.log2(Math.max(1, need)))
  const reachOf = (counted: readonly Filler[]) => {
    const prices = counted.filter(({ mask }) => (mask >> d) & 1).map(({ price }) => price)
    return allSums(prices, maxUnits, Math.floor(upTo / 16), upTo)
  }
  if (shelf === undefined) return reachOf(fillers)
  let kept = keptSums.get(shelf)
  if (kept === undefined) keptSums.set(shelf, (kept = new Map<string, NextSum>()))
  const key = `${d} ${maxUnits} ${upTo}`
  let sums = kept.get(key)
  if (sums === undefined) kept.set(key, (sums = reachOf(shelf)))
  return sums
}

type PartResult = {
  readonly best: Incumbent
  /** Nothing in this part takes more off than this. */
  readonly upper: number
}

/** The best of a part for one quantity, if it takes at least `wanted` off. */
const bestOfPart = (
  part: Part,
  quantity: number,
  loose: number,
  wanted: number,
  means: Means,
): PartResult => {
  const { problem, most } = part
  // Where nothing is wanted, no fillers at all will do.
  const best: Incumbent =
    wanted === 0
      ? { share: 0, isFound: true, fillers: [], coupons: [] }
      : { share: wanted - 1, isFound: false, fillers: [], coupons: [] }
  let open = 0
  const isComplete = visitTiers(
    problem,
    quantity,
    most,
    MAX_TIERS,
    () => best.share + 1,
    (tier) => {
      open = Math.max(open, searchTier(part, tier, best, means))
    },
  )
  return { best, upper: Math.max(best.share, isComplete ? open : loose) }
}

/** Searches a tier; returns 0 where it holds nothing better than `best` now, else its bound. */
const searchTier = (part: Part, tier: Candidate, best: Incumbent, means: Means): number => {
  const { problem, whole } = part
  const { quantity, amount, low } = tier
  const sums = part.sums()
  const least = low.map((sum, d) => (sum <= amount ? sum : amount + sums[d]!(sum - amount)))
  const bound = tierBound(problem, quantity, tier, least)
  if (bound <= best.share) return 0
  if (whole !== undefined)
    return searchPool(problem, tier, whole, best, means) || bound <= best.share ? 0 : bound
  const few = fewFillers(problem, amount, tier)
  const pool = poolFor(problem, tier, few)
  const isDone = searchPool(problem, tier, pool, best, means)
  if (bound <= best.share || (isDone && few.length === problem.fillers.length)) return 0
  // Where the pool falls short of what the whole shop can reach, with what the shop reaches it by.
  const short = low.map(
    (sum, d) => sum > amount && amount + pool.sums[d]![0]!(sum - amount) > least[d]!,
  )
  if (!short.includes(true)) return bound
  const helpers = helpersOf(problem, tier, least, short)
  const more = poolFor(problem, tier, [...new Set([...helpers, ...few])])
  searchPool(problem, tier, more, best, means)
  return bound <= best.share ? 0 : bound
}

/** Fillers whose pieces reach the least sums that the whole shop can reach. */
const helpersOf = (
  { fillers, maxUnits }: Problem,
  { low, amount }: Candidate,
  least: readonly number[],
  short: readonly boolean[],
): readonly Filler[] =>
  low.flatMap((sum, d) => {
    if (!short[d]!) return []
    // Cheap ones first: they come together to any sum soonest.
    const counted = fillers.filter(({ mask }) => (mask >> d) & 1).toReversed()
    const prices = counted.map(({ price }) => price)
    const reached = leastSum(prices, maxUnits, sum - amount, least[d]! - amount)
    return reached?.pieces.map(([i]) => counted[i]!) ?? []
  })

const poolFor = (problem: Problem, { low, amount }: Candidate, fillers: readonly Filler[]): Pool =>
  poolOf(
    fillers,
    problem,
    low.map((sum) => 2 * (sum - amount)),
  )

const searchPool = (
  problem: Problem,
  tier: Candidate,
  pool: Pool,
  best: Incumbent,
  { budget, nodesATier }: Means,
): boolean => {
  const granted = Math.min(nodesATier, budget.nodes)
  const own: Budget = { nodes: granted }
  const isDone = search(problem, tier.quantity, tier, pool, best, own)
  budget.nodes -= granted - own.nodes
  return isDone
}

const comparePrices = (
  price: number,
  a: { readonly quantity: number; readonly bound: number },
  b: { readonly quantity: number; readonly bound: number },
): number =>
  compareFractions(
    { numerator: a.quantity * price - a.bound, denominator: a.quantity },
    { numerator: b.quantity * price - b.bound, denominator: b.quantity },
  )
