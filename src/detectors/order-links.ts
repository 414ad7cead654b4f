/**
 * What ties orders of different buyers together: one payer, one device, one address or one network
 * address behind many accounts, and buyers who never came to the room.
 *
 * A campus, an office front desk or a forwarding warehouse gives one address and one IP to many
 * honest buyers, and a household shares a payer; so only crowds of five or more count, address and
 * IP are one feature together, and neither alone, nor with any single other, makes a ring.
 */
import { nameIn, orderedAt } from './order-groups.ts'
import type { Room } from './room.ts'
import type { OrderTable } from './tables/orders.ts'

/** Distinct buyers behind one value from which it counts as a crowd: more than a household. */
export const CROWD = 5

/** Per value number of the column; undefined where the column does not tell people apart. */
type Crowds = Uint8Array | undefined

export type Links = {
  readonly payer: Crowds
  readonly device: Crowds
  readonly address: Crowds
  readonly ip: Crowds
  /** Buyer number of each payer number where a payer is himself a buyer; undefined if none is. */
  readonly payerAsBuyer: Uint32Array | undefined
}

/** Distinct buyers behind each payer, device, address and IP, over all orders. O(orders). */
export const linksOf = (orders: OrderTable): Links => {
  const { payer, device, address, ip } = orders.columns
  return {
    payer: areChannels(orders) ? undefined : crowdsOf(orders, payer, orders.payers.size),
    device: crowdsOf(orders, device, orders.devices.size),
    address: crowdsOf(orders, address, orders.addresses.size),
    ip: crowdsOf(orders, ip, orders.ips.size),
    payerAsBuyer: payersAsBuyers(orders),
  }
}

/** What an order weighs on its own for a ring against an honest order, in bans. */
const BANS = { payer: 0.8, device: 1, premises: 0.3, unseen: 0.8 } as const

/** Two independent features at least, one of them a payer or a device. */
export const RING_BANS = 1.5

export type LinkFlags = {
  readonly payer: boolean
  readonly device: boolean
  readonly address: boolean
  readonly ip: boolean
}

export const flagsOf = (orders: OrderTable, links: Links, row: number): LinkFlags => {
  const { columns } = orders
  return {
    payer: isCrowd(links.payer, columns.payer[row]!),
    device: isCrowd(links.device, columns.device[row]!),
    address: isCrowd(links.address, columns.address[row]!),
    ip: isCrowd(links.ip, columns.ip[row]!),
  }
}

/**
 * `unseenBans` is what the buyer's absence from the room weighs, 0 where he was seen or nobody can
 * say. A payer explains a common address (an office that orders together), so only the payer counts.
 */
export const linkBans = (flags: LinkFlags, unseenBans: number): number =>
  (flags.payer ? BANS.payer : 0) +
  (flags.device ? BANS.device : 0) +
  (!flags.payer && (flags.address || flags.ip) ? BANS.premises : 0) +
  unseenBans

/**
 * Weight of a buyer's absence, from how often buyers without any payer or device link were absent:
 * where telemetry is partial, or guests log in to pay, absence is common and weighs nothing.
 */
export const absenceBans = (unseen: number, unlinked: number): number => {
  const honest = (unseen + 1) / (unlinked + 2)
  return Math.min(BANS.unseen, Math.max(0, Math.log10(BANS.unseen / honest)))
}

/** Fewest visits from which a room's telemetry says who was there. */
const ENOUGH_VISITS = 20

/** Ms around a broadcast within which an order is made by somebody who watches it. */
const MARGIN_MS = 60_000

/**
 * 1 seen, 2 not seen, 0 cannot be said: no view telemetry, or an order before or after the
 * broadcast. All 0 where no buyer at all was seen, because then accounts and buyers are named apart.
 */
export const sightings = (
  orders: OrderTable,
  room: Room | undefined,
  rows: Uint32Array,
): Uint8Array => {
  const seen = new Uint8Array(rows.length)
  if (room === undefined || room.views.joined < ENOUGH_VISITS) return seen
  const from = Number.isNaN(room.startedAt) ? room.firstAt : room.startedAt
  const until = Number.isNaN(room.endedAt) ? room.lastAt : room.endedAt
  let known = 0
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!
    const at = orderedAt(orders, row)
    if (at < from - MARGIN_MS || at > until + MARGIN_MS) continue
    const account = room.accounts.ids.find(nameIn(orders.buyers, orders.columns.buyer[row]!))
    seen[i] = account !== undefined && wasThere(room, account) ? 1 : 2
    if (seen[i] === 1) known += 1
  }
  return known === 0 ? seen.fill(0) : seen
}

/** An order alone also opens an account row; everything else is a sign of presence. */
const wasThere = ({ accounts: { columns } }: Room, row: number): boolean =>
  columns.views[row]! +
    columns.taps[row]! +
    columns.comments[row]! +
    columns.clicks[row]! +
    columns.social[row]! >
  0

const isCrowd = (crowds: Crowds, value: number): boolean =>
  crowds !== undefined && value > 0 && crowds[value - 1]! >= CROWD

/** Distinct buyers of each value, counted up to `CROWD`: that many cells a value suffice. */
const crowdsOf = (orders: OrderTable, column: Uint32Array, values: number): Crowds => {
  if (values === 0) return undefined
  const { buyer } = orders.columns
  const counts = new Uint8Array(values)
  const known = new Uint32Array(values * CROWD)
  for (let row = 0; row < orders.length; row += 1) {
    const value = column[row]!
    if (value === 0 || buyer[row] === 0) continue
    const count = counts[value - 1]!
    if (count === CROWD) continue
    const from = (value - 1) * CROWD
    if (known.subarray(from, from + count).includes(buyer[row]!)) continue
    known[from + count] = buyer[row]!
    counts[value - 1] = count + 1
  }
  return counts
}

const CHANNEL =
  /^(ali|we|union|apple|google|shopee|douyin)[\s_-]?pay|^(微信|支付宝|银联)|^(card|cash|wallet|wechat|paypal|cod|bank|credit|debit)\b/i

/** True when the payer column holds means of payment, or so few values that it must. */
const areChannels = (orders: OrderTable): boolean => {
  const { payers, buyers } = orders
  if (
    payers.size <= 3 &&
    buyers.size >= 1000 &&
    orders.columns.payer.subarray(0, orders.length).every((payer) => payer > 0)
  )
    return true
  for (let payer = 0; payer < Math.min(payers.size, 50); payer += 1)
    if (CHANNEL.test(payers.nameOf(payer))) return true
  return false
}

const payersAsBuyers = ({ payers, buyers }: OrderTable): Uint32Array | undefined => {
  const same = Uint32Array.from(
    { length: payers.size },
    (_, payer) => (buyers.find(payers.nameOf(payer)) ?? -1) + 1,
  )
  return same.some((buyer) => buyer > 0) ? same : undefined
}
