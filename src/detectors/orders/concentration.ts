/**
 * The one-hour rule of the Shopee Code League 2020, "Order Brushing": a shop is brushing when
 * orders ÷ unique buyers reaches 3 within some one-hour window; the suspects are the buyers with
 * the most orders in the union of all such windows.
 *
 * A window [s, s + 3600 s], both ends included, may start at any whole second, not only at an
 * order: the one that ends just before a stranger's order counts too. Sliding s, the orders inside
 * change only where one enters (s = t − 3600) or has left (s = t + 1), so 2n starts show every
 * reachable set, and a counter per buyer keeps each step at O(1). On the
 * contest's file it makes no difference whether the end counts, but for 41 of its 489 shops it does
 * whether windows start at orders only.
 */
import { say } from '../../language/say.ts'
import type { CrossDetector, Signal } from '../detector.ts'
import { groupRows, orderedAt } from './groups.ts'
import { surpriseBans, type Rivals } from './surprise.ts'
import type { Evidence } from '../room.ts'
import type { OrderTable } from '../tables/orders.ts'

export const WINDOW_SECONDS = 3600
/** Orders per unique buyer from which a window counts. */
export const BRUSHING_RATE = 3

export type Concentration = {
  /** Number of the merchant in `orders.merchants`. */
  readonly merchant: number
  readonly brushing: boolean
  /** Highest orders ÷ unique buyers over all windows. */
  readonly rate: number
  /** First and last order of the pool (union of the windows that count), ms; null where clean. */
  readonly from: number | null
  readonly until: number | null
  /** Rows of the pooled orders, by time. */
  readonly pool: Uint32Array
  /** Buyer ids with the most orders in the pool; by number where all are decimal, else by code unit. */
  readonly suspects: readonly string[]
}

/**
 * Applies the rule to every merchant, in the order of their numbers. An order without a merchant, a
 * buyer or a time is left out. O(n log n) for sorting, then O(n).
 */
export const concentration = (orders: OrderTable): readonly Concentration[] => {
  const { merchant, buyer } = orders.columns
  const groups = groupRows(orders.length, orders.merchants.size, (row) =>
    buyer[row] === 0 || Number.isNaN(orderedAt(orders, row)) ? -1 : merchant[row]! - 1,
  )
  const inside = new Uint32Array(orders.buyers.size + 1)
  const times = Float64Array.from({ length: orders.length }, (_, row) => orderedAt(orders, row))
  const answers: Concentration[] = []
  for (let shop = 0; shop < orders.merchants.size; shop += 1) {
    const rows = groups.rows.subarray(groups.starts[shop], groups.starts[shop + 1])
    sortByTime(rows, times)
    answers.push(judge(orders, shop, rows, times, inside))
  }
  return answers
}

/** `inside` is a scratch of zeros, one cell a buyer, and is handed back as zeros. */
const judge = (
  orders: OrderTable,
  merchant: number,
  rows: Uint32Array,
  times: Float64Array,
  inside: Uint32Array,
): Concentration => {
  const { buyer } = orders.columns
  const pool = new Uint32Array(rows.length)
  let pooled = 0
  let poolEnd = 0
  let first = 0
  let end = 0
  let unique = 0
  let rate = 0
  while (first < rows.length) {
    const leaves = Math.floor(times[rows[first]!]! / 1000) + 1
    const enters =
      end < rows.length
        ? Math.ceil(times[rows[end]!]! / 1000) - WINDOW_SECONDS
        : Number.POSITIVE_INFINITY
    const start = Math.min(leaves, enters)
    while (end < rows.length && times[rows[end]!]! <= (start + WINDOW_SECONDS) * 1000) {
      if (inside[buyer[rows[end]!]!]!++ === 0) unique += 1
      end += 1
    }
    while (first < end && times[rows[first]!]! < start * 1000) {
      if (--inside[buyer[rows[first]!]!]! === 0) unique -= 1
      first += 1
    }
    if (unique === 0) continue
    rate = Math.max(rate, (end - first) / unique)
    if (end - first < BRUSHING_RATE * unique) continue
    for (let at = Math.max(first, poolEnd); at < end; at += 1) pool[pooled++] = rows[at]!
    poolEnd = end
  }
  const members = pool.slice(0, pooled)
  return {
    merchant,
    brushing: pooled > 0,
    rate,
    from: pooled > 0 ? times[members[0]!]! : null,
    until: pooled > 0 ? times[members[pooled - 1]!]! : null,
    pool: members,
    suspects: busiest(orders, members),
  }
}

