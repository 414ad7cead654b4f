/**
 * Do those who click ever buy? The yardstick is the other clickers of the same room in the same ten
 * minutes, because conversion differs tenfold by trade and price, and in a flash sale nearly all who
 * click go away with nothing.
 */
import { say } from '../../language/say.ts'
import { betaBinomialBans } from '../../sketches/beta-binomial.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import type { Evidence, Room } from '../room.ts'

/** Conversion differs by trade, price and hour: it may support, never carry. */
const MAX_BANS = 1.5
/** The same where the evidence holds no order at all, so that orders may simply not be in it. */
const MAX_UNSEEN_ORDERS_BANS = 0.5
/**
 * Share of people who click and then order. Beta(1.2, 12): mean 9 %, 90 % between 1 % and 24 %, wide
 * on purpose because published rates differ tenfold by trade (assumption, to be replaced by the
 * platform's own). Staged clicks: Beta(0.3, 60), nearly none.
 */
const GENUINE = { a: 1.2, b: 12 } as const
const STAGED = { a: 0.3, b: 60 } as const
/** People who click and keep silent are granted to buy half as often as those who also talk or like. */
const QUIET_BUYERS = 0.5
/** A rate of the room is known as well as that of so many people at most (model error). */
const MOST_KNOWN = 50
const BIN_MS = 600_000
/** A bin with few others borrows from the rest of the room, as much as so many people. */
const BORROWED = 10
const ENOUGH_OTHERS = 20
const ENOUGH_BUYERS = 3

export type Contrast = {
  readonly clickers: number
  readonly buyers: number
  readonly others: number
  readonly otherBuyers: number
  /** For a staged set against people of this room; negative where the set buys as people do. */
  readonly weightBans: number
}

/** @returns undefined where the other clickers are too few, or buy too little, to be a yardstick. */
export const contrast = (
  room: Room,
  isMember: (account: number) => boolean,
  isOther: (account: number) => boolean,
): Contrast | undefined => {
  const bins = Math.max(1, Math.ceil((room.lastAt - room.firstAt + 1) / BIN_MS))
  const count = { members: new Uint32Array(bins), others: new Uint32Array(bins) }
  const bought = new Uint32Array(bins)
  const { orders } = room.accounts.columns
  let [clickers, buyers, others, otherBuyers] = [0, 0, 0, 0]
  const firstClickAt = firstClicks(room)
  for (let i = 0; i < room.accounts.length; i += 1) {
    if (Number.isNaN(firstClickAt[i]!)) continue
    const bin = Math.min(bins - 1, Math.floor((firstClickAt[i]! - room.firstAt) / BIN_MS))
    const buys = Number(orders[i]! > 0)
    if (isMember(i)) {
      clickers += 1
      buyers += buys
      count.members[bin]! += 1
    } else if (isOther(i)) {
      others += 1
      otherBuyers += buys
      count.others[bin]! += 1
      bought[bin]! += buys
    }
  }
  if (clickers === 0 || others < ENOUGH_OTHERS || otherBuyers < ENOUGH_BUYERS) return undefined
  const overall = otherBuyers / others
  let rate = 0
  for (let bin = 0; bin < bins; bin += 1)
    rate +=
      (count.members[bin]! / clickers) *
      ((bought[bin]! + BORROWED * overall) / (count.others[bin]! + BORROWED))
  const known = Math.min(MOST_KNOWN, others)
  const people = { a: rate * QUIET_BUYERS * known, b: (1 - rate * QUIET_BUYERS) * known }
  const weight =
    betaBinomialBans(buyers, clickers, STAGED) - betaBinomialBans(buyers, clickers, people)
  return {
    clickers,
    buyers,
    others,
    otherBuyers,
    weightBans: Math.max(-MAX_BANS, Math.min(MAX_BANS, weight)),
  }
}

/** The suspected against the room's other clickers, or all clickers against a wide base rate. */
export const conversion = (
  room: Room,
  evidence: Evidence,
  isSuspected: (account: number) => boolean,
): readonly Reason[] => {
  const known = ordersOf(room, evidence)
  const all = contrastOfAll(room)
  // Orders that no account of the room placed: buyers go by other ids, so nothing can be joined.
  if (known > 0 && all.orders === 0) return []
  const found = contrast(room, isSuspected, () => true)
  if (found !== undefined) {
    const { clickers, buyers, others, otherBuyers, weightBans } = found
    const rate = otherBuyers / others
    return [
      {
        family: 'transaction',
        text: say('interest.contrast', {
          clickers,
          buyers,
          others,
          otherBuyers,
          rate: { percent: rate },
        }),
        observed: buyers,
        expected: { 'staged-interest': 0, 'window-shopping': Math.round(clickers * rate) },
        weightBans,
      },
    ]
  }
  const { clickers, buyers } = all
  const weight =
    betaBinomialBans(buyers, clickers, STAGED) - betaBinomialBans(buyers, clickers, GENUINE)
  const cap = known > 0 ? MAX_BANS : MAX_UNSEEN_ORDERS_BANS
  const weightBans = Math.max(-cap, Math.min(cap, weight))
  if (clickers === 0 || Math.abs(weightBans) < 0.1) return []
  const usual = GENUINE.a / (GENUINE.a + GENUINE.b)
  return [
    {
      family: 'transaction',
      text: say('interest.conversion', {
        clickers,
        buyers,
        rate: { percent: buyers / clickers },
        usual: { percent: usual },
      }),
      observed: buyers,
      expected: { 'staged-interest': 0, 'window-shopping': Math.round(clickers * usual) },
      weightBans,
    },
  ]
}

const contrastOfAll = (room: Room) => {
  const { clicks, orders } = room.accounts.columns
  const all = { clickers: 0, buyers: 0, orders: 0 }
  for (let i = 0; i < room.accounts.length; i += 1) {
    all.orders += orders[i]!
    if (clicks[i] === 0) continue
    all.clickers += 1
    if (orders[i]! > 0) all.buyers += 1
  }
  return all
}

const firstClicks = (room: Room): Float64Array => {
  const { at, account } = room.clicks.columns
  const first = new Float64Array(room.accounts.length).fill(Number.NaN)
  for (let i = 0; i < room.clicks.length; i += 1) {
    const who = account[i]! - 1
    if (who >= 0 && !(first[who]! <= at[i]!)) first[who] = at[i]!
  }
  return first
}

const ordersOf = (room: Room, evidence: Evidence): number => {
  const number = evidence.orders.broadcasts.find(room.broadcast)
  if (number === undefined) return 0
  const { broadcast } = evidence.orders.columns
  let count = 0
  for (let i = 0; i < evidence.orders.length; i += 1) if (broadcast[i] === number + 1) count += 1
  return count
}
