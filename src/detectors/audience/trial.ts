/**
 * Who are they? A cohort that some regularity picked out is compared with the rest of the room in
 * every family of evidence: do its members act like people, come from where people come, have
 * accounts as old as people's? What speaks for them counts as much as what speaks against.
 *
 * Weights are log10 likelihood ratios of "bought" against "ordinary audience", judged on effect
 * sizes and not on significance: with thousands of views every honest difference is significant.
 * The caps stand for what a model of strangers' rooms can be trusted with.
 */
import type { Family, Reason } from '../../vocabulary/finding.ts'
import { say } from '../../language/say.ts'
import { show } from '../../language/sentence.ts'
import type { Room } from '../room.ts'
import type { Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'
import { peoplePerDevice } from './shared.ts'

/** The most that one family may say for and against. */
export const FAMILY_CAP_BANS = 2.5
const FAMILY_FLOOR_BANS = -1.5
const YOUNG_DAYS = 30
const FAMILY_ACCOUNTS = 4

export type Trial = {
  readonly reasons: readonly Reason[]
  /** Sum over families, each capped, in bans. */
  readonly totalBans: number
  readonly byFamily: ReadonlyMap<Family, number>
  /** What their doing nothing weighs; negative where they act as people do. */
  readonly silenceBans: number
}

/**
 * @param weights per view row, 0 to 1: how much the view belongs to the accused
 * @param cohorts the regularities that picked them out
 */
export const tryCohort = (
  profile: Profile,
  room: Room,
  weights: Float64Array,
  cohorts: readonly Cohort[],
): Trial => {
  const reasons: Reason[] = []
  for (const cohort of cohorts)
    reasons.push({
      family: cohort.family,
      text: cohort.text,
      observed: cohort.observed,
      expected: { 'ordinary-audience': Math.round(cohort.expected * 10) / 10 },
      weightBans: cohort.bans,
    })
  const own = new Set(cohorts.map((cohort) => cohort.name))
  const silence = activity(profile, weights)
  reasons.push(
    ...silence,
    ...purchases(profile, weights),
    ...(own.has('datacenter') ? [] : servers(profile, room, weights)),
    ...(own.has('devices') ? [] : devices(profile, room, weights)),
    ...builds(profile, room, weights),
    ...ages(profile, weights, own.has('batch')),
    ...guests(profile, weights),
  )
  const byFamily = new Map<Family, number>()
  for (const family of new Set(reasons.map((reason) => reason.family)))
    byFamily.set(family, combine(reasons.filter((reason) => reason.family === family)))
  const totalBans = [...byFamily.values()].reduce((sum, bans) => sum + bans, 0)
  return {
    reasons: reasons.sort((x, y) => y.weightBans - x.weightBans),
    totalBans,
    byFamily,
    silenceBans: silence[0]?.weightBans ?? 0,
  }
}

/** Within a family: the strongest in full, the next at half, for they are not independent. */
const combine = (reasons: readonly Reason[]): number => {
  const weights = reasons.map((reason) => reason.weightBans)
  const side = (sign: number) => {
    const sorted = weights.filter((w) => w * sign > 0).sort((x, y) => (y - x) * sign)
    return (sorted[0] ?? 0) + 0.5 * (sorted[1] ?? 0)
  }
  return Math.min(FAMILY_CAP_BANS, Math.max(FAMILY_FLOOR_BANS, side(1) + side(-1)))
}

/** Stays by doubling lengths: people who stay longer do more. */
const stratum = (stay: number) => Math.min(11, Math.floor(Math.log2(Math.max(1, stay / 8)) + 1))

/**
 * How often the accused should have acted, by the habits of everybody else with as long a stay;
 * null where the others are too few or too silent to compare with.
 */
const comparison = (profile: Profile, weights: Float64Array, acted: Uint8Array) => {
  const STRATA = 12
  const did = new Float64Array(STRATA * 2)
  const were = new Float64Array(STRATA * 2)
  for (const row of profile.rows) {
    const cell = stratum(profile.stay[row]!) * 2 + profile.known[row]!
    const other = 1 - weights[row]!
    were[cell]! += other
    did[cell]! += other * acted[row]!
  }
  const rate = new Float64Array(STRATA * 2)
  for (const known of [0, 1]) {
    let best = 0
    for (let s = 0; s < STRATA; s += 1) {
      const cell = s * 2 + known
      // Where nobody else stayed so long, they did at least what shorter stayers do.
      if (were[cell]! >= 20) best = Math.max(best * 0.7, did[cell]! / were[cell]!)
      rate[cell] = best
    }
  }
  let expected = 0
  let observed = 0
  for (const row of profile.rows) {
    const w = weights[row]!
    if (w === 0) continue
    expected += w * rate[stratum(profile.stay[row]!) * 2 + profile.known[row]!]!
    observed += w * acted[row]!
  }
  return { expected, observed, ratio: (observed + 0.5) / (expected + 0.5) }
}

const activity = (profile: Profile, weights: Float64Array): Reason[] => {
  const { expected, observed, ratio } = comparison(profile, weights, profile.acted)
  if (expected < 5) return []
  const trust = Math.min(1, expected / 15)
  const bans = trust * ladder(ratio, [0.08, 1.3], [0.2, 0.8], [0.4, 0.3], [0.6, 0], [0.8, -0.5], -1)
  const key = ratio < 0.5 ? 'trial.silent' : 'trial.active'
  return [
    {
      family: 'behaviour',
      text: say(key, { observed: Math.round(observed), expected: Math.round(expected) }),
      observed: Math.round(observed),
      expected: {
        'bought-traffic': Math.round(expected * 0.1),
        'ordinary-audience': Math.round(expected),
      },
      weightBans: bans,
    },
  ]
}

const purchases = (profile: Profile, weights: Float64Array): Reason[] => {
  const { expected, observed, ratio } = comparison(profile, weights, profile.bought)
  if (expected < 5) return []
  const bans = ladder(ratio, [0.1, 0.6], [0.3, 0.3], [0.6, 0], [0.8, -0.4], -0.8)
  return [
    {
      family: 'transaction',
      text: say('trial.purchases', {
        observed: Math.round(observed),
        expected: Math.round(expected),
      }),
      observed: Math.round(observed),
      expected: { 'bought-traffic': 0, 'ordinary-audience': Math.round(expected) },
      weightBans: bans,
    },
  ]
}

/** The first step that the ratio stays below, else the last value. */
const ladder = (
  ratio: number,
  ...steps: readonly [...(readonly [number, number])[], number]
): number => {
  for (const step of steps) {
    if (typeof step === 'number') return step
    if (ratio < step[0]) return step[1]
  }
  return 0
}

/** Weighted shares of a property among the accused and the others; undefined when either is thin. */
const shares = (
  profile: Profile,
  weights: Float64Array,
  has: (row: number) => boolean | undefined,
): { accused: number; others: number; count: number } | undefined => {
  let [a, an, o, on] = [0, 0, 0, 0]
  for (const row of profile.rows) {
    const it = has(row)
    if (it === undefined) continue
    const w = weights[row]!
    an += w
    on += 1 - w
    if (it) {
      a += w
      o += 1 - w
    }
  }
  if (an < 20 || on < 20) return undefined
  return { accused: a / an, others: o / on, count: Math.round(a) }
}

const servers = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
  const { network } = room.views.columns
  const server = room.views.networks.find('datacenter')
  if (server === undefined) return []
  const share = shares(profile, weights, (row) =>
    network[row] === 0 ? undefined : network[row] === server + 1,
  )
  if (share === undefined || share.accused - share.others < 0.1) return []
  return [
    shareReason(
      'network',
      'trial.server',
      share,
      1.8 * Math.min(1, (share.accused - share.others) / 0.4),
    ),
  ]
}

