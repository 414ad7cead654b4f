/**
 * What a consumer might claim where a price promise turns out to be fraud: Consumer Protection Law
 * Art. 55 (row CPL-55), three times the price paid and at least 500 yuan, on top of the refund.
 *
 * Fraud is for a court to find: the amount is shown as a possible claim and never owed by itself.
 * A defence (PR22-21: no intent shown) weighs against the penalty, not against the breach.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'

export type PossibleClaim = {
  readonly kind: 'possible-claim'
  readonly status: 'suspected'
  readonly isOwed: false
  readonly provision: 'CPL-55'
  /** Minor units: the price paid, and what could be claimed beside its refund. */
  readonly paid: number
  readonly amount: number
  readonly text: Sentence
}

const TIMES = 3
/** No amount of money reaches 10^15 minor units, three times the price neither. */
const MOST = 333_333_333_333_333
/** 500 yuan in fen. */
const FLOOR = 50_000

/** @throws RangeError for a price that is no amount of money, or whose triple would be none */
export const fraudClaim = (paid: number, currency = 'CNY'): PossibleClaim => {
  if (!Number.isSafeInteger(paid) || paid < 0 || paid > MOST)
    throw new RangeError(`no price: ${paid}`)
  const amount = Math.max(TIMES * paid, FLOOR)
  return {
    kind: 'possible-claim',
    status: 'suspected',
    isOwed: false,
    provision: 'CPL-55',
    paid,
    amount,
    text: say('remedy.possible-claim', {
      paid: { money: paid, currency },
      amount: { money: amount, currency },
    }),
  }
}

export type Defence = {
  /** What the seller says it meant, or that it was a lucky draw. */
  readonly claim: 'intent' | 'lucky-draw'
  readonly standing: 'exoneration' | 'mitigation' | 'review'
  readonly provisions: readonly string[]
  readonly text: Sentence
}

/**
 * "It was meant to exclude that piece": an intent without an exclusion list in the coupon leaves
 * the breach standing (PR22-20) and counts towards mitigation only (PR22-21). With the list the
 * coupon never reached the product, and there is nothing to excuse.
 */
export const intentDefence = (excludesProduct: boolean): Defence =>
  excludesProduct
    ? {
        claim: 'intent',
        standing: 'exoneration',
        provisions: ['PR22-20'],
        text: say('defence.excluded'),
      }
    : {
        claim: 'intent',
        standing: 'mitigation',
        provisions: ['PR22-20', 'PR22-21'],
        text: say('defence.intent-only'),
      }

/** A draw needs rules (how many, what odds, what conditions) that were out before it began. */
export const drawDefence = (rulesPublishedBefore: boolean): Defence => ({
  claim: 'lucky-draw',
  standing: rulesPublishedBefore ? 'mitigation' : 'review',
  provisions: ['AUCL-11', 'PR22-20'],
  text: say(rulesPublishedBefore ? 'defence.draw-published' : 'defence.draw-unpublished'),
})
