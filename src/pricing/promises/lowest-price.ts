/**
 * "The lowest price": broken where anybody could buy one piece for less than the promised price, in
 * the channels and the period that the promise names (rows CPLR24-12, PR22-19(5); obligations §12
 * item 4: compared is the effective price a piece, whatever basket reaches it).
 *
 * A posted price that undercuts breaks the promise however it was worded. One that only a coupon
 * makes breaks it where the promise says that coupons count, and asks where it does not say. What
 * the issuer meant by a threshold does not matter as long as the coupon excludes nothing (S1-42).
 */
import { compareFractions, fraction, type Fraction } from '../fraction.ts'
import { parseTime } from '../../vocabulary/index.ts'
import type { PromiseMade, Shop } from '../shop.ts'
import { couponsFor } from './moments.ts'
import { channelsOf, isIn, lowestPosted, offerAt, type Window } from './offers.ts'
import {
  lowestReachable,
  postedWitness,
  responsibleCoupon,
  type Market,
  type Reached,
} from './reachable.ts'
import { differenceTo, purchasesOf, type Purchase } from './sold.ts'
import {
  KEPT,
  type Counterexample,
  type MissingClause,
  type OwedOrder,
  type Reading,
} from './types.ts'

export type Verdict = Reading & {
  readonly open: MissingClause | null
  readonly ifCounted?: Reading
  readonly ifNotCounted?: Reading
  readonly complete: boolean
}

/** From its scope; a promise without one holds from when it was made, with no end. */
export const windowOf = ({ scope, at }: PromiseMade): Window =>
  scope === undefined
    ? { from: at, until: Number.POSITIVE_INFINITY }
    : { from: parseTime(scope.from), until: parseTime(scope.until) }

/**
 * The promised price, minor units: as stated, else what the product cost when the promise was made,
 * if it cost the same wherever the promise reaches; else undefined.
 */
export const promisedPrice = (shop: Shop, promise: PromiseMade): number | undefined => {
  if (promise.price !== undefined) return promise.price
  const { from } = windowOf(promise)
  for (const at of [promise.at, from]) {
    const prices = new Set(
      channelsOf(shop, promise.product, promise.scope?.channels).flatMap(
        (channel) => offerAt(shop, promise.product, channel, at)?.price ?? [],
      ),
    )
    if (prices.size > 0) return prices.size === 1 ? [...prices][0] : undefined
  }
  return undefined
}

export type LowestPriceOptions = {
  /** Asked for one moment only, ms. */
  readonly at?: number | undefined
  /** Coupons whose draw had published rules (S1-36). */
  readonly publishedDraws?: ReadonlySet<string> | undefined
}