const devices = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
  const { device } = room.views.columns
  const people = peoplePerDevice(profile, room)
  const share = shares(profile, weights, (row) =>
    device[row] === 0 ? undefined : people[device[row]!]! > FAMILY_ACCOUNTS,
  )
  if (share === undefined || share.accused - share.others < 0.1) return []
  return [
    shareReason(
      'network',
      'trial.devices',
      share,
      2 * Math.min(1, (share.accused - share.others) / 0.3),
    ),
  ]
}

/** One build of the app where the audience has many. */
const builds = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
  const { app } = room.views.columns
  const mine = new Float64Array(room.views.apps.size + 1)
  for (const row of profile.rows) mine[app[row]!]! += weights[row]!
  mine[0] = 0
  const top = mine.indexOf(Math.max(...mine))
  const share = shares(profile, weights, (row) => (app[row] === 0 ? undefined : app[row] === top))
  if (share === undefined || share.accused < 0.85 || share.others > 0.5) return []
  return [
    shareReason(
      'network',
      'trial.build',
      share,
      Math.min(0.9, 0.3 + Math.log10(share.accused / Math.max(share.others, 0.05))),
    ),
  ]
}

/** Nobody to be held to account, where most of the room has an account. */
const guests = (profile: Profile, weights: Float64Array): Reason[] => {
  const share = shares(profile, weights, (row) => profile.known[row] === 0)
  if (share === undefined || share.accused < 0.8 || share.others > 0.4) return []
  return [shareReason('account', 'trial.guests', share, 0.5)]
}

const ages = (profile: Profile, weights: Float64Array, batched: boolean): Reason[] => {
  const reasons: Reason[] = []
  const young = shares(profile, weights, (row) =>
    Number.isNaN(profile.ageDays[row]!) ? undefined : profile.ageDays[row]! < YOUNG_DAYS,
  )
  if (young === undefined) return []
  if (!batched && young.accused - young.others > 0.25)
    reasons.push(
      shareReason(
        'account',
        'trial.young',
        young,
        Math.min(1.2, 1.6 * (young.accused - young.others)),
      ),
    )
  const gap = ageGap(profile, weights)
  if (gap < 0.1)
    reasons.push({
      family: 'account',
      text: say('trial.ages-alike', { gap: { percent: gap } }),
      observed: Math.round(gap * 1000) / 1000,
      expected: { 'bought-traffic': 0.4, 'ordinary-audience': 0.05 },
      weightBans: -0.5,
    })
  return reasons
}

/** Kolmogorov's distance of the account ages of the accused from the others', 0 to 1. */
const ageGap = (profile: Profile, weights: Float64Array): number => {
  const dated = profile.rows.filter((row) => !Number.isNaN(profile.ageDays[row]!))
  const sorted = dated.sort((x, y) => profile.ageDays[x]! - profile.ageDays[y]!)
  const accused = sorted.reduce((sum, row) => sum + weights[row]!, 0)
  const others = sorted.length - accused
  let [a, o, gap] = [0, 0, 0]
  for (const row of sorted) {
    a += weights[row]! / Math.max(1, accused)
    o += (1 - weights[row]!) / Math.max(1, others)
    gap = Math.max(gap, Math.abs(a - o))
  }
  return gap
}

const shareReason = (
  family: Family,
  key: 'trial.server' | 'trial.devices' | 'trial.build' | 'trial.young' | 'trial.guests',
  share: { accused: number; others: number },
  weightBans: number,
): Reason => ({
  family,
  text: say(key, { accused: { percent: share.accused }, others: { percent: share.others } }),
  observed: show({ percent: share.accused }, 'en'),
  expected: { 'ordinary-audience': show({ percent: share.others }, 'en') },
  weightBans,
})
