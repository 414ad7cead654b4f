/**
 * What may be odd about an account that likes, each oddity as a weight in bans for "bought" against
 * "eager". The cues of one account lean on the same few taps, so the strongest counts in full and
 * the others for a fraction.
 */
import { FingerprintSet } from '../../sketches/fingerprint-set.ts'
import { briefActors } from '../shared/brief-actors.ts'
import { presence, type Presence } from '../shared/dwell.ts'
import type { Room } from '../room.ts'

export type LikeCue = {
  readonly key: 'likes.too-fast' | 'likes.no-dwell' | 'likes.arrive-to-like' | 'likes.equal-totals'
  /** By index of `LikeCues.accounts`; 0 where the cue is silent. */
  readonly bans: Float64Array
  /** Accounts of this kind that an innocent room would have had. */
  readonly expectedAccounts: number
  readonly values: { readonly bound: number; readonly expected: number }
}

export type LikeCues = {
  /** Account rows that sent a like. */
  readonly accounts: Uint32Array
  readonly bans: Float64Array
  readonly list: readonly LikeCue[]
  /** 1 where the account did nothing but like, with no dwell or at an impossible rate. */
  readonly isWholePresence: Uint8Array
}

/** Two hands of two fingers, sustained: above every published norm. Fans stay below it. */
const MAX_TAPS_PER_SECOND = 15
/** Nobody keeps up the 10-second effort of a tapping test for this long. */
const FATIGUE_MS = 600_000
const TIRED_TAPS_PER_SECOND = 6
/** Clients send taps in batches, and clocks round: time given to every account. */
const GRACE_MS = 3000
/** A stay shorter than this is no dwell: the page has hardly drawn. */
const NO_DWELL_MS = 3000
/** A stay in which hardly anybody both looks and taps this often. */
const HASTY_MS = 10_000
const HASTY_TAPS = 20
/** Newcomers that like within a minute of joining, where the room itself does not say. */
const NEWCOMER_LIKERS = 0.1
const MINUTE_MS = 60_000
/** A set smaller than this may be friends. */
const ENOUGH_ACCOUNTS = 20
/** Cues after the strongest count for this fraction. */
const FURTHER_CUES = 0.3
/** No cue at all where machines mostly show one; and each kind of act that likes are not sold with. */
const QUIET_BANS = -0.5
const OTHER_ACT_BANS = -0.7

export const likeCues = (room: Room): LikeCues => {
  const a = room.accounts.columns
  const accounts = Uint32Array.from(rowsWithLikes(room))
  const there = presence(room)
  const fast = tooFast(room, accounts, there)
  const idle = noDwell(room, accounts, there)
  const arriving = arriveToLike(room, accounts, there)
  const equal = equalTotals(room, accounts)
  const list = [fast, idle, arriving, equal]
  const isWholePresence = new Uint8Array(accounts.length)
  const bans = Float64Array.from(accounts, (account, i) => {
    const weights = list.map((cue) => cue.bans[i]!)
    const top = Math.max(...weights)
    const rest = weights.reduce((sum, w) => sum + w, 0) - top
    const others =
      Number(a.comments[account]! > 0) +
      Number(a.clicks[account]! > 0) +
      Number(a.social[account]! > 0) +
      2 * Number(a.orders[account]! > 0)
    if (others === 0 && (fast.bans[i]! > 0 || idle.bans[i]! > 0)) isWholePresence[i] = 1
    return (top > 0 ? top + FURTHER_CUES * rest : QUIET_BANS) + others * OTHER_ACT_BANS
  })
  return { accounts, bans, list, isWholePresence }
}

const rowsWithLikes = (room: Room): number[] => {
  const { taps } = room.accounts.columns
  const rows: number[] = []
  for (let i = 0; i < room.accounts.length; i += 1) if (taps[i]! > 0) rows.push(i)
  return rows
}

