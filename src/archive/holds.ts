/**
 * Legal holds: what a complaint freezes, and whether something is frozen (scenario S1-34; M26-16,
 * ECL-62: whoever loses or destroys the records of a dispute bears the consequences). Pure.
 *
 * A hold is released by a decision, never by the clock and never by the closing of the complaint:
 * the case may still go to court.
 */
import * as z from 'zod'
import type { BroadcastFacts, Facts, Lodged } from './facts.ts'

const term = z.strictObject({
  broadcast: z.string().optional(),
  product: z.string().optional(),
  order: z.string().optional(),
})
const terms = z.array(term).min(1)

/** Something is in scope when it fits one term; it fits a term when every field agrees. */
export type Scope = z.infer<typeof terms>

export type Hold = {
  readonly hold: string
  /** The complaint or case that it serves. */
  readonly matter: string
  /** Null where the scope was erased or is of a foreign kind: such a hold covers everything. */
  readonly scope: Scope | null
  /** ms. */
  readonly placedAt: number
}

/** What somebody wants to delete, as far as a hold asks. */
export type Target = {
  readonly broadcast?: string | undefined
  readonly order?: string | undefined
  /** The complaint or case that it belongs to: its own records are held with what they are about. */
  readonly matter?: string | undefined
  /** ms; a piece of a recording, to be compared with the airtime of a product. */
  readonly from?: number | undefined
  readonly until?: number | undefined
}

/** Before a product is listed it is praised, and after it is withdrawn the quarrel goes on. */
const MARGIN_MS = 10 * 60_000

export const formatScope = (scope: Scope): string => JSON.stringify(scope)

/** Is the inverse of formatScope; null for any other text. */
export const parseScope = (text: string | undefined): Scope | null => {
  try {
    return terms.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

/**
 * What a complaint puts on hold: the broadcast that it names, the order with the broadcast that it
 * was made in, and the product wherever it was on air. Null where it names none of them.
 */
export const scopeOfComplaint = (complaint: Lodged, facts: Facts): Scope | null => {
  const { order, product } = complaint.data
  const scope: Scope = []
  const add = (next: Scope[number]) => {
    if (!scope.some((known) => JSON.stringify(known) === JSON.stringify(next))) scope.push(next)
  }
  if (complaint.subject !== undefined) add({ broadcast: complaint.subject })
  if (product !== undefined) add({ product })
  if (order !== undefined) {
    const known = facts.orders.get(order)
    add({ order })
    if (known?.broadcast != null) add({ broadcast: known.broadcast })
    if (product === undefined) for (const bought of known?.products ?? []) add({ product: bought })
  }
  return scope.length > 0 ? scope : null
}

/** Ids of the holds that cover the target, in order of age. */
export const holdsOn = (target: Target, facts: Facts): string[] =>
  [...facts.holds.values()]
    .filter(
      ({ scope, matter }) =>
        scope === null ||
        matter === target.matter ||
        scope.some((fits) => covers(fits, target, facts)),
    )
    .sort((x, y) => x.placedAt - y.placedAt || (x.hold < y.hold ? -1 : 1))
    .map(({ hold }) => hold)

const covers = (fits: Scope[number], target: Target, facts: Facts): boolean => {
  const order = target.order === undefined ? undefined : facts.orders.get(target.order)
  const broadcast = target.broadcast ?? order?.broadcast ?? undefined
  if (fits.order !== undefined && fits.order !== target.order) return false
  if (fits.broadcast !== undefined && fits.broadcast !== broadcast) return false
  if (fits.product === undefined) return true
  if (order?.products.has(fits.product) === true) return true
  const aired = broadcast === undefined ? undefined : facts.broadcasts.get(broadcast)
  return aired !== undefined && wasOnAir(fits.product, target, aired)
}

/** A target without times is the broadcast as a whole. */
const wasOnAir = (product: string, { from, until }: Target, aired: BroadcastFacts): boolean =>
  (aired.airtimes.get(product) ?? []).some(
    (time) =>
      (until === undefined || time.from - MARGIN_MS <= until) &&
      (from === undefined || time.until === null || from <= time.until + MARGIN_MS),
  )
