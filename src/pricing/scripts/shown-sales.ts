/**
 * Scenarios S1-3 and S1-5: the counter on the page, or the host, says more was sold than was paid.
 * Payments are recorded late and counters are cached, so a window is widened by the stated lag and
 * a small share is let pass. Evidence without orders (a capture of the page) says nothing here.
 */
import type { ScriptPolicy } from './policy.ts'
import type { Stage, Staging } from './stage.ts'

export type ShownSales = {
  readonly script: 'shown-against-orders'
  readonly verdict: 'supported'
  readonly broadcast: string
  readonly from: number
  readonly until: number
  /** By how much the counter rose, and how many paid orders lie in the widened window. */
  readonly shown: number
  readonly paid: number
  readonly missing: number
  readonly evidence: readonly string[]
}

/** The window in which most shown orders have no order behind them. */
export const shownSales = (stage: Stage, staging: Staging, policy: ScriptPolicy): ShownSales[] => {
  if (!staging.knowsOrders) return []
  const shown = stage.displays.flatMap(({ event, at }) =>
    event.data.orders === undefined ? [] : [{ at, orders: event.data.orders, event: event.id }],
  )
  const times = [...(staging.sold.get(stage.broadcast) ?? [])].sort((a, b) => a - b)
  const rises = shown.slice(1).map((now, i) => ({ before: shown[i]!, now }))
  const windows = rises.flatMap(({ before, now }) => {
    const delta = now.orders - before.orders
    const paid = countBetween(times, before.at - policy.paymentLagMs, now.at + policy.paymentLagMs)
    const missing = delta - paid
    if (missing <= 0 || missing * 10_000 <= delta * policy.displaySlackBps) return []
    return [
      {
        script: 'shown-against-orders' as const,
        verdict: 'supported' as const,
        broadcast: stage.broadcast,
        from: before.at,
        until: now.at,
        shown: delta,
        paid,
        missing,
        evidence: [before.event, now.event],
      },
    ]
  })
  const [worst] = windows.sort((a, b) => b.missing - a.missing)
  return worst === undefined ? [] : [worst]
}

const countBetween = (sorted: readonly number[], from: number, until: number): number =>
  lowerBound(sorted, until + 1) - lowerBound(sorted, from)

/** How many of the sorted values lie below `value`. */
const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

export type SalesClaim = {
  readonly claimed: number
  /** Paid less refunded, minor units; null where the evidence holds no payment. */
  readonly net: number | null
  readonly outcome: 'matches' | 'overstated' | 'insufficient-data'
}

/** A figure said or shown against the books: what was paid, net of what went back. */
export const reconcileSales = (
  claimed: number,
  books: { readonly paid: number; readonly refunded: number } | null,
): SalesClaim => {
  if (books === null) return { claimed, net: null, outcome: 'insufficient-data' }
  const net = books.paid - books.refunded
  return { claimed, net, outcome: claimed > net ? 'overstated' : 'matches' }
}
