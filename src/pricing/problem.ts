/**
 * The cheapest basket as the solver sees it: one channel, a target, fillers, and coupons that cover
 * the target, each with a *dimension*, the set of fillers it counts. All arithmetic is in minor
 * units and exact.
 */
import { mulDiv, mulDivUp } from './fraction.ts'
import type { ShelfItem } from './market.ts'
import { covers, type Coupon } from './shop.ts'
import { discountOf } from './terms.ts'

export type Filler = ShelfItem & {
  /** Bit d is set where dimension d counts this filler. */
  readonly mask: number
}

export type Rule = {
  readonly coupon: Coupon
  readonly dimension: number
}

export type Problem = {
  readonly target: ShelfItem
  readonly maxUnits: number
  readonly fillers: readonly Filler[]
  /** The fillers and the target itself, kept from one target to the next; absent in a part. */
  readonly shelf?: readonly Filler[] | undefined
  readonly dimensions: number
  /** Rules of one group stand together; a coupon without a group is a group of its own. */
  readonly rules: readonly Rule[]
  /** Group number of each rule, rising. */
  readonly groups: readonly number[]
  /** Bit e of entry d is set where every filler of dimension e also counts in dimension d. */
  readonly within: readonly number[]
}

/** Bits of a filler's mask. */
export const MAX_DIMENSIONS = 30

export const problemOf = (
  target: ShelfItem,
  shelf: readonly ShelfItem[],
  coupons: readonly Coupon[],
  channel: string,
  maxUnits: number,
): Problem => {
  const scopes = new Map<string, number>()
  const samples: Coupon[] = []
  const rules = coupons.map((coupon) => {
    const key = scopeKey(coupon)
    let dimension = scopes.get(key)
    if (dimension === undefined) {
      dimension = samples.length
      scopes.set(key, dimension)
      samples.push(coupon)
    }
    return { coupon, dimension }
  })
  const counted = countedBy(shelf, samples, [...scopes.keys()].join(), channel)
  const fillers = counted.filter(({ product }) => product !== target.product)
  const sorted = [...rules].sort((a, b) => compareGroups(a.coupon.group, b.coupon.group))
  const groups: number[] = []
  for (const [i, { coupon }] of sorted.entries()) {
    const isSame = i > 0 && coupon.group !== null && coupon.group === sorted[i - 1]!.coupon.group
    groups.push(i === 0 ? 0 : groups[i - 1]! + (isSame ? 0 : 1))
  }
  const masks = new Set(fillers.map(({ mask }) => mask))
  const within = samples.map((_, d) => {
    let bits = 0
    for (let e = 0; e < samples.length; e += 1)
      if ([...masks].every((mask) => ((mask >> e) & 1) === 0 || ((mask >> d) & 1) === 1))
        bits |= 1 << e
    return bits
  })
  return {
    target,
    maxUnits,
    fillers,
    shelf: counted,
    dimensions: samples.length,
    rules: sorted,
    groups,
    within,
  }
}

const SCOPES_KEPT = 64

const kept = new WeakMap<readonly ShelfItem[], Map<string, readonly Filler[]>>()

/** What a shelf holds for these scopes, kept as long as the shelf is. */
const countedBy = (
  shelf: readonly ShelfItem[],
  samples: readonly Coupon[],
  key: string,
  channel: string,
): readonly Filler[] => {
  let byScopes = kept.get(shelf)
  if (byScopes === undefined) kept.set(shelf, (byScopes = new Map<string, readonly Filler[]>()))
  const known = byScopes.get(key)
  if (known !== undefined) return known
  const fillers: Filler[] = []
  for (const item of shelf) {
    if (item.price === 0) continue
    let mask = 0
    for (let d = 0; d < samples.length; d += 1)
      if (covers(samples[d]!, item, channel)) mask |= 1 << d
    const { product, merchant, price } = item
    if (mask !== 0) fillers.push({ product, merchant, price, mask })
  }
  if (byScopes.size >= SCOPES_KEPT) byScopes.clear()
  byScopes.set(key, fillers)
  return fillers
}

