/** DuckDB as a reader of Parquet: one short-lived database in memory, bounded, loaded only when used. */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '400MB'
const THREADS = '2'

export type Duck = {
  /** Calls `each` for every chunk (up to 2,048 rows) of the result; it must not keep the vectors. */
  readonly stream: (sql: string, each: (chunk: DuckDBDataChunk) => void) => Promise<void>
  /** All rows of a small result. */
  readonly rows: (sql: string) => Promise<readonly (readonly unknown[])[]>
  readonly run: (sql: string) => Promise<void>
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
  try {
    await connection.run("SET streaming_buffer_size='64MB'")
    return await work({
      stream: (sql, each) => stream(connection, sql, each),
      rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
      run: async (sql) => {
        await connection.run(sql)
      },
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
    connection.closeSync()
    instance.closeSync()
    rmSync(spill, { recursive: true, force: true })
  }
}

const stream = async (
  connection: DuckDBConnection,
  sql: string,
  each: (chunk: DuckDBDataChunk) => void,
) => {
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

/** Texts of a VARCHAR column without NULLs; the vector's own getItem takes several times as long. */
export const texts = (chunk: DuckDBDataChunk, column: number): ((row: number) => string) => {
  const vector = chunk.getColumnVector(column)
  const { dataView } = vector as unknown as { readonly dataView: DataView }
  const bytes = Buffer.from(dataView.buffer, dataView.byteOffset, dataView.byteLength)
  return (row) => {
    // 16 bytes a row: the length, then up to 12 bytes of text, or a pointer to it.
    const length = dataView.getUint32(row * 16, true)
    if (length > 12) return String(vector.getItem(row))
    return bytes.toString('utf8', row * 16 + 4, row * 16 + 4 + length)
  }
}

/** The typed array inside a vector: the public interface hands out one value at a time, boxed. */
const itemsOf = (vector: DuckDBVector): unknown =>
  (vector as unknown as { readonly items: unknown }).items

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
export const named = (column: string): string => `"${column.replaceAll('"', '""')}"`
