/**
 * Parquet, through DuckDB. A file in the vocabulary's own column names is read by types: heartbeats,
 * likes, clicks and farewells as numbers alone (parquet-hot.ts), everything else, and every row
 * that is not plainly sound, as an event that the vocabulary judges. With a mapping file all rows
 * go that way.
 */
import type { DuckDBDataChunk } from '@duckdb/node-api'
import { open } from 'node:fs/promises'
import type { Intake } from '../engine/intake.ts'
import type { Reader } from '../engine/ports.ts'
import { say } from '../language/say.ts'
import { EVENTS, isEventType } from '../vocabulary/index.ts'
import { cellsOf, doubles, named, pairs, quoted, withDuck, type Duck, type Query } from './duck.ts'
import { columnsOf, fieldsOf, parseMapping } from './mapping.ts'
import { HotPath, KEY } from './parquet-hot.ts'
import type { Columns } from './parquet-sound.ts'
import { ENVELOPE, offerRow, rowReaderOf, type RowReader } from './rows.ts'
import { beat, type Source } from './source.ts'
import { Unreadable } from './unreadable.ts'

export const parquet: Reader<Source> = {
  name: 'parquet',
  recognises: (head) => isParquet(head),
  read: async (source, intake, options) => {
    if (source.path === '-' || source.isCompressed)
      throw new Unreadable(say('reading.parquet-stream', { path: source.path }))
    const from = `read_parquet(${quoted(source.path)}, file_row_number = true)`
    await withDuck(async (duck) => {
      const columns = await columnsIn(duck, from, source.path)
      // Names the first column that is missing.
      rowReaderOf([...columns.keys()], source.path, options)
      const isOwn = options.mapping === undefined && options.mayHash === true
      const tell = () => beat(source, options)
      const hot = isOwn ? await HotPath.of(duck, from, columns, options.until) : undefined
      const queries = (await hot?.queries(intake, tell)) ?? []
      const { mapping } = options
      const rest = `FROM ${from} WHERE ${hot?.rest ?? 'true'}`
      const names =
        mapping === undefined
          ? await knownIn(duck, rest, columns)
          : columnsOf(parseMapping(mapping))
      const wanted = new Map(names.map((name) => [name, columns.get(name)!]))
      const rows = rowsQuery(rest, wanted, intake, rowReaderOf(names, source.path, options), isOwn)
      const told = [...queries, { ...rows, isLarge: hot?.isMost !== true }].map((query) => ({
        ...query,
        each: (chunk: DuckDBDataChunk) => {
          tell()
          query.each(chunk)
        },
      }))
      await duck.gather(told)
    }).catch((error: unknown) => {
      if (error instanceof Error && isOfDuck(error))
        throw new Unreadable(say('reading.broken', { path: source.path, why: firstLine(error) }))
      throw error
    })
    source.close()
  },
}

/** Whether repeats need to be known among Parquet files only. */
export const areAllParquet = async (
  files: readonly { readonly path: string }[],
): Promise<boolean> => {
  for (const { path } of files) {
    if (path === '-') return false
    const file = await open(path)
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close())
    if (!isParquet(buffer)) return false
  }
  return true
}

const isParquet = (head: Uint8Array) =>
  Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'

/** Columns of the file and their SQL types. */
const columnsIn = async (duck: Duck, from: string, path: string) => {
  const rows = await duck.rows(`DESCRIBE SELECT * FROM ${from}`)
  const columns = new Map(rows.map(([name, type]) => [String(name), String(type)]))
  columns.delete('file_row_number')
  if (columns.size === 0) throw new Unreadable(say('reading.empty', { path }))
  return columns
}

