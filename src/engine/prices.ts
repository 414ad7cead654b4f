/**
 * Price promises of an audit, checked and weighed (src/pricing, docs/promises.md). An audit in which
 * nothing was promised costs nothing.
 */
import type { Signal } from '../detectors/detector.ts'
import type { Evidence } from '../detectors/room.ts'
import { checkPromise, marketOf, stillOwed } from '../pricing/promises.ts'
import { shopIn } from './prices/shop.ts'
import { promiseSignal } from './prices/signal.ts'

/**
 * Branches a question, and fillers × coupons over all of them: seconds in the largest shop. The same
 * on air, so that the same is found.
 */
export const PROMISE_SEARCH = { nodes: 5_000, work: 5_000_000 }
/** Where no broadcast states one. */
const CURRENCY = 'CNY'

export const weighPrices = (evidence: Evidence): Signal[] => {
  const events = evidence.offers?.events ?? []
  if (!events.some(({ type }) => type === 'live.promise.made')) return []
  const { shop, isWhole, shared, compensated } = shopIn(evidence, events)
  const market = marketOf(shop, PROMISE_SEARCH)
  const places = new Map(
    events.map(({ source, id, subject }) => [`${source} ${id}`, subject] as const),
  )
  const lastAt = [...evidence.rooms.values()].reduce(
    (last, room) => Math.max(last, room.lastAt || last),
    shop.lastAt ?? Number.NEGATIVE_INFINITY,
  )
  return shop.promises.flatMap((made) => {
    const checked = checkPromise(market, made, { paidBack: compensated })
    const subject = places.get(`${made.source} ${made.event}`)
    if (checked === undefined) return []
    const check = stillOwed(checked, compensated)
    const goods = [
      made.product,
      ...(check.counterexample?.basket ?? []).map((line) => line.product),
    ]
    const signal = promiseSignal({
      check,
      made,
      shop,
      currency: shop.currency ?? CURRENCY,
      broadcast: subject !== undefined && evidence.rooms.has(subject) ? subject : undefined,
      lastAt,
      isSound: isWhole && !goods.some((product) => shared.has(product)),
    })
    return signal ?? []
  })
}
