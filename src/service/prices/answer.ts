/**
 * A shop's events and a coupon, answered: every promise checked, and what the coupon would do to
 * them if it were issued (src/pricing). Pure: the thread around it is prices.ts.
 */
import type { CheckedPromise, PreflightAnswer, ReceiptView } from '../../http/contract.ts'
import type { FileQuestion, PreflightQuestion } from '../../http/routes/prices.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { priceBasket } from '../../pricing/price-basket.ts'
import { preflight, PREFLIGHT_NODES, type Change } from '../../pricing/preflight.ts'
import { checkPromises } from '../../pricing/promises.ts'
import type { MarketOptions } from '../../pricing/promises.ts'
import type { Counterexample, MissingClause, PromiseCheck } from '../../pricing/promises/types.ts'
import { pricingRefusalSentence } from '../../pricing/refusal.ts'
import { couponOf, isRefusal, shopOf, type Coupon, type Shop } from '../../pricing/shop.ts'
import { admit, refusalSentence, type AssayEvent } from '../../vocabulary/index.ts'

const REFUSED_SHOWN = 20
/** As on the command line, where no broadcast of the shop states one. */
const CURRENCY = 'CNY'

export const answerOf = ({ events, coupon: asked }: FileQuestion): PreflightAnswer => {
  const refused: Sentence[] = []
  const admitted = events.flatMap((value): AssayEvent[] => {
    const admission = admit(value)
    if (admission.ok) return [admission.event]
    refused.push(refusalSentence(admission.refusal))
    return []
  })
  const { shop, refused: unsound } = shopOf(admitted)
  refused.push(...unsound.map(pricingRefusalSentence))
  const promises = checkPromises(shop, { nodes: PREFLIGHT_NODES }).map((check) => {
    const made = shop.promises.find(({ promise }) => promise === check.promise)
    return checkedView(shop, check, made?.text ?? '')
  })
  return { ...tried(shop, asked, refused), promises }
}

/** A coupon against a shop; `refused` is what was left out of it so far. */
export const tried = (
  shop: Shop,
  asked: PreflightQuestion['coupon'],
  refused: Sentence[],
  options: MarketOptions = {},
): PreflightAnswer => {
  const coupon = asked === null ? null : readCoupon(asked, shop, refused)
  return {
    currency: currencyOf(shop),
    refused: refused.slice(0, REFUSED_SHOWN),
    refusedCount: refused.length,
    promises: [],
    products: [...shop.products.values()].map(({ product, title }) => ({ product, title })),
    coupon: coupon === null ? null : couponAnswer(shop, coupon, options),
  }
}

export const checkedView = (shop: Shop, check: PromiseCheck, text: string): CheckedPromise => ({
  promise: check.promise,
  kind: check.kind,
  product: check.product,
  text,
  outcome: check.outcome,
  missing: missingOf(check.missingClause),
  responsible: check.responsible,
  owedOrders: check.orders.length,
  owed: check.orders.reduce((sum, { difference }) => sum + difference, 0),
  receipt: check.counterexample && receiptOf(shop, check.counterexample),
  complete: check.complete,
})

export const currencyOf = (shop: Shop): string => shop.currency ?? CURRENCY

const readCoupon = (data: object, shop: Shop, refused: Sentence[]): Coupon | null => {
  const from = 'from' in data && typeof data.from === 'string' ? data.from : undefined
  const admission = admit({
    specversion: '1.0',
    id: 'preflight',
    source: 'preflight',
    type: 'live.coupon.issued',
    time: from ?? '1970-01-01T00:00:00Z',
    data,
  })
  if (!admission.ok) {
    refused.push(refusalSentence(admission.refusal))
    return null
  }
  if (admission.event.type !== 'live.coupon.issued') return null
  const coupon = couponOf(admission.event)
  if (isRefusal(coupon)) {
    refused.push(pricingRefusalSentence(coupon))
    return null
  }
  for (const product of [...(coupon.scope.products ?? []), ...coupon.scope.exclude])
    if (!shop.products.has(product)) {
      refused.push(say('preflight.unknown-product', { product }))
      return null
    }
  return coupon
}

const couponAnswer = (
  shop: Shop,
  coupon: Coupon,
  options: MarketOptions,
): PreflightAnswer['coupon'] => {
  const { outcome, breaks, changes, liability, complete } = preflight(shop, coupon, options)
  return {
    outcome,
    breaks: breaks.map(({ promise, product, limit, missingClause, counterexample }) => ({
      promise,
      product,
      limit,
      missing: missingOf(missingClause),
      receipt: receiptOf(shop, counterexample, coupon),
    })),
    changes: changes.map((change) => {
      const { en, zh } = changeSentence(change, currencyOf(shop))
      return { en: en.trim(), zh: zh.trim() }
    }),
    liability,
    complete,
  }
}

/** The sentence is indented for a terminal. */
const missingOf = (clause: MissingClause | undefined): Sentence | null => {
  if (clause === undefined) return null
  const { en, zh } = say('promise.missing', { clause: { term: say(`promise.clause.${clause}`) } })
  return { en: en.trim(), zh: zh.trim() }
}

const changeSentence = (change: Change, currency: string): Sentence => {
  switch (change.change) {
    case 'exclude':
      return say('preflight.exclude', { products: change.products.join(', ') })
    case 'raise-threshold':
      return say('preflight.raise', { threshold: { money: change.threshold, currency } })
    case 'wait':
    default:
      return say('preflight.wait', { from: { at: change.from }, until: { at: change.until } })
  }
}

const receiptOf = (shop: Shop, witness: Counterexample, issued?: Coupon): ReceiptView => {
  const coupons = witness.coupons.flatMap((id) => {
    const coupon = issued?.coupon === id ? issued : shop.coupons.get(id)
    return coupon === undefined ? [] : [coupon]
  })
  const basket = witness.basket.map(({ product, quantity, unitPrice }) => ({
    product,
    merchant: shop.products.get(product)?.merchant ?? null,
    quantity,
    unitPrice,
  }))
  const { lines, discounts, gross, total } = priceBasket(basket, coupons, witness.channel)
  const { numerator, denominator } = witness.unitPrice
  return {
    product: witness.product,
    at: new Date(witness.at).toISOString(),
    channel: witness.channel,
    unitPrice: Math.floor(numerator / denominator),
    lines: lines.map(({ product, quantity, unitPrice, amount, discount }) => ({
      product,
      quantity,
      unitPrice,
      amount,
      discount,
    })),
    coupons: discounts.map(({ coupon, amount }) => ({ coupon, discount: amount })),
    gross,
    total,
    order: witness.order ?? null,
  }
}
