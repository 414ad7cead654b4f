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

export const pricingRefusalSentence = ({ event, code, field }: PricingRefusal): Sentence =>
  say(`pricing.refused.${code}`, { event, field })
