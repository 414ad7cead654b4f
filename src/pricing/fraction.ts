/**
 * Exact fractions of money. An effective unit price is a line less its shares over a quantity, and
 * a fen that floating point loses would be somebody's promise broken or kept.
 */

/** Minor units over pieces: safe integers, the denominator positive, in lowest terms. */
export type Fraction = { readonly numerator: number; readonly denominator: number }

/**
 * The fraction in lowest terms.
 * @throws RangeError unless both are safe integers and the denominator is positive
 */
export const fraction = (numerator: number, denominator = 1): Fraction => {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0)
    throw new RangeError(`no fraction: ${numerator}/${denominator}`)
  const divisor = gcd(Math.abs(numerator), denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** Negative where `a` is less, 0 where equal, positive where greater; by cross-multiplication. */
export const compareFractions = (a: Fraction, b: Fraction): number => {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left - right
  const exactLeft = BigInt(a.numerator) * BigInt(b.denominator)
  const exactRight = BigInt(b.numerator) * BigInt(a.denominator)
  return exactLeft < exactRight ? -1 : exactLeft > exactRight ? 1 : 0
}

/** `"n/d"`, also for whole numbers: `"44950/1"`. */
export const showFraction = ({ numerator, denominator }: Fraction): string =>
  `${numerator}/${denominator}`

/** floor(a × b ÷ c) of whole numbers from 0, exact however large the product. */
export const mulDiv = (a: number, b: number, c: number): number => {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) return (product - (product % c)) / c
  return Number((BigInt(a) * BigInt(b)) / BigInt(c))
}

/** ceil(a × b ÷ c) of whole numbers from 0, exact however large the product. */
export const mulDivUp = (a: number, b: number, c: number): number => {
  const product = a * b
  if (product <= Number.MAX_SAFE_INTEGER) {
    const rest = product % c
    return (product - rest) / c + (rest === 0 ? 0 : 1)
  }
  const exact = BigInt(a) * BigInt(b)
  const divisor = BigInt(c)
  return Number((exact + divisor - 1n) / divisor)
}

/** The greatest common divisor of whole numbers from 0. */
export const gcd = (a: number, b: number): number => {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}
