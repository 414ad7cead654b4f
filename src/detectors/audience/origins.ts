/**
 * Do they come from where people come? Shares of a property among the accused against the others:
 * data centres, handsets that change accounts, one build of the app, young accounts, none at all.
 */
import type { Family, Reason } from '../../vocabulary/finding.ts'
import { say } from '../../language/say.ts'
import { show } from '../../language/sentence.ts'
import type { Room } from '../room.ts'
import type { Profile } from './profile.ts'
import { FAMILY_ACCOUNTS, peoplePerDevice } from './shared.ts'

const YOUNG_DAYS = 30

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

export const servers = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
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

export const devices = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
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
export const builds = (profile: Profile, room: Room, weights: Float64Array): Reason[] => {
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
export const guests = (profile: Profile, weights: Float64Array): Reason[] => {
  const share = shares(profile, weights, (row) => profile.known[row] === 0)
  if (share === undefined || share.accused < 0.8 || share.others > 0.4) return []
  return [shareReason('account', 'trial.guests', share, 0.5)]
}

export const ages = (profile: Profile, weights: Float64Array, batched: boolean): Reason[] => {
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
