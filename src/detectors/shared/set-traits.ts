/**
 * What else sets a suspected set of accounts apart from the rest of the same room: how young they
 * are, and whether they share devices or sit in a data centre. Families `account` and `network`, so
 * that behaviour never stands alone. The rest of the room is its own control group: where everybody
 * is new (a launch) or shares an address (a campus), the ratio is one and nothing is said.
 */
import type { Hypothesis, Reason } from '../../vocabulary/finding.ts'
import { say } from '../../language/say.ts'
import type { Room } from '../room.ts'

/** Young: created within this long before the broadcast began. */
const YOUNG_MS = 30 * 86_400_000
/** Accounts bought together are one fact told many times: at most this many count as independent. */
const INDEPENDENT = 8
/** Model error: neither trait can say more. */
const MAX_BANS = 2
const ENOUGH_SUSPECTED = 10
const ENOUGH_OTHERS = 20

/** @param suspected by account row, 1 for a member of the set. */
export const cohortTraits = (
  room: Room,
  suspected: Uint8Array,
  guilty: Hypothesis,
  innocent: Hypothesis,
): readonly Reason[] => {
  const reasons: Reason[] = []
  const add = (family: 'account' | 'network', trait: Int8Array) => {
    const counts = tally(trait, suspected)
    const weightBans = weigh(counts)
    if (weightBans < 0.1) return
    const values = {
      share: { percent: counts.suspectedWith / counts.suspected },
      others: { percent: counts.othersWith / counts.others },
      accounts: counts.suspected,
    }
    reasons.push({
      family,
      text: family === 'account' ? say('traits.young', values) : say('traits.network', values),
      observed: round(counts.suspectedWith / counts.suspected),
      expected: {
        [guilty]: round(counts.suspectedWith / counts.suspected),
        [innocent]: round(counts.othersWith / counts.others),
      },
      weightBans,
    })
  }
  add('account', youth(room))
  add('network', sharing(room))
  return reasons
}

/** By account row: 1 young, 0 not, −1 not known. */
const youth = (room: Room): Int8Array => {
  const { createdAt } = room.accounts.columns
  const start = Number.isNaN(room.startedAt) ? room.firstAt : room.startedAt
  return Int8Array.from({ length: room.accounts.length }, (_, i) =>
    Number.isNaN(createdAt[i]!) || Number.isNaN(start)
      ? -1
      : Number(createdAt[i]! > start - YOUNG_MS),
  )
}

/** By account row: 1 on a device that another account used or in a data centre, 0 not, −1 not known. */
const sharing = (room: Room): Int8Array => {
  const { account, device, network } = room.views.columns
  const owner = new Int32Array(room.views.devices.size + 1).fill(-1)
  const isShared = new Uint8Array(owner.length)
  for (let i = 0; i < room.views.length; i += 1) {
    const who = account[i]! - 1
    const on = device[i]!
    if (who < 0 || on === 0) continue
    if (owner[on] === -1) owner[on] = who
    else if (owner[on] !== who) isShared[on] = 1
  }
  const datacenter = (room.views.networks.find('datacenter') ?? -2) + 1
  const trait = new Int8Array(room.accounts.length).fill(-1)
  for (let i = 0; i < room.views.length; i += 1) {
    const who = account[i]! - 1
    if (who < 0 || (device[i] === 0 && network[i] === 0)) continue
    const has = isShared[device[i]!] === 1 || network[i] === datacenter
    trait[who] = Math.max(trait[who]!, has ? 1 : 0)
  }
  return trait
}

type Tally = {
  readonly suspected: number
  readonly suspectedWith: number
  readonly others: number
  readonly othersWith: number
}

const tally = (trait: Int8Array, suspected: Uint8Array): Tally => {
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < trait.length; i += 1) {
    if (trait[i]! < 0) continue
    const at = suspected[i] === 1 ? 0 : 2
    counts[at]! += 1
    counts[at + 1]! += trait[i]!
  }
  return {
    suspected: counts[0]!,
    suspectedWith: counts[1]!,
    others: counts[2]!,
    othersWith: counts[3]!,
  }
}

/** log10 likelihood ratio of the set's own rate against the rate of the others, for few members. */
const weigh = (t: Tally): number => {
  if (t.suspected < ENOUGH_SUSPECTED || t.others < ENOUGH_OTHERS) return 0
  const p = t.suspectedWith / t.suspected
  const q = (t.othersWith + 1) / (t.others + 2)
  if (p <= q) return 0
  const divergence = p * Math.log10(p / q) + (p === 1 ? 0 : (1 - p) * Math.log10((1 - p) / (1 - q)))
  return Math.min(MAX_BANS, divergence * Math.min(t.suspected, INDEPENDENT))
}

const round = (x: number): number => Math.round(x * 1000) / 1000
