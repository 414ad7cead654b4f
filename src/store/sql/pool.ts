/**
 * The `Sql` port on a `pg` pool. Postgres and PGlite share it, and so the rules by which values
 * become JavaScript: PGlite is spoken to in the same wire protocol (pglite-stream.ts).
 */
import pg from 'pg'
import { SqlError, type Sql, type SqlResult, type SqlRow, type SqlRunner } from './port.ts'

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8) return safeInteger
    if (oid === pg.types.builtins.DATE) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  },
}

const safeInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond 2^53`)
  return value
}

/**
 * @param onIdleError told of a connection that broke while nobody used it; the pool opens another
 */
export const poolOf = (
  kind: Sql['kind'],
  config: pg.PoolConfig,
  onIdleError: (error: Error) => void,
): Sql => {
  const pool = new pg.Pool({ ...config, types })
  pool.on('error', onIdleError)
  // A server that dies breaks a client more than once, the last time when nobody holds it any more.
  pool.on('connect', (client) => client.on('error', () => undefined))
  let closing: Promise<void> | undefined

  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new SqlError('closed', 'the database is closed')
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      return await work(client)
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  const execute = <R>(text: string, params?: readonly unknown[]): Promise<SqlResult<R>> =>
    withClient(async (client) => {
      try {
        return await ask<R>(client, text, params)
      } catch (error) {
        // A script may have failed after its own BEGIN: the next user must not inherit that.
        if (params === undefined) await client.query('rollback').catch(() => undefined)
        throw error
      }
    })

  return {
    kind,
    execute,
    query: async <R>(text: string, params?: readonly unknown[]) =>
      (await execute<R>(text, params)).rows,
    transaction: (work) =>
      withClient(async (client) => {
        await client.query('begin')
        try {
          const result = await work(runnerOf(client))
          await client.query('commit')
          return result
        } catch (error) {
          await client.query('rollback').catch(() => undefined)
          throw error
        }
      }),
    close: () => (closing ??= pool.end()),
  }
}

const runnerOf = (client: pg.PoolClient): SqlRunner => ({
  execute: (text, params) => ask(client, text, params),
  query: async <R>(text: string, params?: readonly unknown[]) =>
    (await ask<R>(client, text, params)).rows,
})

const ask = async <R = SqlRow>(
  client: pg.PoolClient,
  text: string,
  params?: readonly unknown[],
): Promise<SqlResult<R>> => {
  // Several statements give several results; only the last one is anybody's concern.
  const answer: pg.QueryResult | pg.QueryResult[] =
    params === undefined ? await client.query(text) : await client.query(text, [...params])
  const last = Array.isArray(answer) ? answer.at(-1) : answer
  return { rows: (last?.rows ?? []) as R[], affected: last?.rowCount ?? 0 }
}

/** SQLSTATE classes and system errors after which the same work may succeed if tried again. */
const TRANSIENT = /^(08|40001|40P01|53|57P0|ECONN|EPIPE|ETIMEDOUT|ENOENT|ENOTFOUND|EAI_AGAIN)/
/** What `pg` says without a code when a connection broke, or none was to be had in time. */
const TRANSIENT_TEXT = /^(Connection terminated|Connection lost|timeout exceeded|Client has enc)/

/** Whether the database was away or in a conflict, rather than the statement wrong. */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const code: unknown = 'code' in error ? error.code : undefined
  return (typeof code === 'string' && TRANSIENT.test(code)) || TRANSIENT_TEXT.test(error.message)
}
