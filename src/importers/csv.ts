/**
 * Tables as CSV (RFC 4180; also with semicolons or tabs), in UTF-8 or GB 18030, which Chinese
 * spreadsheets write. Columns are the vocabulary's own, or a mapping file says what they are.
 */
import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { Intake } from '../engine/intake.ts'
import type { Reader, ReadOptions } from '../engine/ports.ts'
import { ENVELOPE, offerRow, rowReaderOf, type RowReader } from './rows.ts'
import { beat, type Source } from './source.ts'
import { Survey } from './survey.ts'
import { BrokenArchive, Unmapped } from './unreadable.ts'

const MAX_ROW = 1 << 20

export const csv: Reader<Source> = {
  name: 'csv',
  recognises: (head, path) => {
    const header = headerOf(head)
    return /\.(csv|tsv)(\.gz|\.zst)?$/i.test(path) || ENVELOPE.every((name) => header.has(name))
  },
  read: async (source, intake, options) => {
    const text = textOf(source, options)
    const rows = Readable.from(text).pipe(
      parse({
        bom: true,
        delimiter: delimiterOf(source.head),
        max_record_size: MAX_ROW,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
      }),
    )
    let row = 0
    let read: RowReader | Survey = none
    try {
      let columns: readonly string[] | undefined
      for await (const cells of rows as AsyncIterable<string[]>) {
        row += 1
        if (columns === undefined) {
          columns = cells.map((name) => name.trim())
          read = readerOf(columns, source.path, options)
        } else if (read instanceof Survey) read.take(cells)
        else takeRow(intake, read, columns, cells, row)
      }
    } catch (error) {
      if (error instanceof BrokenArchive)
        intake.refuse({ code: 'broken-archive', got: error.message }, row + 1)
      else if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
        // An open quote swallows what follows: nothing after it can be told apart.
        intake.refuse({ code: 'bad-row', got: String(error.code) }, row + 1)
      else throw error
    }
    if (read instanceof Survey) throw read.result()
  },
}

const none: RowReader = () => []

/** A table without a mapping is looked at a little further, for whoever is to write one. */
const readerOf = (
  columns: readonly string[],
  path: string,
  options: ReadOptions,
): RowReader | Survey => {
  try {
    return rowReaderOf(columns, path, options)
  } catch (error) {
    if (error instanceof Unmapped) return new Survey(error)
    throw error
  }
}

const takeRow = (
  intake: Intake,
  read: RowReader,
  columns: readonly string[],
  cells: readonly string[],
  row: number,
) => {
  if (cells.length !== columns.length) {
    const [expected, got] = [`${columns.length} columns`, `${cells.length} columns`]
    intake.refuse({ code: 'bad-row', expected, got }, row)
    return
  }
  const record = Object.create(null) as Record<string, string>
  for (let i = 0; i < cells.length; i += 1) record[columns[i]!] = cells[i]!
  offerRow(intake, read(record, row), row)
}

async function* textOf(source: Source, options: ReadOptions): AsyncGenerator<string> {
  const encoding = isMostlyUtf8(source.head) ? 'utf-8' : 'gb18030'
  const decoder = new TextDecoder(encoding)
  for await (const chunk of source.chunks()) {
    beat(source, options)
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

/** The head may end inside a character: up to three bytes of it are not counted. */
const isMostlyUtf8 = (head: Uint8Array) =>
  [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)))

const firstLine = (head: Uint8Array) =>
  new TextDecoder().decode(head.subarray(0, 4096)).split(/\r?\n/, 1)[0]!

const delimiterOf = (head: Uint8Array): string => {
  const line = firstLine(head)
  const count = (sign: string) => line.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

const headerOf = (head: Uint8Array): ReadonlySet<string> =>
  new Set(
    firstLine(head)
      .split(delimiterOf(head))
      .map((name) => name.trim().replaceAll('"', '')),
  )
