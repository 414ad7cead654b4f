/**
 * What became of a promise, as a signal (rows CPLR24-12, PR22-19(5), PR22-20). Promise, price and
 * coupon are records, and that the one is below the other is arithmetic; what weighs is whether the
 * lower price is one that the promise spoke of. So a clause that is missing, a search that stopped, or
 * goods that cannot be told apart leave it undetermined, and so does a claim that may still be paid.
 */
import type { Signal } from '../../detectors/detector.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { PromiseCheck } from '../../pricing/promises.ts'
import { promisedPrice, windowOf } from '../../pricing/promises/lowest-price.ts'
import type { Counterexample } from '../../pricing/promises/types.ts'
import type { PromiseMade, Shop } from '../../pricing/shop.ts'
import type { Family, Reason } from '../../vocabulary/finding.ts'

/** That it was promised, by the producer's own record; more where channels and time were stated. */
const SAID_BANS = { bare: 0.5, scoped: 0.8 }
/** A price that was posted hides behind nothing; a basket somebody might have thought unlikely. */
const LOWER_BANS = { posted: 1.2, reachable: 0.9, ordered: 1.2 }
const OWED_BANS = 0.5
/** Of what was said; a shop on file keeps no more of it. */
export const MOST_SAID = 300

export type PromiseCase = {
  readonly check: PromiseCheck
  readonly made: PromiseMade
  readonly shop: Shop
  readonly currency: string
  /** Absent for a promise of no broadcast. */
  readonly broadcast: string | undefined
  /** ms: the latest that the evidence tells of. */
  readonly lastAt: number
  /** Of goods, prices and coupons nothing was left out that it hangs on. */
  readonly isSound: boolean
}

/** Undefined where nothing undercuts it and nobody is owed. */
export const promiseSignal = (given: PromiseCase): Signal | undefined => {
  const { check, made, currency, broadcast } = given
  const { outcome, counterexample, orders, product, responsible } = check
  if (outcome === 'kept' || outcome === 'outside') return undefined
  if (counterexample === null && orders.length === 0) return undefined
  const why = whyOpen(given)
  const weighed = reasonsOf(given)
  const reasons = why === null ? weighed : weighed.map((one) => ({ ...one, weightBans: 0 }))
  const weightBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  const sum = { money: owed(check), currency }
  return {
    kind: 'promise-broken',
    ...(broadcast === undefined ? {} : { broadcast }),
    subject: `${product}: ${made.promise}`,
    hypotheses: [
      { name: 'unkept-promise', weightBans },
      { name: 'other-offer', weightBans: 0 },
      ...(isPending(given) ? [{ name: 'payment-pending' as const, weightBans: 0 }] : []),
    ],
    summary:
      why === null
        ? say('prices.broken', { product, orders: orders.length, sum })
        : say('prices.open', { product, why: { term: why } }),
    reasons,
    ...(why === null ? {} : { undetermined: true }),
    evidence: [made.event, ...(responsible === null ? [] : [nameOf(responsible, given)])],
    from: made.at,
    until: Math.max(made.at, counterexample?.at ?? made.at),
    suspicions: [],
  }
}

/** Of a promise whose goods cannot be judged, whatever became of it. */
export const openSignal = (made: PromiseMade, broadcast: string | undefined): Signal => ({
  kind: 'promise-broken',
  ...(broadcast === undefined ? {} : { broadcast }),
  subject: `${made.product}: ${made.promise}`,
  hypotheses: [
    { name: 'unkept-promise', weightBans: 0 },
    { name: 'other-offer', weightBans: 0 },
  ],
  summary: say('prices.open', {
    product: made.product,
    why: { term: say('prices.not-judged') },
  }),
  reasons: [{ ...saidOf(made, made.price), weightBans: 0 }],
  undetermined: true,
  evidence: [made.event],
  from: made.at,
  until: made.at,
  suspicions: [],
})

/** An order goes by its own name: whoever puts it together from a table has no event of it. */
const nameOf = (responsible: string, { check, shop }: PromiseCase): string => {
  const order = check.counterexample?.order
  return order !== undefined && shop.orders.get(order)?.event === responsible ? order : responsible
}

/** Null where it is not open. */
const whyOpen = (given: PromiseCase): Sentence | null => {
  const { check, isSound } = given
  if (check.missingClause !== undefined) {
    const clause = say(`promise.clause.${check.missingClause}`)
    return trimmed(say('promise.missing', { clause: { term: clause } }))
  }
  if (!isSound) return say('prices.not-judged')
  if (check.kind === 'gift' || check.kind === 'quantity') return say('prices.not-in-order')
  if (!check.complete) return say('promise.clause.exactPrice')
  return isPending(given) ? say('prices.pending') : null
}

const isPending = ({ made, lastAt }: PromiseCase): boolean =>
  made.kind === 'price-protection' && windowOf(made).until > lastAt

const reasonsOf = ({ check, made, shop, currency }: PromiseCase): Reason[] => {
  const { counterexample, orders } = check
  const limit = promisedPrice(shop, made)
  const due: Reason = {
    family: 'transaction',
    text: say('prices.owed', { orders: orders.length, sum: { money: owed(check), currency } }),
    observed: orders.length,
    expected: { 'other-offer': 0 },
    weightBans: OWED_BANS,
  }
  return [
    saidOf(made, limit),
    ...(counterexample === null ? [] : [lowerReason(counterexample, limit, currency)]),
    ...(orders.length === 0 ? [] : [due]),
  ]
}

const saidOf = (made: PromiseMade, limit: number | undefined): Reason => ({
  family: 'content',
  text: say('prices.said', { text: cut(made.text) }),
  observed: limit ?? made.kind,
  expected: {},
  weightBans: made.scope === undefined ? SAID_BANS.bare : SAID_BANS.scoped,
})

const lowerReason = (
  { at, basket, channel, coupons, order, unitPrice }: Counterexample,
  limit: number | undefined,
  currency: string,
): Reason => {
  const observed = Math.floor(unitPrice.numerator / unitPrice.denominator)
  const values = { price: { money: observed, currency }, at: { at } }
  const [how, family, text]: [keyof typeof LOWER_BANS, Family, Sentence] =
    order !== undefined
      ? ['ordered', 'transaction', say('prices.ordered', { ...values, order })]
      : coupons.length === 0
        ? ['posted', 'public', say('prices.posted', { ...values, channel })]
        : [
            'reachable',
            'public',
            say('prices.reachable', {
              ...values,
              basket: basket.map(({ product, quantity }) => `${quantity} × ${product}`).join(', '),
              coupons: coupons.join(', '),
            }),
          ]
  return {
    family,
    text,
    observed,
    expected: limit === undefined ? {} : { 'other-offer': limit },
    weightBans: LOWER_BANS[how],
  }
}

const owed = ({ orders }: PromiseCheck) =>
  orders.reduce((sum, { difference }) => sum + difference, 0)

/** What was erased is missing. */
const cut = (text: string | undefined): string => (text ?? '').slice(0, MOST_SAID)

/** The sentence is indented for a terminal. */
const trimmed = ({ en, zh }: Sentence): Sentence => ({ en: en.trim(), zh: zh.trim() })
