/**
 * What each protected buyer is still to get back, with its arithmetic line by line. Compensation
 * that was completed is taken off, so that the list is the same however often it is run and paid.
 *
 * Price protection is what the buyer was told to rely on and comes first; a broken lowest-price
 * promise adds to an order only what protection has not given already, so no fen is owed twice.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { mulDiv, type Fraction } from './fraction.ts'
import { refundable } from './orders.ts'
import { payoutsOf, type Payouts } from './payouts.ts'
import { protectionOf, type Comparison } from './price-protection.ts'
import { checkLowestPrice } from './promises/lowest-price.ts'
import { marketOf, type Market } from './promises/reachable.ts'
import { differenceTo, purchasesOf, type Purchase } from './promises/sold.ts'
import type { CheckOptions, Counterexample, MissingClause } from './promises.ts'
import type { PromiseMade, Shop } from './shop.ts'

export type RefundDue = {
  readonly promise: string
  readonly kind: 'price-protection' | 'lowest-price'
  readonly order: string
  readonly product: string
  readonly quantity: number
  /** The order's lines of the product before and after its own discounts, minor units. */
  readonly amount: number
  readonly paid: number
  readonly comparison: { readonly unitPrice: Fraction; readonly order: string | null }
  /** What the comparison makes of the same number of pieces, rounded down, minor units. */
  readonly fair: number
  readonly difference: number
  /** Compensation completed, and difference of pieces given back, minor units. */
  readonly compensated: number
  readonly returned: number
  /** Never negative; with everything paid back before, never more than was paid. */
  readonly due: number
  /** `open`: nothing is due until the missing clause is answered; `ifCounted` says what then is. */
  readonly status: 'due' | 'paid' | 'open'
  readonly missingClause?: MissingClause
  readonly ifCounted?: number
  readonly arithmetic: readonly Sentence[]
}

export type RefundsDue = {
  readonly currency: string
  readonly refunds: readonly RefundDue[]
  /** Sum of what is due, minor units. */
  readonly total: number
}

export type RefundOptions = Pick<CheckOptions, 'at' | 'terms' | 'maxUnits' | 'publishedDraws'>

/** @param events those of the shop: refund requests say which refunds were returns of goods */
export const refundsDue = (
  shop: Shop,
  events: Iterable<AssayEvent> = [],
  options: RefundOptions = {},
): RefundsDue => {
  const market = marketOf(shop, options)
  const ledger = new Ledger(shop, payoutsOf(shop, events))
  const { promises } = shop
  for (const promise of promises)
    if (promise.kind === 'price-protection') protectedRows(market, promise, ledger, options.at)
  for (const promise of promises)
    if (promise.kind === 'lowest-price') lowestPriceRows(market, promise, ledger, options)
  const total = ledger.rows.reduce((sum, { due }) => sum + due, 0)
  return { currency: ledger.currency, refunds: ledger.rows, total }
}

const protectedRows = (
  market: Market,
  promise: PromiseMade,
  ledger: Ledger,
  at: number | undefined,
) => {
  for (const { purchase, plain, counted } of protectionOf(market, promise, at).orders) {
    if (promise.couponsCount === undefined && counted !== plain && counted !== undefined)
      ledger.open(promise, purchase, plain, counted)
    else {
      const comparison = promise.couponsCount === true ? counted : plain
      if (comparison !== undefined) ledger.close(promise, purchase, comparison)
    }
  }
}

const lowestPriceRows = (
  market: Market,
  promise: PromiseMade,
  ledger: Ledger,
  options: RefundOptions,
) => {
  const verdict = checkLowestPrice(market, promise, options)
  if (verdict.open !== null || verdict.counterexample === null) return
  const owed = new Set(verdict.orders.map(({ order }) => order))
  for (const purchase of purchasesOf(market.shop, promise.product))
    if (owed.has(purchase.order.order))
      ledger.close(promise, purchase, comparisonOf(verdict.counterexample, verdict.responsible))
}

const comparisonOf = (witness: Counterexample, responsible: string | null): Comparison => ({
  witness,
  responsible,
  unitPrice: witness.unitPrice,
})

/** Rows in the order in which they are written; what one takes, the next does not owe again. */
class Ledger {
  readonly rows: RefundDue[] = []
  readonly currency: string
  readonly #payouts: Payouts
  /** Difference already on a row, by order and product, minor units. */
  readonly #claimed = new Map<string, number>()
  /** Compensation already set against a row, by order, minor units. */
  readonly #spent = new Map<string, number>()