/** More taps than hands can make in the time that the account was there. */
const tooFast = (room: Room, accounts: Uint32Array, there: Presence): LikeCue => {
  const { taps } = room.accounts.columns
  const span = likeSpans(room)
  const bans = Float64Array.from(accounts, (account) => {
    // Where no view says how long, the time between its likes; the first batch has no known length.
    const isSeen = there.isMeasured && !Number.isNaN(there.dwellMs[account]!)
    const ms = isSeen ? Math.max(there.dwellMs[account]!, span.ms[account]!) : span.ms[account]!
    const count = isSeen ? taps[account]! : taps[account]! - span.firstCount[account]!
    const ratio = (count * 1000) / (MAX_TAPS_PER_SECOND * (ms + GRACE_MS))
    if (ratio > 1) return Math.min(3, 1.5 + 2 * Math.log10(ratio))
    const isTireless = ms >= FATIGUE_MS && (count * 1000) / ms >= TIRED_TAPS_PER_SECOND
    return isTireless ? 1.5 : 0
  })
  return {
    key: 'likes.too-fast',
    bans,
    expectedAccounts: 0,
    values: { bound: MAX_TAPS_PER_SECOND, expected: 0 },
  }
}

const likeSpans = (room: Room) => {
  const { at, account, count } = room.likes.columns
  const first = new Float64Array(room.accounts.length).fill(Number.POSITIVE_INFINITY)
  const ms = new Float64Array(room.accounts.length)
  const firstCount = new Float64Array(room.accounts.length)
  const last = new Float64Array(room.accounts.length).fill(Number.NEGATIVE_INFINITY)
  for (let i = 0; i < room.likes.length; i += 1) {
    const who = account[i]! - 1
    if (who < 0) continue
    if (at[i]! < first[who]!) {
      first[who] = at[i]!
      firstCount[who] = count[i]!
    }
    last[who] = Math.max(last[who]!, at[i]!)
    ms[who] = last[who] - first[who]!
  }
  return { ms, firstCount }
}

/** Likes by accounts that hardly were there, or tapped more in a few seconds than a look allows. */
const noDwell = (room: Room, accounts: Uint32Array, there: Presence): LikeCue => {
  const { taps } = room.accounts.columns
  const idle = briefActors(there, (i) => taps[i]! > 0, NO_DWELL_MS, 2)
  const hasty = briefActors(there, (i) => taps[i]! >= HASTY_TAPS, HASTY_MS, 2)
  const expected = Math.round(Math.max(idle.expected, hasty.expected))
  return {
    key: 'likes.no-dwell',
    bans: Float64Array.from(accounts, (account) =>
      Math.max(idle.has[account]! * idle.bans, hasty.has[account]! * hasty.bans),
    ),
    expectedAccounts: expected,
    values: { bound: NO_DWELL_MS / 1000, expected },
  }
}

/**
 * Minutes in which newcomers like far more often than newcomers of other minutes, and more often
 * than those who were there already. A host who calls for likes moves the ones who hear him; a
 * home-page push brings newcomers who behave as newcomers do.
 */
const arriveToLike = (room: Room, accounts: Uint32Array, there: Presence): LikeCue => {
  const bans = new Float64Array(accounts.length)
  const minutes = Math.ceil((room.lastAt - room.firstAt + 1) / MINUTE_MS)
  const silent: LikeCue = {
    key: 'likes.arrive-to-like',
    bans,
    expectedAccounts: 0,
    values: { bound: 60, expected: 0 },
  }
  if (!(minutes >= 5) || !there.isMeasured) return silent
  const m = likeMinutes(room, there, minutes)
  const rates: number[] = []
  for (let i = 0; i < minutes; i += 1) if (m.joined[i]! >= 5) rates.push(m.liked[i]! / m.joined[i]!)
  rates.sort((x, y) => x - y)
  const usual = Math.max(NEWCOMER_LIKERS, rates[rates.length >> 1] ?? 0)
  let expectedAll = 0
  const weights = new Float64Array(minutes)
  for (let i = 0; i < minutes; i += 1) {
    const rate = m.liked[i]! / m.joined[i]!
    const stayers = m.tapping[i]! / Math.max(1, m.present[i]!)
    const isBurst = m.liked[i]! >= ENOUGH_ACCOUNTS && rate >= usual + 0.3 && rate >= 2 * stayers
    if (!isBurst) continue
    const expected = ((m.joined[i]! - m.liked[i]!) * usual) / (1 - usual)
    weights[i] = excess(m.liked[i]!, expected, 1.5)
    expectedAll += expected
  }
  for (let i = 0; i < accounts.length; i += 1) {
    const minute = m.likedIn[accounts[i]!]!
    if (minute >= 0) bans[i] = weights[minute]!
  }
  return {
    ...silent,
    expectedAccounts: expectedAll,
    values: { bound: 60, expected: Math.round(expectedAll) },
  }
}

