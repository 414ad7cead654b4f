/** Measures as they are shown from the database: each with the last appeal against it. */
import type { StoredMeasure } from '../store/sql/measures.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { AppealView, MeasureView } from './contract.ts'

export const shownMeasures = async (
  store: Pick<SqlStore, 'appeals'>,
  rows: readonly StoredMeasure[],
): Promise<MeasureView[]> => {
  const against = await store.appeals.against(rows.map(({ measure }) => measure))
  const appeals = new Map(against.map((row) => [row.restriction, row.document as AppealView]))
  return rows.map(({ document, measure }) => ({
    ...(document as MeasureView),
    appeal: inShort(appeals.get(measure)),
  }))
}

/** What a measure says of its appeal: neither the grounds nor whose they are. */
export const inShort = (view: AppealView | undefined): MeasureView['appeal'] => {
  if (view === undefined) return null
  const { appeal, lodgedAt, decidedAt, outcome } = view
  return { appeal, lodgedAt, decidedAt, outcome }
}