export const checkLowestPrice = (
  market: Market,
  promise: PromiseMade,
  { at, publishedDraws = new Set() }: LowestPriceOptions = {},
): Verdict => {
  const { shop } = market
  const { product, couponsCount } = promise
  const channels = promise.scope?.channels
  const scope = windowOf(promise)
  const window = at === undefined ? scope : { from: at, until: at + 1 }
  const promised = promisedPrice(shop, promise)
  const posted = lowestPosted(shop, product, channelsOf(shop, product, channels), window)
  if (promised === undefined) return withoutPrice(market, promise, scope, posted?.price.price)

  const limit = fraction(promised)
  const owedTo = (price: Fraction): OwedOrder[] =>
    purchasesOf(shop, product)
      .filter((purchase) => isIn(scope, purchase.order.at) && relied(shop, purchase, promised))
      .map((purchase) => ({
        order: purchase.order.order,
        difference: differenceTo(purchase, price),
      }))
      .filter(({ difference }) => difference > 0)
  const broken = (witness: Counterexample, responsible: string | null): Reading => ({
    outcome: 'broken',
    counterexample: witness,
    responsible,
    orders: owedTo(witness.unitPrice),
  })

  const plain: Reading =
    posted !== undefined && posted.price.price < promised
      ? broken(postedWitness(posted), posted.price.event)
      : KEPT
  if (couponsCount === false) return { ...plain, open: null, complete: true }

  const floor = plain.counterexample?.unitPrice ?? limit
  const question = { product, channels, window, floor: floor.numerator }
  const draws = drawsOf(market, promise, window)
  const sure = lowestReachable(market, question, draws.size === 0 ? {} : { exceptCoupons: draws })
  const undercutting = ({ best }: Reached): Counterexample | undefined =>
    best !== undefined && compareFractions(best.unitPrice, floor) < 0 ? best : undefined
  const byCoupon = (witness: Counterexample): Reading =>
    broken(witness, responsibleCoupon(market, witness)?.event ?? null)

  const reached = undercutting(sure)
  if (reached !== undefined) {
    const counted = byCoupon(reached)
    if (couponsCount === true) return { ...counted, open: null, complete: sure.complete }
    const both = { ifCounted: counted, ifNotCounted: plain, complete: sure.complete }
    // Broken either way: what is certain is owed, and the rest hangs on the clause.
    return plain.outcome === 'broken'
      ? { ...plain, ...both, open: null }
      : { ...counted, ...both, open: 'couponsCount' }
  }
  const drawn = [...draws].filter((coupon) => !publishedDraws.has(coupon))
  if (drawn.length > 0) {
    const published = new Set([...draws].filter((coupon) => publishedDraws.has(coupon)))
    const lucky = lowestReachable(market, question, { exceptCoupons: published })
    const won = undercutting(lucky)
    if (won !== undefined) {
      const counted = byCoupon(won)
      const both = { ifCounted: counted, ifNotCounted: plain, complete: lucky.complete }
      return plain.outcome === 'broken'
        ? { ...plain, ...both, open: null }
        : { ...counted, ...both, open: 'drawRules' }
    }
  }
  // Nothing found undercuts; a lower bound beneath the promise means that something still might.
  const mayUndercut =
    !sure.complete && (sure.best === undefined || compareFractions(sure.best.lower, floor) < 0)
  return {
    ...plain,
    open: mayUndercut && plain.outcome === 'kept' ? 'exactPrice' : null,
    complete: sure.complete,
  }
}

/**
 * Whether a purchase relied on the promise: made at the promised price or below it. Who paid more
 * bought another offer, in a channel whose own price explains it, and was promised nothing by this.
 */
const relied = (shop: Shop, { order, unitPrice }: Purchase, promised: number): boolean =>
  unitPrice <= promised || !isPosted(shop, order.lines, order.at, unitPrice)

const isPosted = (
  shop: Shop,
  lines: readonly { readonly product: string; readonly unitPrice: number }[],
  at: number,
  unitPrice: number,
): boolean =>
  lines.some(
    ({ product, unitPrice: own }) =>
      own === unitPrice &&
      [...(shop.prices.get(product)?.keys() ?? [])].some(
        (channel) => offerAt(shop, product, channel, at)?.price === unitPrice,
      ),
  )

const drawsOf = ({ shop }: Market, promise: PromiseMade, window: Window): ReadonlySet<string> => {
  const channels = channelsOf(shop, promise.product, promise.scope?.channels)
  return new Set(
    couponsFor(shop, promise.product, channels, window)
      .filter(({ draw }) => draw)
      .map(({ coupon }) => coupon),
  )
}

/** It differed by channel when it was said, and nobody wrote down which was meant. */
const withoutPrice = (
  { shop }: Market,
  promise: PromiseMade,
  scope: Window,
  lowest: number | undefined,
): Verdict => {
  if (lowest === undefined) return { ...KEPT, open: null, complete: true }
  const orders = purchasesOf(shop, promise.product)
    .filter(({ order }) => isIn(scope, order.at))
    .map((purchase) => ({
      order: purchase.order.order,
      difference: differenceTo(purchase, fraction(lowest)),
    }))
    .filter(({ difference }) => difference > 0)
  return { ...KEPT, orders, open: 'price', complete: true }
}
