/**
 * Which sums some fillers can reach: bounded subset sum as bit sets, one bit a multiple of the
 * greatest common divisor of the prices, each price added in powers of two of its pieces (the
 * binary splitting of the bounded knapsack; H. Kellerer, U. Pferschy, D. Pisinger, "Knapsack
 * Problems", 2004, 7.1.1).
 */
import { gcd } from './fraction.ts'

/** A table larger than this is not built; every sum then counts as reachable. */
const MAX_BITS = 1 << 18

/** The least sum from `atLeast` that can be reached; Infinity where none can. Never above the truth. */
export type NextSum = (atLeast: number) => number

/**
 * One answer for each suffix of the prices: entry j knows what prices j, j + 1, … can reach.
 * @param prices minor units; 0 for one that does not count
 * @param upTo sums that must be told exactly, minor units
 */
export const suffixSums = (
  prices: readonly number[],
  maxUnits: number,
  upTo: number,
): readonly NextSum[] => {
  let unit = 0
  let total = 0
  for (const price of prices) {
    unit = gcd(unit, price)
    total += price * maxUnits
  }
  const bits = unit === 0 ? 1 : Math.floor(Math.min(total, upTo) / unit) + 1
  if (bits > MAX_BITS) return anySum(prices, maxUnits)
  const sums: NextSum[] = []
  const table = new Uint32Array((bits + 31) >> 5)
  table[0] = 1
  let reach = 0
  sums[prices.length] = nextSum(table.slice(), bits, unit, 0)
  for (let j = prices.length - 1; j >= 0; j -= 1) {
    if (prices[j]! > 0) addPieces(table, prices[j]! / unit, maxUnits)
    reach += prices[j]! * maxUnits
    sums[j] = nextSum(table.slice(), bits, unit, reach)
  }
  return sums
}

/**
 * The same for all prices at once, however many: it stops as soon as every sum of interest can be
 * reached, which in a shop takes few prices.
 * @param prices minor units, dearest first
 * @param from sums below count as reachable, minor units
 */
export const allSums = (
  prices: readonly number[],
  maxUnits: number,
  from: number,
  upTo: number,
): NextSum => {
  let unit = 0
  let total = 0
  for (const price of prices) {
    unit = gcd(unit, price)
    total += price * maxUnits
  }
  const bits = unit === 0 ? 1 : Math.floor(Math.min(total, upTo) / unit) + 1
  if (bits > MAX_BITS) return anySum(prices, maxUnits)[0]!
  const table = new Uint32Array((bits + 31) >> 5)
  table[0] = 1
  const words = bits >> 5
  let gap = unit === 0 ? words : Math.ceil(Math.ceil(from / unit) / 32)
  // Cheap ones fill the gaps that dear ones leave.
  for (let i = prices.length - 1; i >= 0; i -= 1) {
    addPieces(table, prices[i]! / unit, maxUnits)
    while (gap < words && table[gap] === 0xffffffff) gap += 1
    if (gap === words) break
  }
  const next = nextSum(table, bits, unit, total)
  return (atLeast) => (atLeast < from && atLeast <= total ? Math.max(0, atLeast) : next(atLeast))
}

/** Every sum up to the greatest counts as reachable. */
const anySum = (prices: readonly number[], maxUnits: number): readonly NextSum[] => {
  const sums: NextSum[] = []
  let total = 0
  for (let j = prices.length; j >= 0; j -= 1) {
    if (j < prices.length) total += prices[j]! * maxUnits
    const most = total
    sums[j] = (atLeast) => (atLeast <= most ? Math.max(0, atLeast) : Infinity)
  }
  return sums
}

const nextSum =
  (table: Uint32Array, bits: number, unit: number, most: number): NextSum =>
  (atLeast) => {
    if (atLeast <= 0) return 0
    if (atLeast > most) return Infinity
    const from = Math.ceil(atLeast / unit)
    // Past the table everything counts as reachable.
    if (from >= bits) return atLeast
    const bit = nextBit(table, from)
    if (bit >= 0 && bit < bits) return bit * unit
    return bits * unit <= most ? bits * unit : Infinity
  }

/** table |= table << (k × price), k = 0 … units. */
const addPieces = (table: Uint32Array, price: number, units: number) => {
  let left = units
  for (let pieces = 1; left > 0; pieces *= 2) {
    const taken = Math.min(pieces, left)
    left -= taken
    const shift = taken * price
    if (shift >> 5 >= table.length) continue
    shiftOr(table, shift)
  }
}

/** In place, from the top: what is read lies below what is written. */
const shiftOr = (table: Uint32Array, shift: number) => {
  const words = shift >> 5
  const rest = shift & 31
  for (let i = table.length - 1; i >= words; i -= 1) {
    let value = table[i - words]! << rest
    if (rest > 0 && i > words) value |= table[i - words - 1]! >>> (32 - rest)
    table[i]! |= value
  }
}

const nextBit = (table: Uint32Array, from: number): number => {
  let word = from >> 5
  let value = table[word]! & (-1 << (from & 31))
  while (value === 0) {
    word += 1
    if (word >= table.length) return -1
    value = table[word]!
  }
  return word * 32 + (31 - Math.clz32(value & -value))
}

/**
 * The least sum from `atLeast` that the prices can reach and pieces that reach it, over as many
 * prices as there are: table and memory of where each sum came from.
 * @param enough a sum that is known to be least, or `atLeast`; the work ends there
 * @returns undefined where none can, or the table would be larger than MAX_BITS
 */
export const leastSum = (
  prices: readonly number[],
  maxUnits: number,
  atLeast: number,
  enough: number,
):
  | { readonly sum: number; readonly pieces: readonly (readonly [i: number, n: number])[] }
  | undefined => {
  let unit = 0
  let over = Infinity
  for (const price of prices) {
    unit = gcd(unit, price)
    const pieces = Math.ceil(atLeast / price)
    if (pieces <= maxUnits) over = Math.min(over, pieces * price)
  }
  if (unit === 0) return undefined
  const need = Math.ceil(atLeast / unit)
  // Without one price that does it alone, dropping a piece from a least sum leaves it below need.
  const limit = over === Infinity ? need + Math.max(...prices) / unit : over / unit
  if (limit + 1 > MAX_BITS) return undefined
  const from = new Int32Array(limit + 1).fill(-1)
  const count = new Int32Array(limit + 1)
  from[0] = prices.length
  let best = limit + 1
  for (let i = 0; i < prices.length && best * unit > enough; i += 1) {
    const price = prices[i]! / unit
    // Pieces of this price in each sum; a sum known before takes none.
    for (let sum = price; sum <= limit; sum += 1) {
      if (from[sum] !== -1) continue
      const below = sum - price
      if (from[below] === -1) continue
      const pieces = from[below] === i ? count[below]! + 1 : 1
      if (pieces > maxUnits) continue
      from[sum] = i
      count[sum] = pieces
      if (sum >= need && sum < best) best = sum
    }
  }
  if (best > limit) return undefined
  const pieces: (readonly [number, number])[] = []
  for (let sum = best; sum > 0;) {
    const i = from[sum]!
    const n = count[sum]!
    pieces.push([i, n])
    sum -= n * (prices[i]! / unit)
  }
  return { sum: best * unit, pieces }
}
