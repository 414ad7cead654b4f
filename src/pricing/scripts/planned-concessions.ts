/**
 * Scenario S1-8, rows D8 and M26-30: a price goes down step by step "because you asked for it",
 * and ends where it had been filed before the broadcast began. Filing a price ahead is lawful; to
 * present it as won on the spot is not, so words of concession are needed for more than a question.
 */
import { groupBy } from '../group-by.ts'
import type { EventOf } from '../../vocabulary/index.ts'
import { holdsOneOf, type ScriptPolicy } from './policy.ts'
import type { Clip, Stage, Staging, Timed } from './stage.ts'

export type PlannedConcession = {
  readonly script: 'planned-concession'
  readonly verdict: 'supported' | 'undetermined'
  readonly broadcast: string
  readonly product: string
  readonly channel: string
  /** Falling, in the order in which they were set; minor units. */
  readonly steps: readonly { readonly price: number; readonly at: number; readonly event: string }[]
  /** The event that had filed the final price before the broadcast. */
  readonly filed: { readonly at: number; readonly event: string }
  readonly clips: readonly Clip[]
}

export const plannedConcessions = (
  stage: Stage,
  { prices }: Staging,
  policy: ScriptPolicy,
): PlannedConcession[] => {
  const during = prices.filter(
    ({ event, at }) => event.data.kind === 'sale' && at >= stage.from && at <= stage.until,
  )
  const series = groupBy(during, ({ event }) => `${event.data.product} ${event.data.channel}`)
  return [...series.values()].flatMap((set) => {
    const steps = longestFall(set)
    // The first price is where it starts; each lower one after it is a concession.
    if (steps.length <= policy.minSteps) return []
    const { product, channel, price } = steps.at(-1)!.event.data
    const filed = filedBefore(prices, stage.from, product, price)
    if (filed === undefined) return []
    const from = steps[0]!.at - stage.from - policy.quarrelMs
    const until = steps.at(-1)!.at - stage.from + policy.quarrelMs
    const clips = stage.captions.filter(
      ({ startMs, text }) =>
        startMs >= from && startMs <= until && holdsOneOf(text, policy.words.concession),
    )
    return [
      {
        script: 'planned-concession' as const,
        verdict: clips.length > 0 ? ('supported' as const) : ('undetermined' as const),
        broadcast: stage.broadcast,
        product,
        channel,
        steps: steps.map(({ event, at }) => ({ price: event.data.price, at, event: event.id })),
        filed: { at: filed.at, event: filed.event.id },
        clips,
      },
    ]
  })
}

type Price = Timed<EventOf<'live.price.set'>>

/** The price as it stood in the table that was filed before the broadcast began. */
export const filedBefore = (
  prices: readonly Price[],
  from: number,
  product: string,
  price: number,
): Price | undefined =>
  prices.find(
    ({ event, at }) =>
      at < from &&
      event.data.kind !== 'reference' &&
      event.data.product === product &&
      event.data.price === price,
  )

/** The longest run of strictly falling prices, the earliest of equal ones. */
const longestFall = (set: readonly Price[]): readonly Price[] => {
  let best: readonly Price[] = []
  let from = 0
  for (let i = 1; i <= set.length; i += 1) {
    if (i < set.length && set[i]!.event.data.price < set[i - 1]!.event.data.price) continue
    if (i - from > best.length) best = set.slice(from, i)
    from = i
  }
  return best
}
