/**
 * Parquet, through DuckDB. A file in the vocabulary's own column names is read by types: heartbeats,
 * likes, clicks and farewells as numbers alone (parquet-hot.ts), everything else, and every row
 * that is not plainly sound, as an event that the vocabulary judges. With a mapping file all rows
 * go that way.
 */
import { open } from 'node:fs/promises'
import type { Intake } from '../engine/intake.ts'
import type { Reader } from '../engine/ports.ts'
import { say } from '../language/say.ts'
import { EVENTS, isEventType } from '../vocabulary/index.ts'
import { named, quoted, withDuck, type Batch, type Duck, type Query } from './duck.ts'
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
      const [size] = await duck.rows(sizeSql(source.path))
      const rows = {
        ...rowsQuery(rest, wanted, intake, rowReaderOf(names, source.path, options), isOwn),
        ...cutOf(Number(size![0]), Number(size![1])),
      }
      const told = [...queries, rows].map((query) => ({
        ...query,
        each: (batch: Batch) => {
          tell()
          query.each(batch)
        },
      }))
      await duck.batches(told)
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

/** Rows of the file, and bytes of them before compression. */
const sizeSql = (path: string) =>
  `SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(${quoted(path)})),
    (SELECT sum(total_uncompressed_size) FROM parquet_metadata(${quoted(path)}))`

const BATCH_BYTES = 1 << 24

/** Batches of whole rows are bounded by their bytes as well. */
const cutOf = (count: number, bytes: number) => ({
  count,
  step: Math.max(100, Math.min(122_880, Math.round((count / (bytes + 1)) * BATCH_BYTES))),
})

/** Row by row, all that the hot path has not taken; `isKeyed` to know repeats by DuckDB's hash. */
const rowsQuery = (
  rest: string,
  columns: Columns,
  intake: Intake,
  read: RowReader,
  isKeyed: boolean,
): Omit<Query, 'count' | 'step'> => {
  const wanted = [...columns.keys()]
  const byType = isKeyed ? columnsByType(wanted) : undefined
  const values = {
    number: 'file_row_number::DOUBLE',
    key: isKeyed ? `coalesce(${KEY}, 0)` : '0::UBIGINT',
  }
  // A name may be anything, `number` too.
  const texts = Object.fromEntries(
    wanted.map((name, index) => [`cell ${index}`, textOf(name, columns.get(name)!)]),
  )
  const each = (batch: Batch) => {
    const [numbers, keys] = [batch.doubles('number'), batch.words('key')]
    const rowAt = rowsOf(batch, columns, byType)
    for (let i = 0; i < batch.length; i += 1) {
      if (isKeyed) intake.keyed(keys[i * 2 + 1]!, keys[i * 2]!)
      const number = numbers[i]! + 1
      offerRow(intake, read(rowAt(i), number), number)
    }
  }
  return { rows: rest, number: 'file_row_number', values, texts, each }
}

/** Every cell as text, an empty one for NULL; times as ms from the epoch. */
const textOf = (column: string, type: string): string => {
  const name = named(column)
  if (isTime(type)) return `epoch_ms(${name})::VARCHAR`
  // As a DOUBLE even where it is a FLOAT: its own text would be another number.
  if (isNumber(type)) return `${name}::DOUBLE::VARCHAR`
  return isText(type) ? `${name}::VARCHAR` : `to_json(${name})::VARCHAR`
}

const isTime = (type: string) => type.startsWith('TIMESTAMP') || type === 'DATE'
const isNumber = (type: string) =>
  /^U?(TINY|SMALL|BIG)?INT(EGER)?$|^(FLOAT|DOUBLE)$|^DECIMAL/.test(type)
const isText = (type: string) => ['BOOLEAN', 'VARCHAR', 'JSON'].includes(type)

/** Types that JSON knows: numbers, booleans and text. */
const valueOf = (type: string): ((text: string) => unknown) => {
  if (isTime(type) || isNumber(type)) return (text) => Number(text)
  return type === 'BOOLEAN' ? (text) => text === 'true' : (text) => text
}

/** A row reads only the columns that its type knows: most of a wide table is NULL. */
const rowsOf = (
  batch: Batch,
  columns: Columns,
  byType: ((type: unknown) => readonly number[]) | undefined,
) => {
  const names = [...columns.keys()]
  const cells = names.map((_, index) => batch.texts(`cell ${index}`))
  const values = names.map((name) => valueOf(columns.get(name)!))
  const typeOf = cells[names.indexOf('type')]
  const all = names.map((_, index) => index)
  return (i: number) => {
    const own = byType?.(typeOf?.(i)) ?? all
    const row: Record<string, unknown> = {}
    for (const index of own) {
      const text = cells[index]!(i)
      if (text !== undefined) row[names[index]!] = values[index]!(text)
    }
    return row
  }
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
