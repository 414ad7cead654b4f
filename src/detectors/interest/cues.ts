/**
 * How each account shows interest in goods: by clicks, and by banners that name it. Weights in bans
 * for "staged" against "looking"; a person who orders, talks or follows is hardly staged.
 */
import { briefActors } from '../shared/brief-actors.ts'
import { presence } from '../shared/dwell.ts'
import { alikeGroups, type AlikeGroups } from '../shared/alike-groups.ts'
import type { Room } from '../room.ts'
import { doesOnlyClick, onlyClicks, type OnlyClicks } from './only-clicks.ts'

export type Interest = {
  /** Account rows that clicked or were named by a "going to buy" banner. */
  readonly accounts: Uint32Array
  /** By index of `accounts`: what they do in the room, orders and addresses left aside. */
  readonly bans: Float64Array
  readonly only: OnlyClicks
  /** Those who share an address or a device with others that only click, as they do. */
  readonly groups: AlikeGroups
  /** By index of `accounts`: hardly in the room; and clicking without pause or like a clock. */
  readonly isBrief: Uint8Array
  readonly isDriven: Uint8Array
}

/** A product card takes seconds to find and to read. */
const BRIEF_MS = 5000
const MAX_BRIEF_BANS = 1.5
/** A person reads what he opened; nobody opens five cards at a second each. */
const PACE_MS = 1000
const PACE_CLICKS = 5
/** As for comments: gaps of people vary as much as their mean. */
const REGULAR_SPREAD = 0.15
const REGULAR_GAPS = 6
const DRIVEN_BANS = 1
/** Opening goods again and again without buying: people do, for an evening; it only adds to a cue. */
const MANY_ACTS = 10
const MANY_BANS = 0.5
const QUIET_BANS = -0.5
const OTHER_ACT_BANS = -0.5

export const interestOf = (room: Room): Interest => {
  const a = room.accounts.columns
  const there = presence(room)
  const named = namedBy(room)
  const driven = drivenClickers(room)
  const accounts = Uint32Array.from(
    Array.from({ length: room.accounts.length }, (_, i) => i).filter(
      (i) => a.clicks[i]! > 0 || named[i]! > 0,
    ),
  )
  const brief = briefActors(
    there,
    (i) => a.clicks[i]! > 0 || named[i]! > 0,
    BRIEF_MS,
    MAX_BRIEF_BANS,
  )
  const isBrief = Uint8Array.from(accounts, (account) => brief.has[account]!)
  const isDriven = Uint8Array.from(accounts, (account) => driven[account]!)
  const does = Uint8Array.from({ length: room.accounts.length }, (_, i) =>
    Number(doesOnlyClick(room, i)),
  )
  const groups = alikeGroups(room, does)
  const only = onlyClicks(room, there)
  // Once addresses have told whose the excess is, others answer only for what remains of it.
  const rest =
    groups.groups === 0 ? only : onlyClicks(room, there, (i) => groups.probability[i]! > 0)
  const bans = Float64Array.from(accounts, (account, i) => {
    const acts = Math.max(a.clicks[account]!, named[account]!)
    const odd = brief.bans * isBrief[i]! + DRIVEN_BANS * isDriven[i]!
    const isVain = odd > 0 && acts >= MANY_ACTS && a.orders[account] === 0
    const cues = Math.max(
      odd + (isVain ? MANY_BANS : 0),
      (groups.probability[account]! > 0 ? only : rest).bans[account]!,
    )
    const others = Number(a.comments[account]! > 0) + Number(a.social[account]! > 0)
    return (cues > 0 ? cues : QUIET_BANS) + others * OTHER_ACT_BANS
  })
  return { accounts, bans, only, groups, isBrief, isDriven }
}

/** By account: how many "going to buy" banners named it. */
const namedBy = (room: Room): Uint32Array => {
  const { kind, account } = room.banners.columns
  const named = new Uint32Array(room.accounts.length)
  for (let i = 0; i < room.banners.length; i += 1)
    if (kind[i] === 1 && account[i]! > 0) named[account[i]! - 1]! += 1
  return named
}

const drivenClickers = (room: Room): Uint8Array => {
  const { at, account } = room.clicks.columns
  const times = new Map<number, number[]>()
  for (let i = 0; i < room.clicks.length; i += 1) {
    if (account[i] === 0 || room.accounts.columns.clicks[account[i]! - 1]! < PACE_CLICKS) continue
    const own = times.get(account[i]! - 1)
    if (own === undefined) times.set(account[i]! - 1, [at[i]!])
    else own.push(at[i]!)
  }
  const driven = new Uint8Array(room.accounts.length)
  for (const [who, own] of times) {
    own.sort((x, y) => x - y)
    const gaps = own.length - 1
    const mean = (own[gaps]! - own[0]!) / gaps
    let square = 0
    for (let i = 0; i < gaps; i += 1) square += (own[i + 1]! - own[i]! - mean) ** 2
    const isRegular = gaps >= REGULAR_GAPS && Math.sqrt(square / gaps) < REGULAR_SPREAD * mean
    if (mean < PACE_MS || isRegular) driven[who] = 1
  }
  return driven
}
