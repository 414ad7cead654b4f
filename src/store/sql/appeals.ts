/** Appeals against measures (obligations §8.1: every measure says where one may object). */
import type { DataKeys } from './data-keys.ts'
import { lastOfEach, openDocument, present, sealDocument } from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { isoOf, msOf } from './time.ts'

export type AppealRow = {
  readonly appeal: string
  /** Id of the measure. */
  readonly restriction: string
  readonly broadcast: string
  /** The merchant whose appeal it is; null once erased. */
  readonly party: string | null
  /** Of the ledger; what is older than the stored line is ignored. */
  readonly position: number
  readonly lodgedAt: number
  /** Null while it is open. */
  readonly decidedAt: number | null
  readonly outcome: string | null
  /** Grounds, reasons, who lodged and who decided. */
  readonly document: unknown
}

export type StoredAppeal = AppealRow & { readonly number: number }

export const appealTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<StoredAppeal | undefined> => {
    const appeal = row['appeal'] as string
    const sealed = await openDocument<{ document: unknown }>(keys, placeOf(appeal), row['document'])
    return (
      sealed && {
        appeal,
        number: row['number'] as number,
        restriction: row['restriction'] as string,
        broadcast: row['broadcast'] as string,
        party: row['party'] as string | null,
        position: row['position'] as number,
        lodgedAt: msOf(row['lodged_at'])!,
        decidedAt: msOf(row['decided_at']),
        outcome: row['outcome'] as string | null,
        document: sealed.document,
      }
    )
  }

  const lineOf = async ({ appeal, broadcast, document, ...row }: AppealRow) => ({
    appeal,
    broadcast,
    restriction: row.restriction,
    party: row.party,
    position: row.position,
    lodged_at: isoOf(row.lodgedAt),
    decided_at: isoOf(row.decidedAt),
    outcome: row.outcome,
    document: await sealDocument(keys, { broadcast }, placeOf(appeal), { document }),
  })

  return {
    save: async (rows: readonly AppealRow[]): Promise<void> => {
      if (rows.length === 0) return
      const lines = await Promise.all(lastOfEach(rows, ({ appeal }) => appeal).map(lineOf))
      await sql.query(SAVE, [JSON.stringify(lines)])
    },

    /** Undefined where there is none, or its broadcast was erased. */
    get: async (appeal: string): Promise<StoredAppeal | undefined> => {
      const [row] = await sql.query('select * from appeals where appeal = $1', [appeal])
      return row && read(row)
    },

    /** The last appeal against each of these measures. */
    against: async (measures: readonly string[]): Promise<StoredAppeal[]> => {
      const rows = await sql.query(
        `select distinct on (restriction) * from appeals where restriction = any($1::text[])
         order by restriction, number desc`,
        [measures],
      )
      return present(await Promise.all(rows.map(read)))
    },

    /**
     * Open ones first, the oldest of them first; then those that were decided, newest first.
     * @param party only this merchant's; null for all
     * @param before goes on among the decided, below this number
     */
    list: async (
      party: string | null,
      limit: number,
      before: number | null = null,
    ): Promise<StoredAppeal[]> => {
      const rows = await sql.query(
        `select * from appeals
         where ($1::text is null or party = $1)
           and ($2::bigint is null or (decided_at is not null and number < $2))
         order by decided_at is not null,
           case when decided_at is null then number else -number end
         limit $3`,
        [party, before, limit],
      )
      return present(await Promise.all(rows.map(read)))
    },
  }
}

const placeOf = (appeal: string): string => `appeals/${appeal}`

const SAVE = `
  insert into appeals
    (appeal, restriction, broadcast, party, position, lodged_at, decided_at, outcome, document)
  select appeal, restriction, broadcast, party, position, lodged_at, decided_at, outcome,
    decode(document, 'hex')
  from jsonb_to_recordset($1::jsonb) as line(
    appeal text, restriction text, broadcast text, party text, position bigint,
    lodged_at timestamptz, decided_at timestamptz, outcome text, document text)
  on conflict (appeal) do update set
    party = excluded.party, position = excluded.position, decided_at = excluded.decided_at,
    outcome = excluded.outcome, document = excluded.document
  where appeals.position <= excluded.position`