/** The columns that the types of these rows know: a wide table is mostly NULL, and slow to read. */
const knownIn = async (duck: Duck, rest: string, columns: Columns): Promise<string[]> => {
  const types = Object.keys(EVENTS).map(quoted).join(', ')
  const found = await duck.rows(
    `SELECT DISTINCT "type"::VARCHAR ${rest} AND "type"::VARCHAR IN (${types})`,
  )
  const known = new Set([...ENVELOPE, 'subject', 'data', ...found.flatMap(([type]) => ownOf(type))])
  return [...columns.keys()].filter((name) => known.has(name))
}

const ownOf = (type: unknown): readonly string[] =>
  typeof type === 'string' && isEventType(type) ? fieldsOf(type) : []

/** Row by row, all that the hot path has not taken; `isKeyed` to know repeats by DuckDB's hash. */
const rowsQuery = (
  rest: string,
  columns: Columns,
  intake: Intake,
  read: RowReader,
  isKeyed: boolean,
): Query => {
  const wanted = [...columns.keys()]
  const byType = isKeyed ? columnsByType(wanted) : undefined
  const cells = wanted.map((name) => `${plain(name, columns.get(name)!)} AS ${named(name)}`)
  const key = isKeyed ? `coalesce(${KEY}, 0)` : '0::UBIGINT'
  const sql = `SELECT file_row_number::DOUBLE AS "#row", ${key} AS "#key", ${cells.join(', ')} ${rest}`
  const each = (chunk: DuckDBDataChunk) => {
    const numbers = doubles(chunk, 0)
    const keys = pairs(chunk, 1)
    const rows = rowsOf(chunk, wanted, byType)
    for (let i = 0; i < rows.length; i += 1) {
      if (isKeyed) intake.keyed(keys[i * 2 + 1]!, keys[i * 2]!)
      const number = numbers[i]! + 1
      offerRow(intake, read(rows[i]!, number), number)
    }
  }
  return { sql, each }
}

/** Types that JSON knows: numbers, booleans and text; times as ms from the epoch. */
const plain = (column: string, type: string): string => {
  const name = named(column)
  if (type.startsWith('TIMESTAMP') || type === 'DATE') return `epoch_ms(${name})::DOUBLE`
  if (type === 'BOOLEAN' || type === 'VARCHAR' || type === 'DOUBLE') return name
  if (/^U?(TINY|SMALL|BIG)?INT(EGER)?$|^FLOAT$|^DECIMAL/.test(type)) return `${name}::DOUBLE`
  return type === 'JSON' ? `${name}::VARCHAR` : `to_json(${name})::VARCHAR`
}

/** A row reads only the columns that its type knows: most of a wide table is NULL. */
const rowsOf = (
  chunk: DuckDBDataChunk,
  names: readonly string[],
  byType: ((type: unknown) => readonly number[]) | undefined,
) => {
  const cells = names.map((_, index) => cellsOf(chunk, index + 2))
  const typeOf = cells[names.indexOf('type')]
  const all = names.map((_, index) => index)
  return Array.from({ length: chunk.rowCount }, (_, i) => {
    const own = byType?.(typeOf?.(i)) ?? all
    const row: Record<string, unknown> = {}
    for (const index of own) {
      const value = cells[index]!(i)
      if (value !== undefined) row[names[index]!] = value
    }
    return row
  })
}

/** Which of the columns each type knows, found once a type. */
const columnsByType = (names: readonly string[]) => {
  const found = new Map<unknown, readonly number[]>()
  return (type: unknown): readonly number[] => {
    let columns = found.get(type)
    if (columns !== undefined) return columns
    const wanted = new Set([...ENVELOPE, 'subject', 'data', ...ownOf(type)])
    columns = names.flatMap((name, index) => (wanted.has(name) ? [index] : []))
    // Types are whatever the file holds.
    if (found.size < 1000) found.set(type, columns)
    return columns
  }
}

/** DuckDB's errors begin with their kind: `Invalid Input Error: …`. */
const isOfDuck = (error: Error) => /^[A-Z][A-Za-z /]* (Error|Exception):/.test(error.message)

const firstLine = (error: Error) => error.message.split('\n', 1)[0]!.slice(0, 200)
