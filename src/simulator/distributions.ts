/**
 * The distributions that published measurements of live streams are stated in. Methods: Box–Muller
 * for the normal; Marsaglia and Tsang, "A simple method for generating gamma variables" (2000);
 * inversion for the rest.
 */
import type { Random } from './random.ts'

export const between = (random: Random, low: number, high: number): number =>
  low + (high - low) * random.uniform()

/** Whole numbers from `low` to `high`, both included. */
export const integer = (random: Random, low: number, high: number): number =>
  low + Math.floor((high - low + 1) * random.uniform())

export const chance = (random: Random, probability: number): boolean =>
  random.uniform() < probability

/** @throws RangeError on an empty list. */
export const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[Math.floor(random.uniform() * items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** One of `items`, each as likely as its weight; weights need not sum to 1. */
export const weighted = <T>(random: Random, items: readonly (readonly [T, number])[]): T => {
  let sum = 0
  for (const [, weight] of items) sum += weight
  let left = random.uniform() * sum
  for (const [item, weight] of items) {
    left -= weight
    if (left <= 0) return item
  }
  return pick(random, items)[0]
}

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform())

/** Stated by its median, as measurement papers do; `sigma` is that of the logarithm. */
export const logNormal = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * normal(random))

export const exponential = (random: Random, mean: number): number =>
  -mean * Math.log(random.uniform())

export const weibull = (random: Random, scale: number, shape: number): number =>
  scale * (-Math.log(random.uniform())) ** (1 / shape)

/** Mean is `shape` × `scale`. A Poisson rate so distributed makes negative-binomial counts. */
export const gamma = (random: Random, shape: number, scale: number): number => {
  if (shape < 1) return gamma(random, shape + 1, scale) * random.uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return d * v * scale
  }
}

/** A rank from 0 to `size` − 1, small ranks likelier: the continuous form of Zipf's law, s = 1. */
export const zipf = (random: Random, size: number): number =>
  Math.min(size - 1, Math.floor(Math.exp(random.uniform() * Math.log(size + 1))) - 1)
