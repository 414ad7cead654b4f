/**
 * Which views are responsible: a mixture of two naive-Bayes classes, fitted by expectation and
 * maximisation (Dempster, Laird & Rubin 1977) from the cohorts that a trial found guilty. It
 * spreads suspicion to views that are like the excess in every respect, and takes it from honest
 * people who merely share a minute or a length of stay with it.
 *
 * It is never started without a conviction, so in an honest room nobody gets a probability.
 */
import type { Family } from '../../vocabulary/finding.ts'
import type { Room } from '../room.ts'
import { periodOf } from '../shared/period.ts'
import { rhythms } from './clockwork.ts'
import { excessShare, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'
import { peoplePerDevice } from './shared.ts'

const ROUNDS = 12
/** Features of a family depend on one another: the strongest counts in full, the others this much. */
const OTHERS_SHARE = 0.5
const FAMILY_CAP = 2.5
/** The prior follows the seed: a class that grows past it has begun to describe somebody else. */
const MOST_GROWTH = 1.1
/** No view is more certain than this, either way: one in a thousand is left for the unknown. */
const MOST_LOGIT = 3
/** From here on a view tells when the crowd was there. */
export const SURE = 0.9

type Feature = { readonly family: Family; readonly levels: number; readonly code: Uint8Array }

export type Responsibility = {
  /** By view row: probability, 0 to 1, that the view was bought. */
  readonly probability: Float64Array
  /** Families that weigh against the convicted class as a whole. */
  readonly families: readonly Family[]
}

/**
 * Each kind of bought view is fitted by itself: cohorts that share most of their members are one
 * kind, and members of other kinds are left out of the fit, for they are neither it nor innocent.
 */
export const responsibilities = (
  profile: Profile,
  room: Room,
  guilty: readonly Cohort[],
): Responsibility => {
  const kinds = kindsOf(profile, guilty)
  const fits = kinds.map((kind, i) =>
    fit(profile, room, kind, notIn(profile, kind, kinds.filter((_, other) => other !== i).flat())),
  )
  const probability = new Float64Array(profile.size)
  for (const one of fits)
    for (const row of profile.rows)
      probability[row] = Math.max(probability[row]!, one.probability[row]!)
  return { probability, families: [...new Set(fits.flatMap(({ families }) => families))] }
}

/** Cohorts joined where one holds at least half of the other. */
const kindsOf = (profile: Profile, cohorts: readonly Cohort[]): Cohort[][] => {
  const kinds: Cohort[][] = []
  for (const cohort of cohorts) {
    const marked = membersOf(profile, [cohort])
    const alike = kinds.filter((kind) =>
      kind.some(({ rows }) => {
        const shared = rows.reduce((sum, row) => sum + marked[row]!, 0)
        return shared >= 0.5 * Math.min(rows.length, cohort.rows.length)
      }),
    )
    for (const kind of alike) kinds.splice(kinds.indexOf(kind), 1)
    kinds.push([...alike.flat(), cohort])
  }
  return kinds
}

const membersOf = (profile: Profile, cohorts: readonly Cohort[]): Uint8Array => {
  const marked = new Uint8Array(profile.size)
  for (const { rows } of cohorts) for (const row of rows) marked[row] = 1
  return marked
}

/** Rows that a fit counts: all but the members of other kinds alone. */
const notIn = (
  profile: Profile,
  kind: readonly Cohort[],
  others: readonly Cohort[],
): Uint32Array => {
  const mine = membersOf(profile, kind)
  const theirs = membersOf(profile, others)
  return profile.rows.filter((row) => mine[row] === 1 || theirs[row] === 0)
}

const fit = (
  profile: Profile,
  room: Room,
  guilty: readonly Cohort[],
  counted: Uint32Array,
): Responsibility => {
  const features = featuresOf(profile, room, guilty)
  const seed = seedOf(profile, guilty)
  let current: Float64Array = seed
  const most = MOST_GROWTH * counted.reduce((sum, row) => sum + seed[row]!, 0)
  const byFamily = new Map<Family, number>()
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Float64Array(profile.size)
    const tables = features.map((feature) => ratios(feature, counted, current))
    let total = 0
    for (const row of counted) total += current[row]!
    const share = Math.min(0.98, Math.max(0.001, Math.min(total, most) / counted.length))
    const prior = Math.log10(share / (1 - share))
    byFamily.clear()
    for (const row of profile.rows) {
      let logit = prior
      let family: Family | undefined
      let [sum, top] = [0, 0]
      const close = () => {
        const whole = top + OTHERS_SHARE * (sum - top)
        const bans = Math.max(-FAMILY_CAP, Math.min(FAMILY_CAP, whole))
        logit += bans
        if (family !== undefined && current[row]! > 0.5)
          byFamily.set(family, (byFamily.get(family) ?? 0) + bans)
      }
      for (let f = 0; f < features.length; f += 1) {
        const feature = features[f]!
        if (feature.family !== family) {
          if (family !== undefined) close()
          family = feature.family
          sum = 0
          top = 0
        }
        const ratio = tables[f]![feature.code[row]!]!
        sum += ratio
        if (Math.abs(ratio) > Math.abs(top)) top = ratio
      }
      close()
      const bounded = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, logit))
      next[row] = 1 / (1 + 10 ** -bounded)
    }
    current = next
  }
  acquitAbsent(profile, current)
  const suspected = profile.rows.reduce((sum, row) => sum + (current[row]! > 0.5 ? 1 : 0), 0)
  const families = [...byFamily]
    .filter(([, sum]) => sum / Math.max(1, suspected) > 0.3)
    .map(([family]) => family)
  return { probability: current, families }
}

