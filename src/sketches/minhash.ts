/**
 * Near-duplicates among many short texts without comparing all pairs: MinHash (Broder, "On the
 * resemblance and containment of documents", 1997) with locality-sensitive banding (Leskovec,
 * Rajaraman & Ullman, "Mining of Massive Datasets", §3.4), each candidate then checked by its exact
 * Jaccard resemblance. MinHash rather than SimHash (Charikar 2002): a live comment has about ten
 * bigrams, too few bits of agreement for the angle of a random hyperplane to mean much.
 *
 * Two sets of resemblance s meet in some band with probability 1 − (1 − s^ROWS)^BANDS: 0.9995 at
 * 0.69, one changed character in twelve. Each band keeps one representative a bucket, so the work is
 * BANDS comparisons a set however an adversary fills the buckets.
 */
const BANDS = 12
const ROWS = 2

/** Sets of 32-bit shingles, one after the other: set i is `values[ends[i - 1] .. ends[i])`, ascending. */
export type ShingleSets = { readonly values: Uint32Array; readonly ends: Uint32Array }

/** Character bigrams of a text as ascending distinct 32-bit numbers. */
export const bigrams = (text: string): number[] => {
  const found = new Set<number>()
  let before = -1
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (before >= 0) found.add(mix(Math.imul(before, 0x9e3779b1) ^ code))
    before = code
  }
  return [...found].sort((a, b) => a - b)
}

/**
 * Groups sets that resemble each other.
 * @param resemblance least Jaccard index, 0 to 1, of two sets that are joined directly; a group is
 *   what such joins connect.
 * @returns by set, the lowest index in its group.
 */
export const nearDuplicates = (sets: ShingleSets, resemblance: number): Uint32Array => {
  const n = sets.ends.length
  const parent = Uint32Array.from({ length: n }, (_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  let size = 16
  while (size < n * 2) size *= 2
  const slots = new Uint32Array(size)
  const keys = new Uint32Array(size)
  for (let band = 0; band < BANDS; band += 1) {
    slots.fill(0)
    for (let i = 0; i < n; i += 1) {
      const key = bandKey(sets, i, band)
      let at = key & (size - 1)
      while (slots[at] !== 0 && keys[at] !== key) at = (at + 1) & (size - 1)
      if (slots[at] === 0) {
        slots[at] = i + 1
        keys[at] = key
        continue
      }
      const a = find(slots[at]! - 1)
      const b = find(i)
      if (a === b || jaccard(sets, slots[at]! - 1, i) < resemblance) continue
      parent[Math.max(a, b)] = Math.min(a, b)
    }
  }
  return parent.map((_, i) => find(i))
}

/** Jaccard index of two sets; two empty sets do not resemble each other. */
export const jaccard = (sets: ShingleSets, a: number, b: number): number => {
  const { values, ends } = sets
  let i = a === 0 ? 0 : ends[a - 1]!
  let j = b === 0 ? 0 : ends[b - 1]!
  const untilA = ends[a]!
  const untilB = ends[b]!
  const total = untilA - i + untilB - j
  let both = 0
  while (i < untilA && j < untilB) {
    const x = values[i]!
    const y = values[j]!
    if (x === y) both += 1
    if (x <= y) i += 1
    if (y <= x) j += 1
  }
  return total === 0 ? 0 : both / (total - both)
}

const bandKey = ({ values, ends }: ShingleSets, set: number, band: number): number => {
  const from = set === 0 ? 0 : ends[set - 1]!
  let key = band + 1
  for (let row = 0; row < ROWS; row += 1) {
    const seed = Math.imul(band * ROWS + row + 1, 0x85ebca6b)
    let least = 0xffffffff
    for (let i = from; i < ends[set]!; i += 1) least = Math.min(least, mix(values[i]! ^ seed))
    key = mix(Math.imul(key, 0x27d4eb2f) ^ least)
  }
  return key
}

/** Finaliser of MurmurHash3 (Appleby, public domain). */
const mix = (x: number): number => {
  let h = x
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