const likeMinutes = (room: Room, there: Presence, minutes: number) => {
  const { at, account } = room.likes.columns
  const joined = new Uint32Array(minutes)
  const liked = new Uint32Array(minutes)
  const tapping = new Uint32Array(minutes)
  const present = new Int32Array(minutes + 1)
  /** By account: the minute of its join when it liked within a minute of it; else −1. */
  const likedIn = new Int32Array(room.accounts.length).fill(-1)
  const minuteOf = (time: number) =>
    Math.min(minutes - 1, Math.max(0, Math.floor((time - room.firstAt) / MINUTE_MS)))
  for (let i = 0; i < room.accounts.length; i += 1) {
    const start = there.joinedAt[i]!
    if (Number.isNaN(start)) continue
    joined[minuteOf(start)]! += 1
    // Present from the minute after joining: until then it is a newcomer.
    const from = minuteOf(start) + 1
    const until = minuteOf(start + there.dwellMs[i]!)
    if (until < from) continue
    present[from]! += 1
    present[until + 1]! -= 1
  }
  for (let i = 1; i < minutes; i += 1) present[i]! += present[i - 1]!
  const seen = new FingerprintSet()
  for (let i = 0; i < room.likes.length; i += 1) {
    const who = account[i]! - 1
    if (who < 0 || Number.isNaN(there.joinedAt[who]!)) continue
    const join = minuteOf(there.joinedAt[who]!)
    const minute = minuteOf(at[i]!)
    if (at[i]! - there.joinedAt[who]! <= MINUTE_MS && likedIn[who]! < 0) {
      likedIn[who] = join
      liked[join]! += 1
    }
    if (minute > join && seen.add(who, minute + 1)) tapping[minute]! += 1
  }
  return { joined, liked, tapping, present, likedIn }
}

/**
 * Many accounts with exactly one total, where totals of people spread. Clients that send taps in
 * batches make round totals common, so a total counts only from five batches on.
 */
const equalTotals = (room: Room, accounts: Uint32Array): LikeCue => {
  const { taps } = room.accounts.columns
  const batch = modalCount(room)
  const totals = new Map<number, number>()
  for (const account of accounts) totals.set(taps[account]!, (totals.get(taps[account]!) ?? 0) + 1)
  const weights = new Map<number, number>()
  let expectedAll = 0
  for (const [total, people] of totals) {
    if (people < ENOUGH_ACCOUNTS || total < 10 || total < 5 * batch) continue
    let next = 0
    for (const [other, n] of totals)
      if (other !== total && other >= total / 2 && other <= total * 2) next = Math.max(next, n)
    if (people < 5 * next) continue
    weights.set(total, excess(people, next, 1))
    expectedAll += next
  }
  return {
    key: 'likes.equal-totals',
    bans: Float64Array.from(accounts, (account) => weights.get(taps[account]!) ?? 0),
    expectedAccounts: expectedAll,
    values: { bound: ENOUGH_ACCOUNTS, expected: expectedAll },
  }
}

const modalCount = (room: Room): number => {
  const { count } = room.likes.columns
  const seen = new Map<number, number>()
  for (let i = 0; i < room.likes.length; i += 1) seen.set(count[i]!, (seen.get(count[i]!) ?? 0) + 1)
  let mode = 1
  for (const [value, n] of seen) if (n > (seen.get(mode) ?? 0)) mode = value
  return mode
}

/** log10 of how many times more there are than foretold, between 0 and `most`; small sets say little. */
const excess = (found: number, expected: number, most: number): number =>
  Math.min(most, Math.max(0, Math.log10((found + 2) / (expected + 2))))