  constructor(shop: Shop, payouts: Payouts) {
    this.currency = shop.currency ?? 'CNY'
    this.#payouts = payouts
  }

  close(promise: PromiseMade, purchase: Purchase, comparison: Comparison): void {
    const row = this.#row(promise, purchase, comparison)
    if (row.difference > 0) this.rows.push({ ...row, status: row.due > 0 ? 'due' : 'paid' })
  }

  /** What is lower without coupons is due; the rest waits for the clause. */
  open(
    promise: PromiseMade,
    purchase: Purchase,
    plain: Comparison | undefined,
    counted: Comparison,
  ): void {
    const key = keyOf(purchase)
    const before = this.#claimed.get(key)
    const spent = this.#spent.get(purchase.order.order)
    const wide = this.#row(promise, purchase, counted)
    restore(this.#claimed, key, before)
    restore(this.#spent, purchase.order.order, spent)
    const question = { missingClause: 'couponsCount' as const, ifCounted: wide.due }
    if (wide.due === 0 && wide.difference > 0) this.rows.push({ ...wide, status: 'paid' })
    else if (plain === undefined) this.rows.push({ ...wide, due: 0, status: 'open', ...question })
    else {
      const sure = this.#row(promise, purchase, plain)
      this.rows.push({ ...sure, status: sure.due > 0 ? 'due' : 'open', ...question })
    }
  }

  #row(
    { promise, kind }: PromiseMade,
    purchase: Purchase,
    { unitPrice, witness }: Comparison,
  ): Omit<RefundDue, 'status'> {
    const { order, product, quantity, amount, net } = purchase
    const key = keyOf(purchase)
    const claimed = this.#claimed.get(key) ?? 0
    const fair = mulDiv(unitPrice.numerator, quantity, unitPrice.denominator)
    const whole = differenceTo(purchase, unitPrice)
    const difference = Math.max(0, whole - claimed)
    this.#claimed.set(key, Math.max(whole, claimed))
    const left = this.#payouts.compensated(order.order) - (this.#spent.get(order.order) ?? 0)
    const compensated = Math.min(left, difference)
    this.#spent.set(order.order, (this.#spent.get(order.order) ?? 0) + compensated)
    // The difference of a piece went back with the piece: the same share of it as of the line.
    const back = Math.min(this.#payouts.returned(order.order), net)
    const returned = net === 0 ? 0 : mulDiv(difference, back, net)
    const due = Math.max(0, Math.min(difference - compensated - returned, refundable(order)))
    return {
      promise,
      kind: kind === 'price-protection' ? 'price-protection' : 'lowest-price',
      order: order.order,
      product,
      quantity,
      amount,
      paid: net,
      comparison: { unitPrice, order: witness.order ?? null },
      fair,
      difference,
      compensated,
      returned,
      due,
      arithmetic: this.#arithmetic({
        purchase,
        unitPrice,
        fair,
        claimed,
        difference,
        compensated,
        returned,
        due,
      }),
    }
  }

  #arithmetic(sum: {
    purchase: Purchase
    unitPrice: Fraction
    fair: number
    claimed: number
    difference: number
    compensated: number
    returned: number
    due: number
  }): readonly Sentence[] {
    const money = (amount: number) => ({ money: amount, currency: this.currency })
    const { amount, net, quantity } = sum.purchase
    const { numerator, denominator } = sum.unitPrice
    const price =
      denominator === 1
        ? { term: say('refund.whole', { price: money(numerator) }) }
        : { term: say('refund.share', { sum: money(numerator), pieces: denominator }) }
    return [
      say('refund.paid', {
        amount: money(amount),
        discount: money(amount - net),
        paid: money(net),
      }),
      say('refund.fair', { price, quantity, fair: money(sum.fair) }),
      say('refund.difference', {
        paid: money(net),
        fair: money(sum.fair),
        difference: money(net - sum.fair),
      }),
      ...(sum.claimed > 0 ? [say('refund.claimed', { claimed: money(sum.claimed) })] : []),
      ...(sum.returned > 0 ? [say('refund.returned', { returned: money(sum.returned) })] : []),
      ...(sum.compensated > 0
        ? [say('refund.compensated', { compensated: money(sum.compensated) })]
        : []),
      say('refund.due', { due: money(sum.due) }),
    ]
  }
}

const keyOf = ({ order, product }: Purchase) => JSON.stringify([order.order, product])

const restore = (map: Map<string, number>, key: string, value: number | undefined) => {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}
