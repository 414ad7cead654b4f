/**
 * Findings as they stand, newest first. A finding may speak of people, and its id may name one:
 * both are sealed under the broadcast's key, and the row is found by a digest of the id.
 */
import type { DataKeys } from './data-keys.ts'
import {
  hexOf,
  lastOfEach,
  openDocument,
  pageOf,
  present,
  sealDocument,
  type Page,
} from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { isoOf, msOf } from './time.ts'

export type FindingRow = {
  readonly finding: string
  /** `audit` for findings of no single broadcast. */
  readonly broadcast: string
  readonly kind: string
  readonly verdict: string
  /** Of the ledger; what is older than the stored line is ignored. */
  readonly position: number
  readonly raisedAt: number
  readonly withdrawnAt: number | null
  readonly document: unknown
}

export type StoredFinding = FindingRow & { readonly number: number }

type Sealed = { readonly finding: string; readonly document: unknown }

export const findingTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<StoredFinding | undefined> => {
    const place = placeOf(row['finding'] as Uint8Array)
    const sealed = await openDocument<Sealed>(keys, place, row['document'])
    return (
      sealed && {
        ...sealed,
        number: row['number'] as number,
        broadcast: row['broadcast'] as string,
        kind: row['kind'] as string,
        verdict: row['verdict'] as string,
        position: row['position'] as number,
        raisedAt: msOf(row['raised_at'])!,
        withdrawnAt: msOf(row['withdrawn_at']),
      }
    )
  }

  const lineOf = async ({ finding, document, broadcast, ...row }: FindingRow) => {
    const digest = await keys.digest('finding', finding)
    const sealed: Sealed = { finding, document }
    return {
      finding: hexOf(digest),
      broadcast,
      kind: row.kind,
      verdict: row.verdict,
      position: row.position,
      raised_at: isoOf(row.raisedAt),
      withdrawn_at: isoOf(row.withdrawnAt),
      document: await sealDocument(keys, { broadcast }, placeOf(digest), sealed),
    }
  }

  return {
    save: async (rows: readonly FindingRow[]): Promise<void> => {
      if (rows.length === 0) return
      const lines = await Promise.all(lastOfEach(rows, ({ finding }) => finding).map(lineOf))
      await sql.query(SAVE, [JSON.stringify(lines)])
    },

    /** Undefined where there is none, or its broadcast was erased. */
    get: async (finding: string): Promise<StoredFinding | undefined> => {
      const digest = await keys.digest('finding', finding)
      const [row] = await sql.query('select * from findings where finding = $1', [digest])
      return row && read(row)
    },

    /** All of a kind that were not withdrawn; for kinds that are few. */
    standing: async (kind: string): Promise<StoredFinding[]> => {
      const rows = await sql.query(
        'select * from findings where kind = $1 and withdrawn_at is null order by number',
        [kind],
      )
      return present(await Promise.all(rows.map(read)))
    },

    list: async (page: Page): Promise<StoredFinding[]> =>
      present(await Promise.all((await pageOf(sql, 'findings', page)).map(read))),
  }
}

const placeOf = (digest: Uint8Array): string => `findings/${hexOf(digest)}`

const SAVE = `
  insert into findings
    (finding, broadcast, kind, verdict, position, raised_at, withdrawn_at, document)
  select decode(finding, 'hex'), broadcast, kind, verdict, position, raised_at, withdrawn_at,
    decode(document, 'hex')
  from jsonb_to_recordset($1::jsonb) as line(
    finding text, broadcast text, kind text, verdict text, position bigint,
    raised_at timestamptz, withdrawn_at timestamptz, document text)
  on conflict (finding) do update set
    verdict = excluded.verdict, position = excluded.position,
    withdrawn_at = excluded.withdrawn_at, document = excluded.document
  where findings.position <= excluded.position`