const busiest = (orders: OrderTable, rows: Uint32Array): readonly string[] => {
  const counts = ordersByBuyer(orders, rows)
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  const ids = [...counts]
    .filter(([, count]) => count === most)
    .map(([buyer]) => orders.buyers.nameOf(buyer - 1))
  return ids.every((id) => /^\d+$/.test(id)) ? ids.sort(byNumber) : ids.sort()
}

/** Number of orders by the number of their buyer + 1. */
const ordersByBuyer = (orders: OrderTable, rows: Uint32Array): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const buyer = orders.columns.buyer[row]!
    counts.set(buyer, (counts.get(buyer) ?? 0) + 1)
  }
  return counts
}

/** Decimal ids may exceed 2^53: by value, then by code unit ("07" after "007"). */
const byNumber = (a: string, b: string): number => {
  const difference = BigInt(a) - BigInt(b)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Files are mostly in order of time already, so look before sorting. Ties stand by row. */
const sortByTime = (rows: Uint32Array, times: Float64Array): void => {
  for (let i = 1; i < rows.length; i += 1) {
    if (times[rows[i]!]! < times[rows[i - 1]!]!) {
      rows.sort((a, b) => times[a]! - times[b]! || a - b)
      return
    }
  }
}

/**
 * What the rule weighs: of the orders of the pool, how many are a further one of the same buyer. In
 * a sale one in five is, on average; in one sale of ten (a piece an order, say) the share may be
 * anything; of staged orders four in five are. So three orders of one buyer are weak evidence, and
 * no number of orders is more than moderate. The figures are a judgement, not a measurement.
 */
const RIVALS: Rivals = { staged: { a: 4, b: 1 }, honest: { a: 1, b: 4 }, mishap: 0.1 }

/** Before the evidence, one merchant in ten that the rule calls brushing is. */
const PRIOR_ODDS = 0.1

/**
 * Raises a signal for each merchant that the rule calls brushing, and suspects those orders of its
 * pool whose buyer alone reaches the rate.
 */
export const orderConcentration: CrossDetector = {
  name: 'order-concentration',
  hypotheses: ['self-brushing', 'flash-sale'],
  source: 'Shopee Code League 2020, Order Brushing',
  weigh: (evidence) =>
    concentration(evidence.orders)
      .filter((answer) => answer.brushing)
      .map((answer) => signalOf(evidence, answer)),
}

const signalOf = ({ orders }: Evidence, answer: Concentration): Signal => {
  const ordersOf = ordersByBuyer(orders, answer.pool)
  const bans = surpriseBans(answer.pool.length - ordersOf.size, answer.pool.length, RIVALS)
  const odds = PRIOR_ODDS * 10 ** bans
  const repeated = answer.pool.filter(
    (row) => ordersOf.get(orders.columns.buyer[row]!)! >= BRUSHING_RATE,
  )
  const merchant = orders.merchants.nameOf(answer.merchant)
  return {
    kind: 'order-concentration',
    subject: merchant,
    hypotheses: [
      { name: 'self-brushing', weightBans: bans },
      { name: 'flash-sale', weightBans: 0 },
    ],
    summary: say('order.concentration.summary', { merchant, rate: answer.rate }),
    reasons: [
      {
        family: 'transaction',
        text: say('order.concentration.rate', {
          rate: answer.rate,
          limit: BRUSHING_RATE,
          orders: answer.pool.length,
          buyers: answer.suspects.length,
        }),
        observed: answer.rate,
        expected: { 'self-brushing': BRUSHING_RATE, 'flash-sale': 1 },
        weightBans: bans,
      },
    ],
    evidence: Array.from(answer.pool.subarray(0, 20), (row) => orders.ids.nameOf(row)),
    from: answer.from!,
    until: answer.until!,
    suspicions: [
      {
        kind: 'order',
        families: ['transaction'],
        rows: repeated,
        probabilities: new Float64Array(repeated.length).fill(odds / (1 + odds)),
      },
    ],
  }
}
