/**
 * Arrivals as a non-homogeneous Poisson process conditioned on its total: the times are then the
 * order statistics of independent draws from the intensity, and they are made one at a time, so an
 * audience of millions takes one entry of the agenda. (Veloso et al. 2002 and Sripanidkulchai et
 * al., "An Analysis of Live Streaming Workloads on the Internet", IMC 2004: exponential gaps within
 * short windows, the intensity following schedule and time of day.)
 *
 * An intensity is relative, one number a second of the broadcast; its shapes below.
 */
import { between, exponential, integer, normal } from './distributions.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'

export type Intensity = Float64Array

/** Calls `act` at `count` instants distributed as `intensity`, which starts at `from` (ms). */
export const arrive = (
  stage: Stage,
  random: Random,
  from: number,
  intensity: Intensity,
  count: number,
  act: () => void,
): void => {
  let total = 0
  for (const weight of intensity) total += weight
  if (count <= 0 || total <= 0) return
  let left = count
  let reached = 0 // probability mass behind us
  let second = 0
  let behind = 0 // intensity of the seconds before `second`
  const next = (): void => {
    // the least of `left` uniform draws on what remains of the mass
    reached += (1 - reached) * (1 - random.uniform() ** (1 / left))
    left -= 1
    while (second < intensity.length - 1 && behind + intensity[second]! < reached * total) {
      behind += intensity[second]!
      second += 1
    }
    const within = Math.min(1, (reached * total - behind) / (intensity[second]! || 1))
    stage.at(from + (second + within) * 1000, () => {
      act()
      if (left > 0) next()
    })
  }
  next()
}

/** Evenly over a window. */
export const evenly = (
  stage: Stage,
  random: Random,
  from: number,
  until: number,
  count: number,
  act: () => void,
): void => {
  const seconds = Math.max(1, Math.round((until - from) / 1000))
  arrive(stage, random, from, new Float64Array(seconds).fill(1), count, act)
}

/** Sum of shapes, each scaled to its share of the arrivals. */
export const blend = (parts: readonly (readonly [Intensity, number])[]): Intensity => {
  const sum = new Float64Array(parts[0]?.[0].length ?? 0)
  for (const [part, share] of parts) {
    let total = 0
    for (const weight of part) total += weight
    if (total > 0) for (let i = 0; i < sum.length; i += 1) sum[i]! += (part[i]! / total) * share
  }
  return sum
}

/** A slow random walk of the logarithm: interest that comes and goes; nobody arrives at the very end. */
export const drifting = (random: Random, seconds: number): Intensity => {
  const shape = new Float64Array(seconds)
  let level = 0
  for (let i = 0; i < seconds; i += 1) {
    if (i % 60 === 0) level = 0.95 * level + 0.12 * normal(random)
    shape[i] = Math.exp(level) * Math.min(1, (seconds - i) / 240)
  }
  return shape
}

/** Rises over `rampSeconds` from `at`, then decays exponentially: a wave of the feed, an opening. */
export const wave = (
  seconds: number,
  at: number,
  rampSeconds: number,
  decaySeconds: number,
): Intensity => {
  const shape = new Float64Array(seconds)
  for (let i = Math.max(0, Math.floor(at)); i < seconds; i += 1)
    shape[i] =
      i < at + rampSeconds
        ? (i - at + 1) / (rampSeconds + 1)
        : Math.exp(-(i - at - rampSeconds) / decaySeconds)
  return shape
}

/** Two to six waves of unequal size. */
export const waves = (random: Random, seconds: number): Intensity => {
  const parts: (readonly [Intensity, number])[] = []
  for (let i = integer(random, 2, 6); i > 0; i -= 1)
    parts.push([
      wave(
        seconds,
        between(random, 0.05, 0.9) * seconds,
        between(random, 15, 90),
        between(random, 120, 600),
      ),
      exponential(random, 1),
    ])
  return blend(parts)
}
