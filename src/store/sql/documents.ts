/**
 * What the tables of sealed documents share: a document is JSON, sealed for its table and row, and
 * lists go backwards by the row's `number`.
 */
import type { DataKeys, KeyScope } from './data-keys.ts'
import type { Sql, SqlRow } from './port.ts'

export type Page = {
  readonly broadcast?: string
  /** Only of broadcasts of this merchant. */
  readonly merchant?: string
  /** A `number` of the page before: goes on below it. */
  readonly before?: number
  readonly limit: number
}

/** Hexadecimal, as it goes into a statement's JSON. */
export const sealDocument = async (
  keys: DataKeys,
  scope: KeyScope,
  place: string,
  document: unknown,
): Promise<string> => hexOf(await keys.seal(scope, place, JSON.stringify(document)))

/** Undefined once the key was erased. */
export const openDocument = async <T>(
  keys: DataKeys,
  place: string,
  sealed: unknown,
): Promise<T | undefined> => {
  const text = await keys.open(place, sealed as Uint8Array)
  return text === null ? undefined : (JSON.parse(text) as T)
}

/** Newest first. */
export const pageOf = (
  sql: Sql,
  table: 'findings' | 'measures' | 'notes',
  { broadcast, merchant, before, limit }: Page,
  where = 'true',
): Promise<readonly SqlRow[]> =>
  sql.query(
    `select * from ${table}
     where ($1::text is null or broadcast = $1)
       and ($2::text is null or broadcast in (
         select b.broadcast from broadcasts b where b.merchants @> array[$2::text]))
       and ($3::bigint is null or number < $3) and ${where}
     order by number desc limit $4`,
    [broadcast ?? null, merchant ?? null, before ?? null, limit],
  )

/** The last of each id: one statement cannot touch a row twice. */
export const lastOfEach = <T>(rows: readonly T[], id: (row: T) => string): T[] => [
  ...new Map(rows.map((row) => [id(row), row])).values(),
]

/** Those that could still be opened. */
export const present = <T>(rows: readonly (T | undefined)[]): T[] =>
  rows.filter((row): row is T => row !== undefined)

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
