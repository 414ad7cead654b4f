/**
 * Shares of a discount by largest remainder (Hamilton's method): every line gets the whole part of
 * its proportional share, and the units left over go one each to the largest remainders, ties to
 * the earlier line. Computed once, when the order is placed, and frozen: a partial refund reverses
 * the shares that were given, it never computes them anew.
 */
import { mulDiv } from './fraction.ts'

/**
 * `amount` spread in proportion to `weights`; the shares sum to `amount` exactly.
 * @param amount minor units from 0
 * @param weights minor units from 0, at least one of them positive unless `amount` is 0
 * @throws RangeError for a positive amount without weight to carry it
 */
export const allocate = (amount: number, weights: readonly number[]): readonly number[] => {
  let sum = 0
  for (const weight of weights) sum += weight
  if (amount === 0) return weights.map(() => 0)
  if (sum === 0) throw new RangeError('nothing to spread a discount over')
  const shares: number[] = []
  let left = amount
  for (const weight of weights) {
    const share = mulDiv(amount, weight, sum)
    shares.push(share)
    left -= share
  }
  if (left === 0) return shares
  const remainders = weights.map((weight) => remainder(amount, weight, sum))
  const order = weights.map((_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b)
  for (const i of order.slice(0, left)) shares[i]! += 1
  return shares
}

const remainder = (a: number, b: number, c: number): number => {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) return product % c
  return Number((BigInt(a) * BigInt(b)) % BigInt(c))
}
