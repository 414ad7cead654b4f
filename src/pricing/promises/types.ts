/** What becomes of a promise when it is checked. */
import type { Cheapest } from '../cheapest.ts'

export type PromiseOutcome = 'kept' | 'broken' | 'review' | 'outside'

/** What the promise left unsaid, by the field of the vocabulary that would have said it. */
export type MissingClause =
  /** Does a price count that only a coupon makes? */
  | 'couponsCount'
  /** Which price was promised? */
  | 'price'
  /** How many pieces? */
  | 'quantity'
  /** The rules of the draw, published before it began. */
  | 'drawRules'
  /** Nothing is missing but certainty: the solver stopped between its two bounds. */
  | 'exactPrice'

/** Minor units; rounded up to the next whole one where the witness costs a fraction. */
export type OwedOrder = { readonly order: string; readonly difference: number }

/** A basket that anybody could have bought, or an order that somebody did. */
export type Counterexample = Pick<Cheapest, Shown> & { readonly order?: string }

type Shown =
  'product' | 'at' | 'unitPrice' | 'exact' | 'lower' | 'upper' | 'channel' | 'basket' | 'coupons'

/** One reading of an open promise, worked out to the end. */
export type Reading = {
  readonly outcome: 'kept' | 'broken'
  readonly counterexample: Counterexample | null
  /** Id of the coupon or price event (of the order, where that is what undercuts). */
  readonly responsible: string | null
  readonly orders: readonly OwedOrder[]
}

export type PromiseCheck = Omit<Reading, 'outcome'> & {
  readonly promise: string
  readonly kind: 'lowest-price' | 'price-protection' | 'gift' | 'quantity'
  readonly product: string
  readonly outcome: PromiseOutcome
  readonly missingClause?: MissingClause
  /** Both readings, where the promise does not say whether coupons count and it matters. */
  readonly ifCounted?: Reading
  readonly ifNotCounted?: Reading
  /** `quantity`: every order got what was "sent by mistake", so nothing was a mistake (S1-11). */
  readonly isPlanned?: boolean
  /** False where there were more moments or baskets than could be looked at. */
  readonly complete: boolean
}

export const KEPT: Reading = {
  outcome: 'kept',
  counterexample: null,
  responsible: null,
  orders: [],
}
