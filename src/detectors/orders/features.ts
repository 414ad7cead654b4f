/**
 * Self-brushing or an attack by a third party: the features that tell them apart, and both from
 * honest returns (obligations table §8.3). Each compares the suspected orders of one affair with
 * the other orders of the same affair, so that a campus, a fan base or a pay-later habit that all
 * buyers share weighs nothing; where the other orders may be staged as well, with what honest
 * commerce shows at most. A feature whose data is missing is absent, never zero.
 *
 * The weights are a judgement: each is capped at 1.5 bans, and none alone decides.
 */
import { say } from '../../language/say.ts'
import type { Interner } from '../../sketches/interner.ts'
import type { Affair } from './affair.ts'
import { keptOrders, refundReasons, refundTiming, shipping } from './aftermath.ts'
import {
  contrast,
  percents,
  shares,
  suspectedRows,
  type Feature,
  type FeatureContext,
  type Weigher,
} from './contrast.ts'
import { nameIn, orderedAt } from './groups.ts'
import { saysNothing } from './links.ts'
import { ABSENT, DEVICE, PAYER, PREMISES } from './marks.ts'
import { unrecordedShare } from './sightings.ts'

/**
 * Where there is a ring, the links are weighed of its members alone, so that goods honestly given
 * back beside it do not water it down, nor borrow its weight.
 */
export const featuresOf = (context: FeatureContext, affair: Affair): Feature[] => {
  const linked = affair.ring.includes(1) ? { ...affair, suspected: affair.ring } : affair
  return [
    payers(context, linked),
    strangersPay(context, linked),
    devices(context, linked),
    premises(context, linked),
    absence(linked),
    ownMoney(context, affair),
    refundTiming(context, affair),
    refundReasons(context, affair),
    shipping(context, linked),
    keptOrders(context, linked),
    hostCalls(context, linked),
  ].filter((feature) => feature !== undefined)
}

/**
 * People pay for themselves and their family. Whoever brushes his own orders funds them himself,
 * through few payers; those of an attacker are linked to nobody here (§8.3, "funding").
 */
const payers: Weigher = ({ orders, links }, affair) =>
  contrast(
    affair,
    (i) =>
      saysNothing(links.payer, orders.columns.payer[affair.rows[i]!]!)
        ? undefined
        : has(affair, i, PAYER),
    {
      family: 'transaction',
      key: 'order.payers',
      most: 1,
      least: -0.1,
      honest: 0.1,
      lessForAttack: 0.4,
      lessForBrushing: 0.2,
    },
  )

const strangersPay: Weigher = ({ orders, links }, affair) => {
  const { payer, buyer } = orders.columns
  const { payerAsBuyer } = links
  if (payerAsBuyer === undefined) return undefined
  return contrast(
    affair,
    (i) => {
      const row = affair.rows[i]!
      return payer[row] === 0 ? undefined : payerAsBuyer[payer[row]! - 1] !== buyer[row]
    },
    { family: 'transaction', key: 'order.strangers-pay', most: 0.5, least: 0 },
  )
}

const devices: Weigher = ({ orders }, affair) =>
  contrast(
    affair,
    (i) => (orders.columns.device[affair.rows[i]!] === 0 ? undefined : has(affair, i, DEVICE)),
    { family: 'network', key: 'order.devices', most: 1, least: -0.1 },
  )

/** Weak whatever the share: an address or an IP is shared honestly every day. */
const premises: Weigher = ({ orders }, affair) => {
  const { address, ip } = orders.columns
  return contrast(
    affair,
    (i) => {
      const row = affair.rows[i]!
      return address[row] === 0 && ip[row] === 0 ? undefined : has(affair, i, PREMISES)
    },
    { family: 'network', key: 'order.premises', most: 0.3, least: 0 },
  )
}

/** Honest buyers may come by a link past the room, though it records every visit: one in four. */
const PAST_THE_ROOM = 0.25

const absence = (affair: Affair): Feature | undefined => {
  const unrecorded = affair.room === undefined ? undefined : unrecordedShare(affair.room)
  return contrast(affair, (i) => (affair.sighted[i] === 0 ? undefined : has(affair, i, ABSENT)), {
    family: 'behaviour',
    key: 'order.absence',
    most: 0.8,
    least: -0.2,
    honest: unrecorded === undefined ? 1 : Math.max(PAST_THE_ROOM, unrecorded),
  })
}

const has = ({ marks }: Affair, index: number, mark: number): boolean =>
  (marks[index]! & mark) !== 0

/** Orders paid or made by the operator, a host or the merchant itself. */
const ownMoney: Weigher = ({ orders }, affair) => {
  const { payer, buyer, merchant } = orders.columns
  const own = [affair.room?.operator ?? '', ...(affair.room?.hosts.map((h) => h.account) ?? [])]
  const isOwn = new Map(
    affair.cells.map((cell) => {
      const names = [...own, nameIn(orders.merchants, cell.merchant)].filter((name) => name !== '')
      return [
        cell.merchant,
        { payers: numbersOf(orders.payers, names), buyers: numbersOf(orders.buyers, names) },
      ]
    }),
  )
  const rows = suspectedRows(affair)
  const count = rows.filter((row) => {
    const people = isOwn.get(merchant[row]!)
    return (
      people !== undefined && (people.payers.has(payer[row]!) || people.buyers.has(buyer[row]!))
    )
  }).length
  if (count < 3 || count < 0.05 * rows.length) return undefined
  return {
    family: 'account',
    text: say('order.own-money', { count, total: rows.length }),
    observed: count,
    expected: { 'self-brushing': rows.length, 'third-party-attack': 0, 'honest-returns': 0 },
    brushingBans: 1.5,
    attackBans: -0.5,
  }
}

/** Column values (numbers + 1) of those of `names` that were interned. */
const numbersOf = (interner: Interner, names: readonly string[]): Set<number> =>
  new Set(names.map((name) => interner.find(name)).flatMap((n) => (n === undefined ? [] : [n + 1])))

/** Numbers of orders or pieces called out on air. */
const CALL = /\d+\s*(单|件|套|万|orders?|pieces?|left|more)|破\s*\d|冲\s*\d|再来|last call/i
const CALL_WINDOW_MS = 120_000

/** Brushed orders answer the host's calls more than the public does, an attacker's do not. */
const hostCalls: Weigher = ({ orders }, affair) => {
  const calls = (affair.room?.captions ?? [])
    .filter((caption) => CALL.test(caption.text))
    .map((caption) => caption.until)
    .sort((a, b) => a - b)
  if (calls.length < 3) return undefined
  const share = shares(affair, (i) => {
    const at = orderedAt(orders, affair.rows[i]!)
    const call = lastUpTo(calls, at)
    return call !== undefined && at - call <= CALL_WINDOW_MS
  })
  if (share === undefined) return undefined
  const more = share.suspected - share.others
  if (Math.abs(more) < 0.2) return undefined
  return {
    family: 'behaviour',
    text: say('order.calls', percents(share)),
    observed: share.suspected,
    expected: { 'self-brushing': 1, 'honest-returns': share.others },
    brushingBans: more > 0 ? 0.4 : 0,
    attackBans: more > 0 ? 0 : 0.4,
  }
}

/** The last of ascending `values` that is at most `at`. */
const lastUpTo = (values: readonly number[], at: number): number | undefined => {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! <= at) low = middle + 1
    else high = middle
  }
  return values[low - 1]
}
