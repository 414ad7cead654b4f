/**
 * Brings the database up to the ledger: findings, decisions and whose orders and complaints are, from
 * where it was last written. After an ordinary stop that is next to nothing; a database that is new,
 * lost or an older back-up gets all that it lacks. Figures are not in the ledger: rooms are judged
 * again.
 */
import { ARCHIVE_SOURCE } from '../archive/archive.ts'
import type { AppealView, MeasureView } from '../http/contract.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { Decisions } from './decided.ts'
import type { SqlRecords } from './records.ts'

export type CatchUpPorts = {
  readonly store: Pick<SqlStore, 'progress' | 'measures' | 'appeals'>
  readonly records: SqlRecords
  readonly sign: (text: string) => string
  /** Leaves of the ledger. */
  readonly size: number
}

/** Events between two writes: bounds what waits. */
const PART = 2_000

export class CatchUp {
  readonly #ports: CatchUpPorts
  readonly #decisions: Decisions
  readonly #met = new Set<string>()
  #waiting = 0
  /** Place in the ledger from which it wants to hear. */
  readonly from: number

  private constructor(ports: CatchUpPorts, from: number) {
    this.#ports = ports
    this.#decisions = new Decisions(ports.sign)
    this.from = from
  }

  static async open(ports: CatchUpPorts): Promise<CatchUp> {
    const { store, size } = ports
    const from = await store.progress.get()
    if (from <= size) return new CatchUp(ports, from)
    // The ledger is the truth: what the database knows beyond it never happened.
    await store.progress.backTo(size)
    return new CatchUp(ports, 0)
  }

  /** One event of the ledger, in its order. @param position after it */
  async take(event: AssayEvent, position: number): Promise<void> {
    const { records } = this.#ports
    if (event.source === ARCHIVE_SOURCE) archiveFinding(records, event, position)
    else {
      records.matters([event])
      await this.#decided(event, position)
    }
    this.#waiting += 1
    if (this.#waiting < PART) return
    this.#waiting = 0
    await records.flush()
  }

  async #decided(event: AssayEvent, position: number): Promise<void> {
    const { records, store } = this.#ports
    const decided = this.#decisions.take(event)
    if (decided?.type === 'finding')
      records.finding(decided.finding, position, decided.atMs, decided.isWithdrawn)
    else if (decided?.type === 'measure') {
      let { view } = decided
      // Imposed before what is read here: its own reasons stand in the database.
      const before = this.#met.has(view.measure)
        ? undefined
        : await store.measures.get(view.measure)
      if (before !== undefined) {
        const { liftedAt, liftedBy } = view
        view = { ...(before.document as MeasureView), liftedAt, liftedBy }
      }
      this.#met.add(view.measure)
      records.measure(view, position)
    } else if (decided?.type === 'appeal') {
      const { view } = decided
      const before = this.#met.has(view.appeal) ? undefined : await store.appeals.get(view.appeal)
      this.#met.add(view.appeal)
      records.appeal({ ...view, ...lodgedIn(before?.document as AppealView | undefined) }, position)
    }
  }
}

/** What is known of an appeal that was lodged before what is read here. */
const lodgedIn = (before: AppealView | undefined): Partial<AppealView> => {
  if (before === undefined) return {}
  const { grounds, party, lodgedBy, lodgedAt } = before
  return { grounds, party, lodgedBy, lodgedAt }
}

/** What the archive raised: a replay that is missing, a deletion that was refused. */
const archiveFinding = (records: SqlRecords, event: AssayEvent, position: number): void => {
  const isWithdrawn = event.type === 'live.finding.withdrawn'
  if (!isWithdrawn && event.type !== 'live.finding.raised') return
  // Erased: a finding without its name is about nobody any more.
  if (event.data.finding === undefined) return
  records.finding(event.data, position, Date.parse(event.time), isWithdrawn)
}