/**
 * The problem in parts that share neither fillers nor groups: for a given quantity of the target
 * each is solved by itself, and their shares add up.
 */
export const partsOf = (problem: Problem): readonly Problem[] => {
  const { rules, groups, fillers, dimensions } = problem
  if (dimensions === 1) return [problem]
  const links: number[] = fillers.map(({ mask }) => mask)
  for (let group = 0; group <= (groups.at(-1) ?? -1); group += 1) {
    let mask = 0
    for (const [i, { dimension }] of rules.entries())
      if (groups[i] === group) mask |= 1 << dimension
    links.push(mask)
  }
  const masks = merged(links)
  if (masks.length === 1) return [problem]
  return masks.map((part) => {
    const kept: number[] = []
    for (let d = 0; d < dimensions; d += 1) if ((part >> d) & 1) kept.push(d)
    const bitsOf = (mask: number) =>
      kept.reduce((bits, d, i) => ((mask >> d) & 1 ? bits | (1 << i) : bits), 0)
    const own = [...rules.keys()].filter((i) => (part >> rules[i]!.dimension) & 1)
    return {
      ...problem,
      shelf: undefined,
      fillers: fillers.flatMap((filler) =>
        filler.mask & part ? [{ ...filler, mask: bitsOf(filler.mask) }] : [],
      ),
      dimensions: kept.length,
      rules: own.map((i) => ({ ...rules[i]!, dimension: kept.indexOf(rules[i]!.dimension) })),
      groups: own.map((i) => groups[i]!),
      within: kept.map((d) => bitsOf(problem.within[d]!)),
    }
  })
}

/** Sets of bits, those that overlap made one. */
const merged = (masks: readonly number[]): readonly number[] => {
  const parts: number[] = []
  for (let mask of new Set(masks)) {
    for (let i = parts.length - 1; i >= 0; i -= 1)
      if (parts[i]! & mask) {
        mask |= parts[i]!
        parts.splice(i, 1)
      }
    parts.push(mask)
  }
  return parts
}

/**
 * The most that one coupon can take off a target of `amount` when its eligible sum is `sum` or more
 * (fixed prices: see `fixedBound`): proportional shares fall as the sum grows, and the largest
 * remainder adds less than one unit.
 */
export const shareBound = ({ kind, value, cap }: Coupon, amount: number, sum: number): number => {
  if (kind === 'amount-off') return mulDivUp(Math.min(value, sum), amount, sum)
  const uncapped = mulDivUp(value, amount, 10_000)
  return cap === null ? uncapped : Math.min(uncapped, mulDivUp(Math.min(cap, sum), amount, sum))
}

/** The most that this coupon can take off the target at exactly this eligible sum. */
export const shareBoundAt = (
  coupon: Coupon,
  amount: number,
  sum: number,
  aboveFixed: number,
): number => mulDivUp(discountOf(coupon, sum, aboveFixed), amount, sum)

/**
 * The target's share of a discount by largest remainder, the target being the first line, so that
 * ties fall to it: its whole part, and one more if fewer lines have a larger remainder than there
 * are units left over.
 * @param others amounts of the other eligible lines
 */
export const targetShare = (
  discount: number,
  amount: number,
  others: readonly number[],
  sum: number,
): number => {
  const share = mulDiv(discount, amount, sum)
  const own = remainderOf(discount, amount, sum)
  if (own === 0) return share
  let left = discount - share
  let ahead = 0
  for (const other of others) {
    left -= mulDiv(discount, other, sum)
    if (remainderOf(discount, other, sum) > own) ahead += 1
  }
  return ahead < left ? share + 1 : share
}

const remainderOf = (a: number, b: number, c: number): number => {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) return product % c
  return Number((BigInt(a) * BigInt(b)) % BigInt(c))
}

/** Coupons of equal scope count the same fillers; the channel is the same for all. */
export const scopeKey = ({ scope: { merchant, products, exclude } }: Coupon): string =>
  JSON.stringify([merchant, products === null ? null : [...products].sort(), [...exclude].sort()])

const compareGroups = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1
