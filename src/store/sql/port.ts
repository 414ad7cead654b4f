/**
 * The one port to SQL. Postgres and the embedded PGlite both speak it, and one contract suite
 * (test/store/sql-contract.test.ts) is run on both, so nothing above knows which one it has.
 *
 * Rows come with the types of `pg`: text, bool, int2/4 and float as they are, `int8` as a number
 * (an error beyond 2^53), `numeric` as text, `timestamptz` as Date, `json(b)` parsed, `bytea` as
 * Uint8Array, `date` as text.
 */
export type SqlValue =
  string | number | boolean | null | Date | Uint8Array | readonly string[] | readonly number[]

export type SqlRow = Record<string, unknown>

export type SqlResult<R> = {
  readonly rows: readonly R[]
  /** Rows returned, inserted, updated or deleted by the last statement. */
  readonly affected: number
}

/** What may be asked inside and outside a transaction alike. */
export type SqlRunner = {
  /** Rows of one statement with `$1`, `$2`… */
  readonly query: <R = SqlRow>(text: string, params?: readonly SqlValue[]) => Promise<readonly R[]>
  /** As `query`, with the count; without parameters the text may hold several statements. */
  readonly execute: <R = SqlRow>(
    text: string,
    params?: readonly SqlValue[],
  ) => Promise<SqlResult<R>>
}

export type Sql = SqlRunner & {
  readonly kind: 'postgres' | 'pglite'
  /**
   * Commits when `work` resolves, rolls back when it rejects. Ask only the runner that is handed
   * in: on PGlite, which has one connection, asking the outer one from within waits for ever.
   */
  readonly transaction: <T>(work: (sql: SqlRunner) => Promise<T>) => Promise<T>
  /** Waits for what is under way; afterwards every call is refused. */
  readonly close: () => Promise<void>
}

export type SqlErrorCode =
  /** A migration that was applied is not the one that is shipped. */
  | 'migration-changed'
  /** The database was written by a newer Assay. */
  | 'database-newer'
  | 'closed'
  /** The master key is not 32 bytes, or is not the one the data keys are wrapped under. */
  | 'bad-master-key'

export class SqlError extends Error {
  readonly code: SqlErrorCode
  constructor(code: SqlErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
