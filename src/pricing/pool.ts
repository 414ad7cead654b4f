/**
 * Which fillers are looked at where a shop has too many to look at all: those that come closest
 * above what is missing in a few pieces, alone or in pairs, the cheapest and the dearest. A good
 * pool finds a basket that meets the bound of its tier, and then nothing better exists; a bad pool
 * costs exactness, never truth.
 */
import type { Filler, Problem } from './problem.ts'
import { suffixSums } from './reach.ts'
import type { Pool, Tier } from './search.ts'

/** With at most so many fillers all of them are looked at. */
export const WHOLE_POOL = 20
const CLOSEST = 5
const CHEAPEST = 3
const DEAREST = 3

/** @param upTo by dimension, sums over the target's that must be told exactly */
export const poolOf = (
  fillers: readonly Filler[],
  { dimensions, maxUnits }: Problem,
  upTo: readonly number[],
): Pool => {
  const sorted = [...fillers].sort((a, b) => b.price - a.price)
  const sums = []
  for (let d = 0; d < dimensions; d += 1)
    sums.push(
      suffixSums(
        sorted.map(({ price, mask }) => ((mask >> d) & 1 ? price : 0)),
        maxUnits,
        upTo[d]!,
      ),
    )
  return { fillers: sorted, sums }
}

export const fewFillers = (
  { fillers, maxUnits, dimensions }: Problem,
  amount: number,
  tier: Tier,
): readonly Filler[] => {
  const byMask = new Map<number, Filler[]>()
  for (const filler of fillers) {
    const kin = byMask.get(filler.mask)
    if (kin === undefined) byMask.set(filler.mask, [filler])
    else kin.push(filler)
  }
  const chosen = new Set<Filler>()
  for (const [mask, kin] of byMask) {
    // Fillers stand dearest first.
    for (const filler of [...kin.slice(0, DEAREST), ...kin.slice(-CHEAPEST)]) chosen.add(filler)
    const missing = new Set<number>()
    for (let d = 0; d < dimensions; d += 1)
      if ((mask >> d) & 1 && tier.low[d]! > amount) missing.add(tier.low[d]! - amount)
    for (const need of missing) {
      for (const filler of closest(kin, need, maxUnits)) chosen.add(filler)
      for (const filler of pair(kin, need)) chosen.add(filler)
    }
  }
  return [...chosen].slice(0, 2 * WHOLE_POOL)
}

/** The fillers of which some pieces come closest above `need`. */
const closest = (fillers: readonly Filler[], need: number, maxUnits: number): readonly Filler[] => {
  const best: { filler: Filler; over: number }[] = []
  for (const filler of fillers) {
    const pieces = Math.ceil(need / filler.price)
    if (pieces > maxUnits) continue
    const over = pieces * filler.price - need
    if (best.length === CLOSEST && over >= best[CLOSEST - 1]!.over) continue
    best.push({ filler, over })
    best.sort((a, b) => a.over - b.over)
    if (best.length > CLOSEST) best.pop()
  }
  return best.map(({ filler }) => filler)
}

/** Two fillers whose prices together come closest above `need`; sorted dearest first. */
const pair = (fillers: readonly Filler[], need: number): readonly Filler[] => {
  let low = fillers.length - 1
  let high = 0
  let over = Infinity
  let best: readonly Filler[] = []
  while (high < low) {
    const rest = fillers[high]!.price + fillers[low]!.price - need
    if (rest < 0) low -= 1
    else {
      if (rest < over) {
        over = rest
        best = [fillers[high]!, fillers[low]!]
      }
      high += 1
    }
  }
  return best
}
