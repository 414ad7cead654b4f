/**
 * How long something is kept: the latest of the periods that the law sets for it, each counted from
 * its own clock, and never while a hold stands (obligations table §11.1). Pure.
 *
 * A pre-sale broadcast has two clocks, the end of the broadcast and the completion of the last order
 * made in it; the later end counts. A clock that has not started yet keeps the object.
 */
import { cite } from '../law/provisions.ts'
import type { Form } from '../law/policy.ts'
import type { Provision } from '../vocabulary/finding.ts'
import type { Clock, KeptKind, Period, RetentionPolicy, RetentionRow } from './retention-table.ts'

/** One object, or a group of objects that stand and fall together. */
export type Kept = {
  readonly kind: KeptKind
  readonly form: Form
  readonly isKeyRoom: boolean
  /** Start of each clock, ms; null for one that will run but has not started. */
  readonly clocks: Readonly<Partial<Record<Clock, number | null>>>
  /** What an unstarted clock waits for: ids of orders, or the broadcast. */
  readonly waitsFor: readonly string[]
  /** Ids of the holds that cover it. */
  readonly heldBy: readonly string[]
}

export type RowExpiry = {
  /** Row of the retention table. */
  readonly row: string
  readonly provisions: readonly Provision[]
  readonly clock: Clock
  /** ms; both null while the clock has not started. */
  readonly from: number | null
  readonly until: number | null
  /** Only a draft says so: cited for orientation, it keeps nothing. */
  readonly isDraft: boolean
}

export type Expiry = {
  /**
   * First instant, ms, at which it may be deleted as far as periods go; null while a clock has not
   * started, and where no row covers it: what no rule speaks of is not deleted by rule.
   */
  readonly at: number | null
  /** Every row that applies, the one that decides first. */
  readonly rows: readonly RowExpiry[]
  readonly waitsFor: readonly string[]
  readonly heldBy: readonly string[]
}

export const expiryOf = (kept: Kept, policy: RetentionPolicy): Expiry => {
  const rows = policy.rows.flatMap((row) => rowExpiry(row, kept, policy)).sort(byLatest)
  const binding = rows.filter(({ isDraft }) => !isDraft)
  const isRunning = binding.some(({ until }) => until === null)
  return {
    at: isRunning ? null : (binding[0]?.until ?? null),
    rows,
    waitsFor: isRunning ? kept.waitsFor : [],
    heldBy: kept.heldBy,
  }
}

/** Whether it may be deleted at `at`: every period has ended and no hold stands. */
export const isDue = (expiry: Expiry, at: number): boolean =>
  expiry.at !== null && expiry.at <= at && expiry.heldBy.length === 0

const rowExpiry = (row: RetentionRow, kept: Kept, { law }: RetentionPolicy): RowExpiry[] => {
  const from = kept.clocks[row.clock]
  if (from === undefined || !row.objects.includes(kept.kind)) return []
  if (row.keyRoomsOnly === true && !kept.isKeyRoom) return []
  const common = { row: row.id, clock: row.clock, from }
  // Which law will be alive when the clock starts is not known; until then nothing is deleted.
  if (from === null) return [{ ...common, provisions: [], until: null, isDraft: false }]
  const provisions = cite(row.provisions, from, law, kept.form)
  if (provisions.length === 0) return []
  const isDraft = provisions.every(({ status }) => status === 'draft')
  const until = endOf(from, row.period, law.utcOffsetMinutes)
  return [{ ...common, provisions, until, isDraft }]
}

const byLatest = (x: RowExpiry, y: RowExpiry): number =>
  (y.until ?? Number.POSITIVE_INFINITY) - (x.until ?? Number.POSITIVE_INFINITY) || 0

/**
 * The midnight, local time, after the last day of a period: the day on which it begins is not
 * counted and its last day is counted whole (Civil Code Art. 201, 203). Where the last month lacks
 * the day, the period runs into the next month: kept longer, never shorter.
 */
export const endOf = (fromMs: number, period: Period, utcOffsetMinutes: number): number => {
  const offsetMs = utcOffsetMinutes * 60_000
  const day = new Date(fromMs + offsetMs)
  const years = 'years' in period ? period.years : 0
  const months = 'months' in period ? period.months : 0
  const days = 'days' in period ? period.days : 0
  return (
    Date.UTC(
      day.getUTCFullYear() + years,
      day.getUTCMonth() + months,
      day.getUTCDate() + days + 1,
    ) - offsetMs
  )
}
