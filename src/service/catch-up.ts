/**
 * Brings the database up to the ledger: decisions and whose orders and complaints are, from where it
 * was last written. After an ordinary stop that is next to nothing; a database that is new, lost or
 * an older back-up gets all that it lacks. Figures are not in the ledger: rooms are judged again.
 */
import type { Journal } from '../engine/live/journal.ts'
import type { MeasureView } from '../http/contract.ts'
import type { SqlStore } from '../store/sql/store.ts'
import { Decisions } from './decided.ts'
import type { SqlRecords } from './records.ts'

export type CatchUpPorts = {
  readonly store: Pick<SqlStore, 'progress' | 'measures'>
  readonly records: SqlRecords
  readonly journal: Pick<Journal, 'replay'>
  readonly sign: (text: string) => string
  /** Leaves of the ledger. */
  readonly size: number
}

export const catchUp = async ({
  store,
  records,
  journal,
  sign,
  size,
}: CatchUpPorts): Promise<void> => {
  let from = await store.progress.get()
  if (from > size) {
    // The ledger is the truth: what the database knows beyond it never happened.
    await store.progress.backTo(size)
    from = 0
  }
  const decisions = new Decisions(sign)
  const met = new Set<string>()
  for await (const { position, events } of journal.replay(from)) {
    records.matters(events)
    for (const event of events) {
      const decided = decisions.take(event)
      if (decided?.type === 'finding')
        records.finding(decided.finding, position, decided.atMs, decided.isWithdrawn)
      else if (decided?.type === 'measure') {
        let { view } = decided
        // Imposed before what is read here: its own reasons stand in the database.
        const before = met.has(view.measure) ? undefined : await store.measures.get(view.measure)
        if (before !== undefined) {
          const { liftedAt, liftedBy } = view
          view = { ...(before.document as MeasureView), liftedAt, liftedBy }
        }
        met.add(view.measure)
        records.measure(view, position)
      }
    }
    await records.flush()
  }
}
