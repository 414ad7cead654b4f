/**
 * What ties orders of different buyers together: one payer, one device, one address or one network
 * address behind many accounts.
 *
 * A campus, an office front desk or a forwarding warehouse gives one address and one IP to many
 * honest buyers, each of whom pays for himself, and a household shares a payer; so only crowds of
 * five or more count. A payment channel or a purchasing agent is one payer with an enormous share
 * of all orders, where a ring has many payers of five to fifty buyers: such payers tie nobody.
 */
import type { OrderTable } from '../tables/orders.ts'

/** Distinct buyers behind one value from which it counts as a crowd: more than a household. */
export const CROWD = 5

/** Per value number of the column; undefined where the column does not tell people apart. */
type Crowds = Uint8Array | undefined

export type Links = {
  readonly payer: Crowds
  /**
   * 1 for a payer who has all he pays for sent to one address, as a colleague does or a leader of
   * neighbours; but not where a crowd of such payers shares the address.
   */
  readonly onePlace: Uint8Array
  readonly device: Crowds
  readonly address: Crowds
  readonly ip: Crowds
  /** Buyer number of each payer number where a payer is himself a buyer; undefined if none is. */
  readonly payerAsBuyer: Uint32Array | undefined
}

/** True of a channel or an agent, and of a payer of nobody known: who paid, then, is not known. */
export const saysNothing = (crowds: Crowds, value: number): boolean =>
  crowds === undefined || value === 0 || crowds[value - 1] === 0

/** Distinct buyers behind each payer, device, address and IP, over all orders. O(orders). */
export const linksOf = (orders: OrderTable): Links => {
  const { device, address, ip } = orders.columns
  const payer = payerCrowds(orders)
  return {
    payer,
    onePlace: payersOfOnePlace(orders, payer),
    device: crowdsOf(orders, device, orders.devices.size),
    address: crowdsOf(orders, address, orders.addresses.size),
    ip: crowdsOf(orders, ip, orders.ips.size),
    payerAsBuyer: payersAsBuyers(orders),
  }
}

/** `value` is a number + 1 of the column; 0, "not stated", is no crowd. */
export const isCrowd = (crowds: Crowds, value: number): boolean =>
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

/** Share of the orders, and their number, from which one payer is a channel or an agent. */
const CHANNEL_SHARE = 0.2
const CHANNEL_ORDERS = 50

/** Where people are named, somebody pays for himself: at least this share of the orders. */
const OWN_SHARE = 0.05

const payerCrowds = (orders: OrderTable): Crowds => {
  const { payers } = orders
  for (let payer = 0; payer < Math.min(payers.size, 50); payer += 1)
    if (CHANNEL.test(payers.nameOf(payer))) return undefined
  const crowds = crowdsOf(orders, orders.columns.payer, payers.size)
  if (crowds === undefined) return undefined
  const paid = new Uint32Array(payers.size)
  let stated = 0
  let own = 0
  for (let row = 0; row < orders.length; row += 1) {
    const payer = orders.columns.payer[row]!
    if (payer === 0) continue
    paid[payer - 1]! += 1
    stated += 1
    if (crowds[payer - 1]! < CROWD) own += 1
  }
  if (own < OWN_SHARE * stated) return undefined
  const enormous = Math.max(CHANNEL_ORDERS, CHANNEL_SHARE * stated)
  return crowds.map((count, payer) => (paid[payer]! >= enormous ? 0 : count))
}

/** Stands for "several addresses, or one not stated". */
const MANY = 0xffff_ffff

const payersOfOnePlace = (orders: OrderTable, crowds: Crowds): Uint8Array => {
  const { payer, address } = orders.columns
  const places = new Uint32Array(orders.payers.size)
  for (let row = 0; row < orders.length; row += 1) {
    const at = payer[row]! - 1
    if (at < 0) continue
    const place = address[row] === 0 ? MANY : address[row]!
    if (places[at] === 0) places[at] = place
    else if (places[at] !== place) places[at] = MANY
  }
  const payersAt = new Map<number, number>()
  for (let at = 0; at < places.length; at += 1)
    if (isCrowd(crowds, at + 1)) payersAt.set(places[at]!, (payersAt.get(places[at]!) ?? 0) + 1)
  return Uint8Array.from(places, (place) =>
    place !== MANY && (payersAt.get(place) ?? 0) < CROWD ? 1 : 0,
  )
}

const payersAsBuyers = ({ payers, buyers }: OrderTable): Uint32Array | undefined => {
  const same = Uint32Array.from(
    { length: payers.size },
    (_, payer) => (buyers.find(payers.nameOf(payer)) ?? -1) + 1,
  )
  return same.some((buyer) => buyer > 0) ? same : undefined
}
