/**
 * What `assay price check`, `preflight` and `refunds` do first: files into a shop, with the events
 * that say what the shop does not keep (captions, counters, refund requests). As everywhere in
 * pricing one refused event ends the command; `--skip-refused` goes on without it and says so.
 */
import { readEvents } from '../../importers/read-events.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { showFraction, type Fraction } from '../../pricing/fraction.ts'
import type { Counterexample } from '../../pricing/promises.ts'
import { pricingRefusalSentence } from '../../pricing/refusal.ts'
import { SHOP_EVENTS, shopOf, type Shop } from '../../pricing/shop.ts'
import { parseTime, type AssayEvent, type EventType } from '../../vocabulary/index.ts'
import { UsageError, type Io } from '../command.ts'
import { progressOn } from '../progress.ts'

const TYPES: ReadonlySet<EventType> = new Set<EventType>([
  ...SHOP_EVENTS,
  'live.broadcast.ended',
  'live.display.updated',
  'live.caption.spoken',
  'live.refund.requested',
  'live.document.filed',
  'live.complaint.answered',
  'live.complaint.closed',
])

export type ReadShop = {
  readonly shop: Shop
  readonly events: readonly AssayEvent[]
  /** Events left out under `--skip-refused`. */
  readonly skipped: number
}

/** @throws UsageError naming the first event and field that is refused, unless told to skip */
export const readShopAndEvents = async (
  paths: readonly string[],
  skipRefused: boolean,
  io: Io,
): Promise<ReadShop> => {
  if (paths.length === 0) throw new UsageError(say('price.no-input'))
  const progress = progressOn(io)
  const read = await readEvents(paths, TYPES, {
    signal: io.signal,
    onProgress: ({ path, bytes, totalBytes }) =>
      progress.tell(() =>
        totalBytes > 0
          ? say('audit.reading', { path, share: { percent: Math.min(1, bytes / totalBytes) } })
          : say('audit.reading-stream', { path, megabytes: Math.round(bytes / 1e6) }),
      ),
  })
  progress.end()
  const { shop, refused } = shopOf(read.events)
  const misread = read.refused.map(({ text, examples }): Sentence =>
    say('price.misread', { where: examples[0]?.where ?? '', reason: { term: text } }),
  )
  const skipped = read.refused.reduce((sum, { count }) => sum + count, refused.length)
  const [first] = [...misread, ...refused.map(pricingRefusalSentence)]
  if (first === undefined) return { shop, events: read.events, skipped }
  if (!skipRefused)
    throw new UsageError(
      skipped === 1 ? first : say('price.refused', { first: { term: first }, more: skipped - 1 }),
    )
  const note = say('price.skipped', { count: skipped, first: { term: first } })
  io.err(`assay: ${note[io.language]}\n`)
  return { shop, events: read.events, skipped }
}

/** RFC 3339, or a day, meaning its end in UTC; undefined for undefined. */
export const momentOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const at = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59.999Z` : text)
  if (Number.isNaN(at)) throw new UsageError(say('price.bad-time', { text }))
  return at
}

export const iso = (at: number): string => new Date(at).toISOString()

/** Fractions as `"n/d"`, instants as RFC 3339. */
export const witnessJson = (witness: Counterexample) => ({
  ...witness,
  at: iso(witness.at),
  unitPrice: showFraction(witness.unitPrice),
  lower: showFraction(witness.lower),
  upper: showFraction(witness.upper),
})

/** A price as a person reads it, cut to the minor unit; never computed with. */
export const shownPrice = ({ numerator, denominator }: Fraction): number =>
  Math.floor(numerator / denominator)
