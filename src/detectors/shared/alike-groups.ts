/**
 * Accounts on one address or device that nearly all do one and the same thing. A campus, an office
 * or a carrier puts hundreds behind one address, but they are as mixed there as anywhere: the rest of
 * the room is the control. What a hired set shares is both the address and the deed. Each group is
 * tried by the log-likelihood ratio of its count, less the number of groups tried (Bonferroni).
 */
import { say } from '../../language/say.ts'
import { FingerprintSet } from '../../sketches/fingerprint-set.ts'
import type { Hypothesis, Reason } from '../../vocabulary/finding.ts'
import type { Room } from '../room.ts'

export type AlikeGroups = {
  /** By account row: probability of being hired, for those who do the deed in a convicted group. */
  readonly probability: Float64Array
  readonly groups: number
  /** Accounts in convicted groups, those of them that do the deed, and the usual share elsewhere. */
  readonly members: number
  readonly doers: number
  readonly usual: number
  /** For the groups as a whole; 0 where none was convicted. */
  readonly weightBans: number
}

/** Smaller groups are families and flat-shares, who like and say the same things. */
const LEAST_DOERS = 5
/** A hired set does the same thing but for those whose records were lost or who were idle. */
const HIRED_SHARE = 0.75
/** However rare the deed is in this room, less than this is not believed of people. */
const LEAST_USUAL = 0.02
/** A group is convicted from this weight on, after the number of groups tried. */
const CONVICTING_BANS = 2
/** Model error: an address says no more than this. */
const MAX_BANS = 2

/** @param does by account row, 1 for one that does the deed and nothing else. */
export const alikeGroups = (room: Room, does: Uint8Array): AlikeGroups => {
  const probability = new Float64Array(room.accounts.length)
  const convicted = new Uint8Array(room.accounts.length)
  let [groups, weightBans] = [0, 0]
  const usual = usualShare(room, does)
  for (const key of [room.views.columns.device, room.views.columns.ip]) {
    const { all, doing } = tally(room, key, does)
    const tried = all.reduce((sum, n) => sum + Number(n >= LEAST_DOERS), 0)
    const weights = Float64Array.from(all, (n, group) =>
      doing[group]! < LEAST_DOERS ? 0 : ratio(doing[group]!, n, usual) - Math.log10(tried),
    )
    for (const weight of weights) {
      if (weight < CONVICTING_BANS) continue
      groups += 1
      weightBans = Math.min(MAX_BANS, weightBans + weight)
    }
    for (let row = 0; row < room.views.length; row += 1) {
      const account = room.views.columns.account[row]! - 1
      const group = key[row]!
      if (account < 0 || group === 0 || weights[group]! < CONVICTING_BANS) continue
      convicted[account] = 1
      if (does[account] !== 1) continue
      // So many of the group would do it anyway; the others were told to.
      const people = (usual * all[group]!) / doing[group]!
      probability[account] = Math.max(probability[account]!, 1 - people)
    }
  }
  const members = convicted.reduce((sum, n) => sum + n, 0)
  const doers = convicted.reduce((sum, n, account) => sum + n * does[account]!, 0)
  return { probability, groups, members, doers, usual, weightBans }
}

/** The reason that the groups give, or none. Family `network`. */
export const groupReason = (
  found: AlikeGroups,
  key: 'comments.alike' | 'interest.alike',
  guilty: Hypothesis,
  innocent: Hypothesis,
): readonly Reason[] =>
  found.groups === 0
    ? []
    : [
        {
          family: 'network',
          text: say(key, {
            groups: found.groups,
            members: found.members,
            doers: found.doers,
            usual: { percent: found.usual },
          }),
          observed: found.doers,
          expected: { [guilty]: found.doers, [innocent]: Math.round(found.members * found.usual) },
          weightBans: found.weightBans,
        },
      ]

/** Share of those who do the deed among accounts that share neither an address nor a device. */
const usualShare = (room: Room, does: Uint8Array): number => {
  const { account, device, ip } = room.views.columns
  const devices = tally(room, device, does).all
  const addresses = tally(room, ip, does).all
  const isAlone = new Uint8Array(room.accounts.length)
  for (let row = 0; row < room.views.length; row += 1) {
    const who = account[row]! - 1
    if (who < 0) continue
    const shares = devices[device[row]!]! >= LEAST_DOERS || addresses[ip[row]!]! >= LEAST_DOERS
    if (!shares && (device[row]! > 0 || ip[row]! > 0)) isAlone[who] = 1
  }
  let [alone, doing] = [2, 1]
  for (let i = 0; i < isAlone.length; i += 1) {
    alone += isAlone[i]!
    doing += isAlone[i]! * does[i]!
  }
  return Math.max(LEAST_USUAL, doing / alone)
}

/** Accounts by number of a group, 0 left empty, and those of them that do the deed. */
const tally = (room: Room, key: Uint32Array, does: Uint8Array) => {
  const { account } = room.views.columns
  let most = 0
  for (let row = 0; row < room.views.length; row += 1) most = Math.max(most, key[row]!)
  const all = new Uint32Array(most + 1)
  const doing = new Uint32Array(most + 1)
  const met = new FingerprintSet()
  for (let row = 0; row < room.views.length; row += 1) {
    if (account[row] === 0 || key[row] === 0 || !met.add(key[row]!, account[row]!)) continue
    all[key[row]!]! += 1
    doing[key[row]!]! += does[account[row]! - 1]!
  }
  return { all, doing }
}

/** log10 P(k of n | hired) / P(k of n | people of this room). */
const ratio = (k: number, n: number, usual: number): number =>
  usual >= HIRED_SHARE
    ? 0
    : k * Math.log10(HIRED_SHARE / usual) + (n - k) * Math.log10((1 - HIRED_SHARE) / (1 - usual))
