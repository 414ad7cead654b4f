/**
 * Orders and money back. A paid order ships within days and arrives within days; money goes back
 * either at once (second thoughts, before anything ships) or after delivery (the seven days of the
 * Law on the Protection of Consumer Rights, Art. 25). Some orders are never paid and expire.
 */
import {
  between,
  chance,
  exponential,
  integer,
  logNormal,
  pick,
  weighted,
} from './distributions.ts'
import type { Label, Person, Tally } from './model.ts'
import type { Random } from './random.ts'
import type { Product, Show } from './show.ts'
import type { Stage } from './stage.ts'

export type Terms = {
  readonly quantity: number
  readonly label: Label
  /** Chance that it is paid. */
  readonly paid: number
  /** Chance that the money goes back. */
  readonly refunded: number
  /** Chance that this happens before shipping, and that goods go back after it. */
  readonly before: number
  readonly returned: number
  /** How soon: median of the wait for an early refund. */
  readonly earlyMs: number
  readonly weightGrams: () => number
  readonly reasons: readonly string[]
  /** Goes by this person's payment account instead of the buyer's. */
  readonly payer?: string
  readonly address?: string
}

const HOUR_MS = 3_600_000
const REASONS = [
  '不想要了',
  '尺码不合适',
  '和描述不符',
  '质量问题',
  '拍错了',
  '发货太慢',
  '七天无理由',
]

export const honestTerms = (random: Random, show: Show): Terms => ({
  quantity: weighted(random, [
    [1, 0.86],
    [2, 0.11],
    [3, 0.02],
    [5, 0.01],
  ]),
  label: 'genuine',
  paid: 0.93,
  refunded: show.habits.refundShare,
  before: 0.4,
  returned: 0.85,
  earlyMs: 2 * HOUR_MS,
  weightGrams: () => Math.round(logNormal(random, 600, 0.6)),
  reasons: REASONS,
})

/** Places an order now; what follows from it is entered in the agenda. */
export const order = (
  stage: Stage,
  random: Random,
  show: Show,
  buyer: Person,
  product: Product,
  terms: Terms,
): void => {
  const id = stage.platform.id('o')
  const total = product.priceFen * terms.quantity
  buyer.address ??= stage.platform.id('a')
  buyer.payer ??= stage.platform.id('y')
  const payer = terms.payer ?? buyer.payer
  stage.meet(buyer)
  stage.tell('order', id, terms.label, show)
  stage.emit(show, 'live.order.placed', {
    order: id,
    buyer: buyer.account ?? buyer.device,
    merchant: show.merchant,
    lines: [{ product: product.product, quantity: terms.quantity, unitPrice: product.priceFen }],
    total,
    address: terms.address ?? buyer.address,
    payer,
    device: buyer.device,
    ip: buyer.ip,
    host: show.host,
  })
  if (!chance(random, terms.paid)) {
    stage.at(stage.now + integer(random, 15, 30) * 60_000, () => {
      stage.emit(show, 'live.order.cancelled', { order: id, by: 'system', reason: 'unpaid' })
    })
    return
  }
  const tallies = terms.label === 'genuine' ? [show.all, show.genuine] : [show.all]
  const early = chance(random, terms.refunded * terms.before)
  // given that it was not early, so that both together make `refunded`
  const late =
    !early &&
    chance(random, (terms.refunded * (1 - terms.before)) / (1 - terms.refunded * terms.before || 1))
  stage.at(stage.now + logNormal(random, 14_000, 0.8), () => {
    stage.emit(show, 'live.order.paid', { order: id, amount: total, payer })
    for (const tally of tallies) {
      tally.orders += 1
      tally.sales += total
      tally.netSales += total
    }
    if (chance(random, 0.3) && stage.now < show.endsAt)
      stage.emit(show, 'live.banner.shown', {
        kind: 'just-bought',
        ...(buyer.account !== undefined && { viewer: buyer.account }),
        product: product.product,
        text: '刚刚下单了',
      })
    const back = (waitMs: number, goodsReturned: boolean): void => {
      refund(stage, random, show, { id, total, waitMs, goodsReturned, terms, tallies })
    }
    if (early) back(logNormal(random, terms.earlyMs, 1), false)
    else
      ship(stage, random, show, id, terms, () => {
        if (late) back(logNormal(random, 40 * HOUR_MS, 0.8), chance(random, terms.returned))
      })
  })
}

const ship = (
  stage: Stage,
  random: Random,
  show: Show,
  id: string,
  terms: Terms,
  delivered: () => void,
): void => {
  const tracking = stage.platform.id('t')
  const carrier = pick(random, ['carrier-a', 'carrier-b', 'carrier-c'])
  stage.at(stage.now + logNormal(random, 20 * HOUR_MS, 0.6), () => {
    stage.emit(show, 'live.order.shipped', {
      order: id,
      carrier,
      tracking,
      weightGrams: terms.weightGrams(),
    })
    stage.at(stage.now + logNormal(random, 52 * HOUR_MS, 0.4), () => {
      stage.emit(show, 'live.order.delivered', { order: id, carrier, tracking })
      delivered()
    })
  })
}

const refund = (
  stage: Stage,
  random: Random,
  show: Show,
  of: {
    readonly id: string
    readonly total: number
    readonly waitMs: number
    readonly goodsReturned: boolean
    readonly terms: Terms
    readonly tallies: readonly Tally[]
  },
): void => {
  const { id, total, goodsReturned } = of
  const named = stage.platform.id('r')
  const reason = pick(random, of.terms.reasons)
  stage.at(stage.now + of.waitMs, () => {
    stage.emit(show, 'live.refund.requested', {
      refund: named,
      order: id,
      amount: total,
      reason,
      goodsReturned,
    })
    const handlingMs = exponential(random, goodsReturned ? 60 * HOUR_MS : 5 * HOUR_MS)
    stage.at(stage.now + handlingMs + between(random, 20_000, 600_000), () => {
      stage.emit(show, 'live.refund.completed', { refund: named, order: id, amount: total })
      for (const tally of of.tallies) {
        tally.refundedOrders += 1
        tally.netSales -= total
      }
    })
  })
}
