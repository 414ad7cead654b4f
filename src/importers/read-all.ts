/** Every file that was named, each in its own format, into one body of evidence. */
import type { Evidence } from '../detectors/room.ts'
import { Intake, type InputTally } from '../engine/intake.ts'
import type { Reader, ReadOptions } from '../engine/ports.ts'
import type { InputSummary, Refused } from '../engine/report.ts'
import { say } from '../language/say.ts'
import { csv } from './csv.ts'
import { douyin } from './douyin.ts'
import { jsonBatch } from './json-batch.ts'
import { ndjson } from './ndjson.ts'
import { areAllParquet, parquet } from './parquet.ts'
import { filesOf } from './paths.ts'
import { shopee } from './shopee.ts'
import { openSource, type Source } from './source.ts'
import { Unreadable } from './unreadable.ts'

/** The first that recognises a file reads it. */
const READERS: readonly Reader<Source>[] = [parquet, shopee, douyin, jsonBatch, ndjson, csv]

export const FORMATS = READERS.map(({ name }) => name)

export type Reading = {
  readonly inputs: readonly InputSummary[]
  readonly refusedByBroadcast: ReadonlyMap<string, readonly Refused[]>
}

/**
 * Reads files, folders, globs and `-` into `evidence`. Memory is bounded by what the tables keep,
 * not by the size of the files.
 * @throws Unreadable when a path is not there, or a file that was named holds no event at all
 * @throws the signal's reason when it is aborted
 */
export const readAll = async (
  paths: readonly string[],
  evidence: Evidence,
  options: ReadOptions = {},
): Promise<Reading> => {
  const intake = new Intake(evidence, options.until)
  const files = await filesOf(paths)
  const mayHash = await areAllParquet(files)
  for (const { path, isExplicit } of files) {
    const source = await openSource(path)
    const reader = readerOf(source, options.format)
    const tally = intake.open(path, reader?.name ?? 'unknown')
    if (reader === undefined) {
      const why = whyUnknown(source)
      if (isExplicit) throw why
      intake.refuse({ code: 'unknown-format' }, 1)
    } else {
      await reader.read(source, intake, { ...options, mayHash }).catch((error: unknown) => {
        // A stranger's table in a folder is left where it lies; one that was named is complained of.
        if (isExplicit || !(error instanceof Unreadable)) throw error
        intake.refuse({ code: 'unknown-format' }, 1)
      })
      if (isExplicit && !holdsSomething(tally)) throw nothingUsable(tally)
    }
    tally.bytes = source.taken()
  }
  return intake.end()
}

const readerOf = (source: Source, format: string | undefined): Reader<Source> | undefined => {
  if (format === undefined)
    return READERS.find((reader) => reader.recognises(source.head, source.path))
  const reader = READERS.find(({ name }) => name === format)
  if (reader !== undefined) return reader
  throw new Unreadable(say('reading.no-such-format', { format, formats: FORMATS.join(', ') }))
}

const whyUnknown = ({ path, head }: Source): Unreadable => {
  if (head.length === 0) return new Unreadable(say('reading.empty', { path }))
  const [a, b] = head
  const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0
  return new Unreadable(say(isUtf16 ? 'reading.utf-16' : 'reading.unknown-format', { path }))
}

/** Events may still be held back, so what was not refused counts. */
const holdsSomething = ({ lines, refused }: InputTally) => lines > refused.total

const nothingUsable = ({ path, lines, refused }: InputTally): Unreadable => {
  const [most] = refused.list()
  if (most === undefined) return new Unreadable(say('reading.empty', { path }))
  const first = { term: most.text }
  return new Unreadable(say('reading.nothing-usable', { path, lines, first }))
}
