/** DuckDB as a reader of Parquet: one short-lived database in memory, bounded, loaded only when used. */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '400MB'
const THREADS = '2'

type Each = (chunk: DuckDBDataChunk) => void
export type Query = {
  readonly sql: string
  readonly each: Each
  /** So many rows that they had better come as they are read. */
  readonly isLarge?: boolean
}

export type Duck = {
  /** Calls `each` for every chunk (up to 2,048 rows) of the result; it must not keep the vectors. */
  readonly stream: (sql: string, each: Each) => Promise<void>
  /**
   * The same for several queries in turn. Where rows are few among those of the file they are
   * gathered into full chunks first, for a chunk costs as much as many rows, and that while the
   * query before is folded.
   */
  readonly gather: (queries: readonly Query[]) => Promise<void>
  /** All rows of a small result. */
  readonly rows: (sql: string) => Promise<readonly (readonly unknown[])[]>
  /** A new table of one column of whole numbers. */
  readonly keep: (table: string, column: string, numbers: readonly number[]) => Promise<void>
}

/** Runs `work` with a database that is closed afterwards; what it spills to disk is removed. */
export const withDuck = async <T>(work: (duck: Duck) => Promise<T>): Promise<T> => {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const spill = mkdtempSync(join(tmpdir(), 'assay-'))
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY,
    threads: THREADS,
    temp_directory: spill,
    // A file that is read must not be able to make it fetch anything.
    autoinstall_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const second = await instance.connect()
  try {
    await connection.run("SET streaming_buffer_size='64MB'")
    return await work({
      stream: (sql, each) => stream(connection, sql, each),
      rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
      gather: (queries) => gather(connection, second, queries),
      keep: async (table, column, numbers) => {
        await connection.run(`CREATE TABLE ${table} (${column} BIGINT)`)
        const appender = await connection.createAppender(table)
        for (const number of numbers) {
          appender.appendBigInt(BigInt(number))
          appender.endRow()
        }
        appender.closeSync()
      },
    })
  } finally {
    second.closeSync()
    connection.closeSync()
    instance.closeSync()
    rmSync(spill, { recursive: true, force: true })
  }
}

const gather = async (
  reading: DuckDBConnection,
  making: DuckDBConnection,
  queries: readonly Query[],
) => {
  const isMade = (i: number) => i < queries.length && queries[i]!.isLarge !== true
  const make = (i: number) =>
    isMade(i) ? making.run(`CREATE TABLE gathered${i} AS ${queries[i]!.sql}`) : undefined
  let made = make(0)
  for (const [i, { sql, each }] of queries.entries()) {
    await made
    made = make(i + 1)
    try {
      await stream(reading, isMade(i) ? `FROM gathered${i}` : sql, each)
      if (isMade(i)) await reading.run(`DROP TABLE gathered${i}`)
    } catch (error) {
      // Neither connection must be closed under a query that is on its way.
      await made?.catch(() => undefined)
      throw error
    }
  }
}

const stream = async (connection: DuckDBConnection, sql: string, each: Each) => {
  const result = await connection.stream(sql)
  // The next chunk is made on another thread while this one is folded.
  let next = result.fetchChunk()
  for (;;) {
    const chunk = await next
    if (chunk === null || chunk.rowCount === 0) return
    next = result.fetchChunk()
    try {
      each(chunk)
    } catch (error) {
      // The connection must not be closed under a fetch that is on its way.
      await next.catch(() => undefined)
      throw error
    }
  }
}

/** A DOUBLE column as it lies in memory; NULLs must have been coalesced away in the query. */
export const doubles = (chunk: DuckDBDataChunk, column: number): Float64Array =>
  itemsOf(chunk.getColumnVector(column)) as Float64Array

/** A UBIGINT column as pairs of words, low lane first (every platform of Node is little-endian). */
export const pairs = (chunk: DuckDBDataChunk, column: number): Uint32Array => {
  const { buffer, byteOffset, length } = itemsOf(chunk.getColumnVector(column)) as BigUint64Array
  return new Uint32Array(buffer, byteOffset, length * 2)
}

/**
 * Texts of a VARCHAR column by row, undefined for NULL. The vector's own getItem takes several
 * times as long.
 */
export const texts = (
  chunk: DuckDBDataChunk,
  column: number,
): ((row: number) => string | undefined) => {
  const vector = chunk.getColumnVector(column)
  const { dataView, validity } = vector as unknown as StringVector
  const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, dataView.byteLength)
  return (row) => {
    if (!validity.itemValid(row)) return undefined
    // 16 bytes a row: the length, then up to 12 bytes of text, or a pointer to it.
    const at = row * 16
    const length = dataView.getUint32(at, true)
    return length > 12
      ? (vector.getItem(row) as string)
      : bytes.toString('utf8', at + 4, at + 4 + length)
  }
}

/** Values of a column of any type by row, undefined for NULL. */
export const cellsOf = (chunk: DuckDBDataChunk, column: number): ((row: number) => unknown) => {
  const vector = chunk.getColumnVector(column)
  if (String(vector.type) === 'VARCHAR') return texts(chunk, column)
  return (row) => vector.getItem(row) ?? undefined
}

type StringVector = {
  readonly dataView: DataView
  readonly validity: { readonly itemValid: (row: number) => boolean }
}

/** The typed array inside a vector: the public interface hands out one value at a time, boxed. */
const itemsOf = (vector: DuckDBVector): unknown =>
  (vector as unknown as { readonly items: unknown }).items

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
export const named = (column: string): string => `"${column.replaceAll('"', '""')}"`
