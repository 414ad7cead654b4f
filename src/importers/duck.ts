/** DuckDB as a reader of Parquet: one short-lived database in memory, bounded, loaded only when used. */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBListVector } from '@duckdb/node-api'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '400MB'
const THREADS = '2'

/** SQL expressions by the names under which their columns are handed over. */
export type Expressions = Readonly<Record<string, string>>

/**
 * Rows to be handed over a batch at a time. Whatever crosses over costs by the call, so each column
 * of a batch crosses as one list, and each column of texts as one text and the lengths of its parts.
 */
export type Query = {
  /** FROM and WHERE, with a numbering of the rows by whose ranges they are cut into batches. */
  readonly rows: string
  readonly number: string
  /** How many numbers there are, and how many make a batch. */
  readonly count: number
  readonly step: number
  /** Expressions of type DOUBLE or UBIGINT, never NULL. */
  readonly values?: Expressions
  readonly texts?: Expressions
  /** Expression by which the rows are handed over apart, a batch each. */
  readonly group?: string
  readonly each: (batch: Batch) => void
}

/** The same of the result of a query, in its order. */
export type Gathered = Pick<Query, 'values' | 'texts' | 'each'> & { readonly sql: string }

/** Its arrays must not be kept. */
export type Batch = {
  readonly length: number
  /** What `group` was, as text. */
  readonly group: string
  readonly doubles: (name: string) => Float64Array
  /** A UBIGINT as a pair of words, low lane first (every platform of Node is little-endian). */
  readonly words: (name: string) => Uint32Array
  /** Texts by row, undefined for NULL and for an empty one. */
  readonly texts: (name: string) => Texts
}
export type Texts = (row: number) => string | undefined

export type Duck = {
  /** Calls `each` of every query for its batches; the next is made while one is folded. */
  readonly batches: (queries: readonly (Query | Gathered)[]) => Promise<void>
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
  try {
    return await work({
      batches: (queries) => fold(resultsOf(connection, queries)),
      rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJS(),
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

type Result = { readonly query: Query; readonly chunk: DuckDBDataChunk; readonly row: number }

async function* resultsOf(
  connection: DuckDBConnection,
  queries: readonly (Query | Gathered)[],
): AsyncGenerator<Result> {
  for (const query of queries) {
    if (!('sql' in query)) {
      yield* partsOf(connection, query)
      continue
    }
    await connection.run(`CREATE TABLE gathered AS ${query.sql}`)
    const [found] = await (await connection.run('SELECT count(*) FROM gathered')).getRowsJS()
    const count = Number(found![0])
    const rows = 'FROM gathered WHERE true'
    yield* partsOf(connection, { ...query, rows, number: 'rowid', count, step: GATHERED })
    await connection.run('DROP TABLE gathered')
  }
}

/** DuckDB's own unit of tables, so that one thread goes through it in order. */
const GATHERED = 122_880

async function* partsOf(connection: DuckDBConnection, query: Query): AsyncGenerator<Result> {
  const { rows, number, count, step, values = {}, texts = {}, group = `''` } = query
  const inner = { ...values, ...texts }
  const columns = Object.entries(inner).map(([name, sql]) => `${sql} AS ${hidden(name)}`)
  const lists = [
    ...Object.keys(values).map((name) => `list(${hidden(name)})`),
    // Aggregates of one query see its rows in one order.
    ...Object.keys(texts).map(
      (name) =>
        `string_agg(${hidden(name)}, ''), list(coalesce(strlen(${hidden(name)}), 0)::UINTEGER)`,
    ),
  ]
  for (let from = 0; from < count; from += step) {
    const isWithin = `${number} >= ${from} AND ${number} < ${from + step}`
    const result = await connection.run(
      `SELECT ${['"#group"', 'count(*)', ...lists].join(', ')}
       FROM (SELECT ${[`${group} AS "#group"`, ...columns].join(', ')} ${rows} AND ${isWithin})
       GROUP BY 1 ORDER BY 1`,
    )
    const chunk = await result.fetchChunk()
    for (let row = 0; row < (chunk?.rowCount ?? 0); row += 1) yield { query, chunk: chunk!, row }
  }
}

const hidden = (name: string) => named(`#${name}`)

const fold = async (results: AsyncGenerator<Result>) => {
  let next = results.next()
  for (;;) {
    const { done, value } = await next
    if (done === true) return
    next = results.next()
    try {
      value.query.each(batchOf(value))
    } catch (error) {
      // The connection must not be closed under a query that is on its way.
      await next.catch(() => undefined)
      throw error
    }
  }
}

const batchOf = ({ query: { values = {}, texts = {} }, chunk, row }: Result): Batch => {
  const valuesAt = new Map(Object.keys(values).map((name, i) => [name, i + 2]))
  const textsAt = new Map(Object.keys(texts).map((name, i) => [name, valuesAt.size + i * 2 + 2]))
  const itemAt = (column: number) => chunk.getColumnVector(column).getItem(row)
  return {
    group: String(itemAt(0)),
    length: Number(itemAt(1)),
    doubles: (name) => listIn(chunk, valuesAt.get(name)!, row) as Float64Array,
    words: (name) => {
      const { buffer, byteOffset, length } = listIn(
        chunk,
        valuesAt.get(name)!,
        row,
      ) as BigUint64Array
      return new Uint32Array(buffer, byteOffset, length * 2)
    },
    texts: (name) => {
      const at = textsAt.get(name)!
      return textsOf((itemAt(at) ?? '') as string, listIn(chunk, at + 1, row) as Uint32Array)
    },
  }
}

/** Parts of a text by their lengths in bytes of UTF-8. */
const textsOf = (packed: string, lengths: Uint32Array): Texts => {
  const ends = new Uint32Array(lengths.length + 1)
  let end = 0
  for (let i = 0; i < lengths.length; i += 1) ends[i + 1] = end += lengths[i]!
  if (packed.length === end)
    return (row) =>
      ends[row] === ends[row + 1] ? undefined : packed.slice(ends[row], ends[row + 1])
  const bytes = Buffer.from(packed)
  return (row) =>
    ends[row] === ends[row + 1] ? undefined : bytes.toString('utf8', ends[row], ends[row + 1])
}

/** What a LIST column holds in a row, as it lies in memory. */
const listIn = (chunk: DuckDBDataChunk, column: number, row: number): unknown => {
  const vector = chunk.getColumnVector(column) as DuckDBListVector
  // The public interface hands out one value at a time, boxed.
  return (vector.getItemVector(row) as unknown as { readonly items: unknown }).items
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
export const named = (column: string): string => `"${column.replaceAll('"', '""')}"`
