/**
 * Clicks and "going to buy" banners that no order follows, by accounts that are there for nothing
 * else, against people looking at the window (scenarios S1-17, S3-10; obligations §8, D4).
 *
 * Most people who open a product do not buy it, and a room that sells nothing has broken no rule
 * (S4-12). So a want of orders never speaks first: it only adds to clicks that no person makes, by
 * accounts that do not stay, do not stop, or keep time like a clock. Clicks and orders are counted
 * apart; neither stands in for the other.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { cohortTraits } from '../shared/set-traits.ts'
import type { Detector, Signal } from '../detector.ts'
import { banners, behaviourOf, countsOf } from './reasons.ts'
import { interestOf } from './cues.ts'
import { conversion } from './conversion.ts'
import { groupReason } from '../shared/alike-groups.ts'
import { isMasked } from '../shared/masked-ids.ts'
import { mixture } from '../shared/fitted-share.ts'
import type { Evidence, Room } from '../room.ts'
import { insufficient } from '../shared/insufficient.ts'
import { periodOf } from '../shared/period.ts'

const SUSPECTED = 0.5
const LEAST_ACCOUNTS = 10
/** Who orders is a hundred times less likely staged; a set is chosen before that is held against it. */
const BUYERS_ODDS = 0.01
/** Weaker than this is no finding, and then nobody is suspected. */
const LEAST_BANS = 0.3

export const emptyInterest: Detector = {
  name: 'empty-interest',
  hypotheses: ['staged-interest', 'window-shopping'],
  source: 'obligations §8 D4; OTM21-14(3)',
  weigh: (room, evidence) => {
    if (room.clicks.length + room.banners.length === 0) return []
    if (room.views.joined === 0 || isMasked(room))
      return [
        insufficient(
          room,
          'empty-interest',
          ['staged-interest', 'window-shopping'],
          say('interest.insufficient', {
            clicks: room.clicks.length,
            banners: room.banners.length,
          }),
        ),
      ]
    const signal = suspect(room, evidence)
    return signal === undefined ? [] : [signal]
  },
}

const suspect = (room: Room, evidence: Evidence): Signal | undefined => {
  const interest = interestOf(room)
  const fit = mixture(interest.bans)
  const { orders } = room.accounts.columns
  const chosen = new Uint8Array(room.accounts.length)
  const suspected = new Uint8Array(room.accounts.length)
  const probability = new Float64Array(room.accounts.length)
  let accounts = 0
  for (const [i, account] of interest.accounts.entries()) {
    const behaves = fit.posterior(interest.bans[i]!)
    const p = 1 - (1 - behaves) * (1 - interest.groups.probability[account]!)
    if (p >= SUSPECTED) chosen[account] = 1
    const odds = (p / (1 - p)) * (orders[account]! > 0 ? BUYERS_ODDS : 1)
    probability[account] = odds / (1 + odds)
    if (probability[account] < SUSPECTED) continue
    suspected[account] = 1
    accounts += 1
  }
  const counts = countsOf(room, interest, suspected)
  const behaviour = behaviourOf(interest, counts, accounts)
  const groups = groupReason(
    interest.groups,
    'interest.alike',
    'staged-interest',
    'window-shopping',
  )
  if (accounts < LEAST_ACCOUNTS || behaviour.length + groups.length === 0) return undefined
  const reasons: readonly Reason[] = [
    ...behaviour,
    ...groups,
    ...conversion(room, evidence, (account) => chosen[account] === 1),
    ...banners(counts),
    // Sharing a device is the same fact as sharing it with others who only click.
    ...cohortTraits(room, suspected, 'staged-interest', 'window-shopping').filter(
      ({ family }) => family !== 'network' || groups.length === 0,
    ),
  ]
  const weightBans = reasons.reduce((sum, r) => sum + r.weightBans, 0)
  return {
    kind: 'empty-interest',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'staged-interest', weightBans },
      { name: 'window-shopping', weightBans: 0 },
    ],
    summary: say('interest.summary', {
      clicks: room.clicks.length,
      banners: counts.announced,
      orders: counts.orders,
      accounts,
    }),
    reasons,
    evidence: [],
    ...spanOf(room, suspected),
    suspicions:
      weightBans < LEAST_BANS
        ? []
        : suspicionsOf(room, suspected, probability, [...behaviour, ...groups]),
  }
}

/** Accounts that did nothing else: only these stand accused as a whole, and with them their visits. */
const suspicionsOf = (
  room: Room,
  suspected: Uint8Array,
  probability: Float64Array,
  reasons: readonly Reason[],
): Signal['suspicions'] => {
  const { orders, comments, social } = room.accounts.columns
  const isWhole = (account: number) =>
    suspected[account] === 1 && !(orders[account]! + comments[account]! + social[account]! > 0)
  const accounts = rowsWhere(room.accounts.length, isWhole)
  const owner = room.views.columns.account
  const views = rowsWhere(room.views.length, (row) => owner[row]! > 0 && isWhole(owner[row]! - 1))
  const shared = {
    broadcast: room.broadcast,
    families: [...new Set(reasons.map(({ family }) => family))],
  }
  return [
    {
      kind: 'account',
      ...shared,
      rows: accounts,
      probabilities: Float64Array.from(accounts, (account) => probability[account]!),
    },
    {
      kind: 'view',
      ...shared,
      rows: views,
      probabilities: Float64Array.from(views, (row) => probability[owner[row]! - 1]!),
    },
  ]
}

const rowsWhere = (length: number, holds: (row: number) => boolean): Uint32Array => {
  const rows: number[] = []
  for (let row = 0; row < length; row += 1) if (holds(row)) rows.push(row)
  return Uint32Array.from(rows)
}

const spanOf = (room: Room, suspected: Uint8Array) => {
  const { at, account } = room.clicks.columns
  const times: number[] = []
  for (let i = 0; i < room.clicks.length; i += 1) {
    if (account[i] === 0 || suspected[account[i]! - 1] !== 1) continue
    times.push(at[i]!)
  }
  return times.length > 0
    ? periodOf(Float64Array.from(times))
    : { from: room.firstAt, until: room.lastAt }
}
