/**
 * Orders that are no sales: a refund share far above the honest one, or rings of orders that carry
 * two independent marks. Three hypotheses are carried to the end (obligations table §8.3): the seller's
 * side brushed its own orders, a third party attacked it, or people honestly sent goods back. Where
 * nothing tells the first two apart the answer is `undetermined` and nobody is named.
 *
 * Merchants of one broadcast that show the pattern are one affair and one signal, whose subject is
 * the broadcast: a merchant is as likely to be the victim.
 */
import type { CrossDetector } from '../detector.ts'
import type { Affair, Cell } from './affair.ts'
import { groupRows, nameIn, orderedAt } from './groups.ts'
import { linksOf, type Links } from './links.ts'
import { isGivenBack, knowsMoney, soldIn } from './money.ts'
import { marksOf } from './marks.ts'
import { baselineOf, refundBans } from './refunds.ts'
import { repeatBuyers } from './repeats.ts'
import { signalOf } from './verdict.ts'
import type { Evidence } from '../room.ts'
import type { OrderTable } from '../tables/orders.ts'

export const orderAnomaly: CrossDetector = {
  name: 'order-anomaly',
  hypotheses: ['self-brushing', 'third-party-attack', 'honest-returns'],
  source: 'obligations table §8.3; refund share: Skellam 1948, beta-binomial',
  weigh: (evidence) => {
    const { orders } = evidence
    const context = {
      orders,
      links: linksOf(orders),
      knowsShipping: knowsShipping(orders),
      knowsReturns: orders.columns.goodsReturned.subarray(0, orders.length).includes(1),
    }
    const isKnown = knowsMoney(orders)
    const affairs = [...affairsOf(orders)]
      .map((rows) => inspect(evidence, rows, context.links, isKnown))
      .filter((affair) => affair !== undefined)
    const repeats = repeatBuyers(orders, affairs)
    return affairs
      .map((affair, i) => signalOf(evidence, context, affair, repeats[i] ?? []))
      .filter((signal) => signal !== undefined)
  },
}

const DAY_MS = 86_400_000
/** Days of orders outside any broadcast begin at midnight in China, UTC+8. */
const OFFSET_MS = 8 * 3_600_000

/** Sold orders by broadcast; without one, by host and day; without that, by merchant and day. */
function* affairsOf(orders: OrderTable): Generator<Uint32Array> {
  const { broadcast, host, merchant } = orders.columns
  const isSold = soldIn(orders)
  const dayless = orders.broadcasts.size + 1
  const people = orders.hosts.size + orders.merchants.size + 2
  const numbers = new Map<number, number>()
  const groupOf = new Int32Array(orders.length).fill(-1)
  for (let row = 0; row < orders.length; row += 1) {
    if (merchant[row] === 0 || !isSold(row)) continue
    const day = Math.floor((orderedAt(orders, row) + OFFSET_MS) / DAY_MS)
    const who = host[row]! > 0 ? host[row]! : orders.hosts.size + 1 + merchant[row]!
    const key = broadcast[row]! > 0 ? broadcast[row]! : dayless + day * people + who
    let number = numbers.get(key)
    if (number === undefined) numbers.set(key, (number = numbers.size))
    groupOf[row] = number
  }
  const { starts, rows } = groupRows(orders.length, numbers.size, (row) => groupOf[row]!)
  for (let at = 0; at < numbers.size; at += 1) yield rows.subarray(starts[at], starts[at + 1])
}

/** Weight from which a refund share opens an affair: short of it honest goods come back too. */
const SURGE_BANS = 0.3

/** Fewest orders of a merchant from which a refund share is read. */
const ENOUGH_ORDERS = 20

/** Undefined where neither a surge nor a ring is there: most broadcasts. */
const inspect = (
  { orders, rooms }: Evidence,
  rows: Uint32Array,
  links: Links,
  knowsRefunds: boolean,
): Affair | undefined => {
  const { broadcast, merchant } = orders.columns
  const room = rooms.get(nameIn(orders.broadcasts, broadcast[rows[0]!]!))
  const baseline = baselineOf(room?.category ?? '')
  const marked = marksOf(orders, links, room, rows)
  const { ring } = marked
  const suspected = ring.slice()
  const cells: Cell[] = []
  for (const [number, indices] of byMerchant(merchant, rows)) {
    const givenBack = indices.filter((i) => isGivenBack(orders, rows[i]!))
    const bansOfShare =
      knowsRefunds && indices.length >= ENOUGH_ORDERS
        ? refundBans(givenBack.length, indices.length, baseline)
        : 0
    const isSurge = bansOfShare >= SURGE_BANS
    if (isSurge) for (const i of givenBack) suspected[i] = 1
    if (isSurge || indices.some((i) => ring[i] === 1))
      cells.push({
        merchant: number,
        orders: indices.length,
        givenBack: givenBack.length,
        surgeBans: isSurge ? bansOfShare : 0,
      })
  }
  if (cells.length === 0) return undefined
  return { ...marked, room, rows, suspected, cells, baseline }
}

/** Indices into `rows` by merchant number + 1. */
const byMerchant = (merchant: Uint32Array, rows: Uint32Array): Map<number, number[]> => {
  const groups = new Map<number, number[]>()
  for (let i = 0; i < rows.length; i += 1) {
    const number = merchant[rows[i]!]!
    const group = groups.get(number)
    if (group === undefined) groups.set(number, [i])
    else group.push(i)
  }
  return groups
}

const knowsShipping = ({ columns, length }: OrderTable): boolean => {
  for (let row = 0; row < length; row += 1)
    if (!Number.isNaN(columns.shippedAt[row]!) || !Number.isNaN(columns.deliveredAt[row]!))
      return true
  return false
}
