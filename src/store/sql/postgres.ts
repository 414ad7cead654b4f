/** Postgres 14 or later, by a pool of connections. */
import { poolOf } from './pool.ts'
import type { Sql } from './port.ts'

export type PostgresOptions = {
  /** `postgres://user:password@host:port/database?sslmode=…` or a socket folder as host. */
  readonly url: string
  readonly connections?: number
  /** Told of connections that broke while idle, as when the server restarts. */
  readonly onIdleError?: (error: Error) => void
}

/** Connects on first use; while the server is away calls fail with an `isTransient` error. */
export const openPostgres = ({
  url,
  connections = 10,
  onIdleError = () => undefined,
}: PostgresOptions): Sql =>
  poolOf(
    'postgres',
    {
      connectionString: url,
      max: connections,
      application_name: 'assay',
      connectionTimeoutMillis: 10_000,
      statement_timeout: 60_000,
      idle_in_transaction_session_timeout: 60_000,
      keepAlive: true,
    },
    onIdleError,
  )
