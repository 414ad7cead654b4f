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
import type { Room } from '../room.ts'
import type { Cohort } from './cohort.ts'
import { activity, purchases } from './habits.ts'
import { ages, builds, devices, guests, servers } from './origins.ts'
import type { Profile } from './profile.ts'

/** The most that one family may say for and against. */
const FAMILY_CAP_BANS = 2.5
const FAMILY_FLOOR_BANS = -1.5
/** What the first, second, … reason of a family counts. */
const DEPENDENT = [1, 0.5]

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
  const weighed = [...new Set(reasons.map(({ family }) => family))].flatMap((family) =>
    share(reasons.filter((reason) => reason.family === family)),
  )
  const byFamily = new Map<Family, number>()
  for (const { family, weightBans } of weighed)
    byFamily.set(family, (byFamily.get(family) ?? 0) + weightBans)
  return {
    reasons: weighed.sort((x, y) => y.weightBans - x.weightBans),
    totalBans: [...byFamily.values()].reduce((sum, bans) => sum + bans, 0),
    byFamily,
    silenceBans: silence[0]?.weightBans ?? 0,
  }
}

/**
 * Reasons of one family depend on one another: on either side the strongest counts in full, the
 * next at half, further ones not at all. What is returned adds up to the family's bounded weight.
 */
const share = (reasons: readonly Reason[]): Reason[] => {
  const rank = (reason: Reason) =>
    reasons.filter(
      (other) =>
        Math.sign(other.weightBans) === Math.sign(reason.weightBans) &&
        (Math.abs(other.weightBans) > Math.abs(reason.weightBans) ||
          (other.weightBans === reason.weightBans &&
            reasons.indexOf(other) < reasons.indexOf(reason))),
    ).length
  const counted = reasons.map((reason) => reason.weightBans * (DEPENDENT[rank(reason)] ?? 0))
  const sum = counted.reduce((total, bans) => total + bans, 0)
  const bounded = Math.min(FAMILY_CAP_BANS, Math.max(FAMILY_FLOOR_BANS, sum))
  const scale = sum === 0 ? 0 : bounded / sum
  return reasons.map((reason, i) => ({ ...reason, weightBans: counted[i]! * scale }))
}
