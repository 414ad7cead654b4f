/**
 * Scenario S1-9, row PR22-19(4): "we posted the wrong coupon". If the price that the mistake leads
 * to stood in the table filed before the broadcast, the statement is false. An error that nobody
 * had planned and that was put right is an error; one of which neither is known stays open.
 */
import { parseTime } from '../../vocabulary/index.ts'
import { filedBefore } from './planned-concessions.ts'
import { holdsOneOf, type ScriptPolicy } from './policy.ts'
import type { Clip, Stage, Staging } from './stage.ts'

export type Mistake = {
  readonly script: 'planned-mistake'
  readonly verdict: 'supported' | 'honest-mistake' | 'undetermined'
  readonly broadcast: string
  readonly product: string
  /** The event of the coupon or price that was called a mistake. */
  readonly event: string
  /** What buyers paid through it: minor units. */
  readonly price: number
  readonly filed: { readonly at: number; readonly event: string } | null
  readonly corrected: { readonly at: number; readonly event: string } | null
  readonly clips: readonly Clip[]
}

export const mistakesOf = (stage: Stage, staging: Staging, policy: ScriptPolicy): Mistake[] =>
  [...couponMistakes(stage, staging), ...priceMistakes(stage, staging)].flatMap((candidate) => {
    const saidMs = candidate.at - stage.from
    const clips = stage.captions.filter(
      ({ startMs, text }) =>
        Math.abs(startMs - saidMs) <= policy.mistakeMs && holdsOneOf(text, policy.words.mistake),
    )
    if (clips.length === 0) return []
    const { product, price, event } = candidate
    const filed = filedBefore(staging.prices, stage.from, product, price)
    const corrected = candidate.corrected
    const verdict =
      filed !== undefined
        ? ('supported' as const)
        : corrected !== null
          ? ('honest-mistake' as const)
          : ('undetermined' as const)
    return [
      {
        script: 'planned-mistake' as const,
        verdict,
        broadcast: stage.broadcast,
        product,
        event,
        price,
        filed: filed === undefined ? null : { at: filed.at, event: filed.event.id },
        corrected,
        clips,
      },
    ]
  })

type Candidate = Pick<Mistake, 'product' | 'price' | 'event' | 'corrected'> & { at: number }

const isWithin = (at: number, { from, until }: Stage) => at >= from && at <= until

/** One piece at the price then in effect, less the coupon: for each product that it names. */
const couponMistakes = (stage: Stage, { coupons, prices, withdrawals }: Staging): Candidate[] =>
  coupons.flatMap(({ event, at }) => {
    const { coupon, kind, value, threshold, scope } = event.data
    if (kind !== 'amount-off' || !isWithin(at, stage)) return []
    const again = coupons.find(
      (later) => later.at > at && later.event.data.coupon === coupon && later.event.id !== event.id,
    )
    const named = scope.products ?? [...new Set(prices.map((set) => set.event.data.product))]
    return named
      .filter((product) => scope.exclude?.includes(product) !== true)
      .flatMap((product) => {
        const before = priceAt(prices, product, at)
        if (before === undefined || before < threshold || before <= value) return []
        const withdrawn = withdrawals.find(
          (gone) => gone.at > at && gone.event.data.product === product,
        )
        const corrected = again ?? withdrawn
        return [
          {
            product,
            price: before - value,
            event: event.id,
            at,
            corrected:
              corrected === undefined ? null : { at: corrected.at, event: corrected.event.id },
          },
        ]
      })
  })

/** A lower price set on air; set back to the old price, or above, it was put right. */
const priceMistakes = (stage: Stage, { prices }: Staging): Candidate[] =>
  prices.flatMap(({ event, at }) => {
    const { product, channel, kind, price } = event.data
    if (kind !== 'sale' || !isWithin(at, stage)) return []
    const before = priceAt(prices, product, at)
    if (before === undefined || price >= before) return []
    const back = prices.find(
      (later) =>
        later.at > at &&
        later.event.data.product === product &&
        later.event.data.channel === channel &&
        later.event.data.kind === 'sale' &&
        later.event.data.price >= before,
    )
    return [
      {
        product,
        price,
        event: event.id,
        at,
        corrected: back === undefined ? null : { at: back.at, event: back.event.id },
      },
    ]
  })

/** What was last set before the moment and then in effect, a sale before a list price. */
const priceAt = (prices: Staging['prices'], product: string, at: number): number | undefined => {
  const set = prices.filter(
    ({ event, at: setAt }) =>
      setAt < at &&
      event.data.product === product &&
      parseTime(event.data.from) <= at &&
      (event.data.until === undefined || parseTime(event.data.until) > at),
  )
  const last = (kind: 'sale' | 'list') =>
    set.findLast(({ event }) => event.data.kind === kind)?.event.data.price
  return last('sale') ?? last('list')
}
