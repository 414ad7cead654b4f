/** Why the pricing of a shop refuses an event that the vocabulary let through: by field. */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'

export type PricingRefusalCode =
  | 'negative'
  | 'too-large'
  | 'ends-before-start'
  | 'over-whole'
  | 'id-taken'
  | 'unknown-product'
  | 'unknown-order'
  | 'zero-quantity'
  | 'discount-exceeds'
  | 'refund-exceeds'
  | 'circular-bundle'
  | 'mixed-currency'

export type PricingRefusal = {
  readonly source: string
  /** Id of the event. */
  readonly event: string
  readonly code: PricingRefusalCode
  /** Dotted path, e.g. `data.until`. */
  readonly field: string
  /** The product or order it is about, where the field alone does not say. */
  readonly about?: string
}

/** A placed order that is not counted: somebody may be owed who is not named. */
export const hidesOrder = ({ field }: PricingRefusal): boolean =>
  /^data\.(?:order|lines|total|discounts)\b/.test(field)

/** Goods, a price or a coupon that is not counted: something may cost less, or more, than it seems. */
export const hidesOffer = (refusal: PricingRefusal): boolean =>
  !hidesOrder(refusal) && !/^data\.(?:amount|product|scope\.until)$/.test(refusal.field)

export const pricingRefusalSentence = ({ event, code, field }: PricingRefusal): Sentence =>
  say(`pricing.refused.${code}`, { event, field })