/** Who came when the crowd did not is none of it, however alike: of honest people some are. */
const acquitAbsent = (profile: Profile, probability: Float64Array): void => {
  const sure = profile.rows.filter((row) => probability[row]! >= SURE)
  if (sure.length === 0) return
  const { from, until } = periodOf(
    Float64Array.from(sure, (row) => profile.startAt[row]!),
    Float64Array.from(sure, (row) => profile.endAt[row]!),
  )
  for (const row of profile.rows)
    if (profile.startAt[row]! < from || profile.startAt[row]! > until) probability[row] = 0
}

/** Where it starts: a member of a cohort is suspected by the cohort's share of excess. */
export const seedOf = (profile: Profile, cohorts: readonly Cohort[]): Float64Array => {
  const seed = new Float64Array(profile.size)
  for (const cohort of cohorts) {
    const share = Math.min(0.95, excessShare(cohort))
    for (const row of cohort.rows) seed[row] = Math.max(seed[row]!, share)
  }
  return seed
}

/** log10 of P(level | bought) / P(level | others), with one pseudo-view a level. */
const ratios = (feature: Feature, counted: Uint32Array, weights: Float64Array): Float64Array => {
  const bought = new Float64Array(feature.levels).fill(1)
  const others = new Float64Array(feature.levels).fill(1)
  let [b, o] = [feature.levels, feature.levels]
  for (const row of counted) {
    const level = feature.code[row]!
    const w = weights[row]!
    bought[level]! += w
    others[level]! += 1 - w
    b += w
    o += 1 - w
  }
  return bought.map((count, level) => Math.log10((count * o) / (others[level]! * b)))
}

/** Ordered by family: `responsibilities` closes a family when the next one begins. */
const featuresOf = (profile: Profile, room: Room, guilty: readonly Cohort[]): Feature[] => {
  const c = room.views.columns
  const { taps } = room.accounts.columns
  const { seconds, phase } = rhythms(profile, room)
  const people = peoplePerDevice(profile, room)
  const make = (family: Family, levels: number, code: (row: number) => number): Feature => {
    const codes = new Uint8Array(profile.size)
    for (const row of profile.rows) codes[row] = Math.min(levels - 1, code(row))
    return { family, levels, code: codes }
  }
  const membership = (names: readonly Cohort['name'][], family: Family): Feature[] => {
    const cohorts = guilty.filter((cohort) => names.includes(cohort.name))
    if (cohorts.length === 0) return []
    const codes = new Uint8Array(profile.size)
    for (const cohort of cohorts) for (const row of cohort.rows) codes[row] = 1
    return [{ family, levels: 2, code: codes }]
  }
  const subnetSize = new Uint32Array(room.views.subnets.size + 1)
  for (const row of profile.rows) subnetSize[c.subnet[row]!]! += 1
  return [
    ...membership(['spike', 'block', 'stayers'], 'behaviour'),
    ...membership(['burst'], 'behaviour'),
    make('behaviour', 9, (row) => seconds[row]! * 3 + phase[row]!),
    make('behaviour', 16, (row) =>
      profile.toEnd[row] === 1 ? 15 : Math.floor(Math.log2(profile.stay[row]! + 1)),
    ),
    make('behaviour', 9, (row) => c.entry[row]!),
    make('behaviour', 2, (row) => profile.acted[row]!),
    make('behaviour', 7, (row) =>
      c.account[row] === 0
        ? 6
        : Math.min(5, Math.floor(Math.log2(taps[c.account[row]! - 1]! + 1) / 2)),
    ),
    make('network', 8, (row) => c.network[row]!),
    make('network', 16, (row) => c.app[row]!),
    make('network', 4, (row) =>
      c.device[row] === 0
        ? 3
        : people[c.device[row]!]! > 4
          ? 2
          : people[c.device[row]!]! > 1
            ? 1
            : 0,
    ),
    make('network', 12, (row) =>
      c.subnet[row] === 0 ? 11 : Math.floor(Math.log2(subnetSize[c.subnet[row]!]!)),
    ),
    ...membership(['batch'], 'account'),
    make('account', 16, (row) =>
      profile.known[row] === 0
        ? 15
        : Number.isNaN(profile.ageDays[row]!)
          ? 14
          : Math.floor(Math.log2(Math.max(0, profile.ageDays[row]!) + 1)),
    ),
    make('transaction', 2, (row) => profile.bought[row]!),
  ]
}
