/**
 * Whether a struck-through price may be shown beside a promotion (row PR22-16; Directive 98/6/EC
 * Art. 6a as amended by Directive (EU) 2019/2161). Both are bases that can be swapped.
 *
 * The window ends where the promotion begins, so the promotion's own sales never justify it. Never
 * having sold is an answer of its own: there is no price to compare with, and it is not zero.
 */
import { compareFractions, fraction, mulDiv, type Fraction } from './fraction.ts'
import { lowestPosted } from './promises/offers.ts'
import { purchasesOf } from './promises/sold.ts'
import type { Shop } from './shop.ts'

export type ReferenceBasis = {
  readonly name: 'PR22-16' | 'EU-98/6-6a'
  readonly windowMs: number
  /** What is looked at: orders only, or posted prices as well. */
  readonly source: 'transactions' | 'transactions-and-posted'
  /** Whether the last transaction before an empty window stands in for it. */
  readonly fallsBackToLast: boolean
}

const DAY = 86_400_000

/** The seller's lowest transaction price of the 7 days before; without any, its last one. */
export const PR22_16: ReferenceBasis = {
  name: 'PR22-16',
  windowMs: 7 * DAY,
  source: 'transactions',
  fallsBackToLast: true,
}

/** The lowest price applied by the trader in the 30 days before. */
export const EU_OMNIBUS: ReferenceBasis = {
  name: 'EU-98/6-6a',
  windowMs: 30 * DAY,
  source: 'transactions-and-posted',
  fallsBackToLast: false,
}

export type ReferenceQuestion = {
  readonly product: string
  /** When the promotion begins, ms. */
  readonly startsAt: number
  /** The struck-through price, minor units. */
  readonly claimed: number
  /** "At the same place" (PR22-16): the channel; absent for all of the seller's. */
  readonly channel?: string | undefined
  /** Named a recommended retail price: then it claims no sale, and this rule is not about it. */
  readonly isRecommended?: boolean | undefined
}

export type ReferenceAnswer = {
  readonly basis: ReferenceBasis['name']
  readonly outcome: 'allowed' | 'not-allowed' | 'no-transaction' | 'recommended'
  /** The highest price that may be shown: null where there was no transaction. */
  readonly cap: Fraction | null
  /** The order or the price event that sets the cap. */
  readonly evidence: string | null
  readonly isFallback: boolean
  /** ms; `until` is exclusive. */
  readonly window: { readonly from: number; readonly until: number }
}

export const referencePrice = (
  shop: Shop,
  { product, startsAt, claimed, channel, isRecommended = false }: ReferenceQuestion,
  basis: ReferenceBasis = PR22_16,
): ReferenceAnswer => {
  const window = { from: startsAt - basis.windowMs, until: startsAt }
  const inWindow = cheaperOf(
    lowestSold(shop, product, channel, window),
    basis.source === 'transactions' ? undefined : lowestOffer(shop, product, channel, window),
  )
  const found =
    inWindow ?? (basis.fallsBackToLast ? lastSold(shop, product, channel, window.from) : undefined)
  const answer = {
    basis: basis.name,
    cap: found?.price ?? null,
    evidence: found?.evidence ?? null,
    isFallback: inWindow === undefined && found !== undefined,
    window,
  }
  if (isRecommended) return { ...answer, outcome: 'recommended' }
  if (found === undefined) return { ...answer, outcome: 'no-transaction' }
  const isAllowed = compareFractions(fraction(claimed), found.price) <= 0
  return { ...answer, outcome: isAllowed ? 'allowed' : 'not-allowed' }
}

export type ShownReference = ReferenceAnswer & {
  readonly product: string
  readonly channel: string
  /** Minor units. */
  readonly claimed: number
  /** Id of the event that showed it. */
  readonly event: string
}

/** Every reference price that was ever shown, judged from the moment it began to be. */
export const shownReferences = (
  shop: Shop,
  basis: ReferenceBasis = PR22_16,
): readonly ShownReference[] =>
  [...shop.prices.values()].flatMap((byChannel) =>
    [...byChannel.values()].flatMap((prices) =>
      prices
        .filter(({ kind }) => kind === 'reference')
        .map(({ product, channel, price: claimed, from: startsAt, event }) => ({
          product,
          channel,
          claimed,
          event,
          ...referencePrice(shop, { product, startsAt, claimed }, basis),
        })),
    ),
  )

/** The change from a reference to a price in ten-thousandths, toward zero: 1,499 → 899 is −4002. */
export const changeBps = (reference: number, price: number): number =>
  price <= reference
    ? -mulDiv(reference - price, 10_000, reference)
    : mulDiv(price - reference, 10_000, reference)

type Found = { readonly price: Fraction; readonly evidence: string }
type Span = { readonly from: number; readonly until: number }

const cheaperOf = (a: Found | undefined, b: Found | undefined): Found | undefined =>
  a === undefined || (b !== undefined && compareFractions(b.price, a.price) < 0) ? b : a

/** What buyers really paid a piece, coupons included: the price of a transaction. */
const sold = (shop: Shop, product: string, channel: string | undefined) =>
  purchasesOf(shop, product).filter(
    ({ order }) => channel === undefined || order.channel === null || order.channel === channel,
  )

const lowestSold = (
  shop: Shop,
  product: string,
  channel: string | undefined,
  { from, until }: Span,
): Found | undefined => {
  let best: Found | undefined
  for (const { order, unitPaid } of sold(shop, product, channel))
    if (order.at >= from && order.at < until)
      best = cheaperOf(best, { price: unitPaid, evidence: order.order })
  return best
}

const lastSold = (
  shop: Shop,
  product: string,
  channel: string | undefined,
  before: number,
): Found | undefined => {
  const last = sold(shop, product, channel).findLast(({ order }) => order.at < before)
  return last === undefined ? undefined : { price: last.unitPaid, evidence: last.order.order }
}

const lowestOffer = (
  shop: Shop,
  product: string,
  channel: string | undefined,
  window: Span,
): Found | undefined => {
  const channels = channel === undefined ? [...(shop.prices.get(product)?.keys() ?? [])] : [channel]
  const posted = lowestPosted(shop, product, channels, window)
  return posted === undefined
    ? undefined
    : { price: fraction(posted.price.price), evidence: posted.price.event }
}
