/**
 * A Kysely dialect on our `Sql` port, for libraries that want Kysely: Postgres's own query
 * compiler, adapter and introspector, and a driver that asks the port. Thirty lines stand between
 * Kysely's begin/commit and the port's `transaction(work)`.
 */
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Sql, SqlRunner, SqlValue } from './port.ts'

/** Destroying it leaves the port open: the port is not Kysely's. */
export const kyselyOf = <Tables>(sql: Sql): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PortDriver(sql),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })

class PortConnection implements DatabaseConnection {
  readonly #sql: Sql
  #open: { runner: SqlRunner; end: (commit: boolean) => Promise<void> } | undefined

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const runner = this.#open?.runner ?? this.#sql
    const { rows, affected } = await runner.execute<R>(sql, parameters as readonly SqlValue[])
    return { rows: [...rows], numAffectedRows: BigInt(affected) }
  }

  // oxlint-disable-next-line require-yield -- the port has no cursors, and nobody here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the port does not stream')
  }

  /** Holds the port's transaction open until `end` says how it ends. */
  async begin(): Promise<void> {
    let settle: (commit: boolean) => void
    const decided = new Promise<boolean>((resolve) => (settle = resolve))
    await new Promise<void>((resolve, reject) => {
      const finished = this.#sql
        .transaction(async (runner) => {
          this.#open = {
            runner,
            end: async (commit) => {
              this.#open = undefined
              settle(commit)
              await finished
            },
          }
          resolve()
          if (!(await decided)) throw ROLLED_BACK
        })
        .catch((error: unknown) => {
          if (error === ROLLED_BACK) return
          reject(error)
          throw error
        })
      // Where it never began, `begin` has told; otherwise `end` tells.
      finished.catch(() => undefined)
    })
  }

  async end(commit: boolean): Promise<void> {
    await this.#open?.end(commit)
  }
}

const ROLLED_BACK = new Error('rolled back')

class PortDriver implements Driver {
  readonly #sql: Sql
  constructor(sql: Sql) {
    this.#sql = sql
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<PortConnection> {
    return new PortConnection(this.#sql)
  }
  async beginTransaction(connection: PortConnection): Promise<void> {
    await connection.begin()
  }
  async commitTransaction(connection: PortConnection): Promise<void> {
    await connection.end(true)
  }
  async rollbackTransaction(connection: PortConnection): Promise<void> {
    await connection.end(false)
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
