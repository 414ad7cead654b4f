/** Measures of the ladder (obligations §8.1) as they stand: prompts, marks, warnings, limits. */
import type { DataKeys } from './data-keys.ts'
import { lastOfEach, openDocument, pageOf, present, sealDocument, type Page } from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { isoOf, msOf } from './time.ts'

export type MeasureRow = {
  readonly measure: string
  readonly broadcast: string
  /** L1 to L9. */
  readonly step: string
  readonly action: string
  /** Of the ledger; what is older than the stored line is ignored. */
  readonly position: number
  readonly imposedAt: number
  readonly until: number | null
  readonly liftedAt: number | null
  /** Target, facts, reasons in both languages, basis, instruction, who decided. */
  readonly document: unknown
}

export type StoredMeasure = MeasureRow & { readonly number: number }

export const measureTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<StoredMeasure | undefined> => {
    const measure = row['measure'] as string
    const sealed = await openDocument<{ document: unknown }>(
      keys,
      placeOf(measure),
      row['document'],
    )
    return (
      sealed && {
        measure,
        number: row['number'] as number,
        broadcast: row['broadcast'] as string,
        step: row['step'] as string,
        action: row['action'] as string,
        position: row['position'] as number,
        imposedAt: msOf(row['imposed_at'])!,
        until: msOf(row['until']),
        liftedAt: msOf(row['lifted_at']),
        document: sealed.document,
      }
    )
  }

  const lineOf = async ({ measure, broadcast, document, ...row }: MeasureRow) => ({
    measure,
    broadcast,
    step: row.step,
    action: row.action,
    position: row.position,
    imposed_at: isoOf(row.imposedAt),
    until: isoOf(row.until),
    lifted_at: isoOf(row.liftedAt),
    document: await sealDocument(keys, { broadcast }, placeOf(measure), { document }),
  })

  return {
    save: async (rows: readonly MeasureRow[]): Promise<void> => {
      if (rows.length === 0) return
      const lines = await Promise.all(lastOfEach(rows, ({ measure }) => measure).map(lineOf))
      await sql.query(SAVE, [JSON.stringify(lines)])
    },

    /** Undefined where there is none, or its broadcast was erased. */
    get: async (measure: string): Promise<StoredMeasure | undefined> => {
      const [row] = await sql.query('select * from measures where measure = $1', [measure])
      return row && read(row)
    },

    /** Those of these ids that there are, in no order. */
    named: async (measures: readonly string[]): Promise<StoredMeasure[]> => {
      const named = 'select * from measures where measure = any($1::text[])'
      return present(await Promise.all((await sql.query(named, [measures])).map(read)))
    },

    list: async (page: Page): Promise<StoredMeasure[]> =>
      present(await Promise.all((await pageOf(sql, 'measures', page)).map(read))),
  }
}

const placeOf = (measure: string): string => `measures/${measure}`

const SAVE = `
  insert into measures
    (measure, broadcast, step, action, position, imposed_at, until, lifted_at, document)
  select measure, broadcast, step, action, position, imposed_at, until, lifted_at,
    decode(document, 'hex')
  from jsonb_to_recordset($1::jsonb) as line(
    measure text, broadcast text, step text, action text, position bigint,
    imposed_at timestamptz, until timestamptz, lifted_at timestamptz, document text)
  on conflict (measure) do update set
    step = excluded.step, action = excluded.action, position = excluded.position,
    until = excluded.until, lifted_at = excluded.lifted_at, document = excluded.document
  where measures.position <= excluded.position`
