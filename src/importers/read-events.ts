/**
 * Admitted events themselves, for what works on events and not on tables: NDJSON or a JSON array,
 * plain, gzip or Zstandard. Whoever asks names the types it needs, so that telemetry costs nothing.
 */
import { RefusalTally, type Refusal } from '../engine/refusal-tally.ts'
import type { ReadOptions } from '../engine/ports.ts'
import type { Refused } from '../engine/report.ts'
import { say } from '../language/say.ts'
import { admit, isEventType, type AssayEvent, type EventType } from '../vocabulary/index.ts'
import { readLines } from './json-lines.ts'
import { firstSign } from './ndjson.ts'
import { filesOf } from './paths.ts'
import { beat, openSource, type Source } from './source.ts'
import { Unreadable } from './unreadable.ts'

/** An array is parsed whole: what is larger belongs into NDJSON. */
const MAX_BATCH = 256 << 20

export type EventReading = {
  readonly events: readonly AssayEvent[]
  readonly refused: readonly Refused[]
}

/**
 * Reads files, folders, globs and `-`; memory grows with the events of the named types.
 * @throws Unreadable when a path is not there, is no file of events, or holds nothing but refusals
 * @throws the signal's reason when it is aborted
 */
export const readEvents = async (
  paths: readonly string[],
  types: ReadonlySet<EventType>,
  options: ReadOptions = {},
): Promise<EventReading> => {
  const events: AssayEvent[] = []
  const refused = new RefusalTally()
  const { until = Number.POSITIVE_INFINITY } = options
  let sound = 0
  for (const { path } of await filesOf(paths)) {
    const source = await openSource(path)
    const offer = (value: unknown, line: number) => {
      const admission = admit(value)
      if (!admission.ok) {
        if (mayBe(value, types)) refused.add(admission.refusal, () => `${path}:${line}`)
        return
      }
      sound += 1
      if (types.has(admission.event.type) && admission.at <= until) events.push(admission.event)
    }
    const refuse = (refusal: Refusal, line: number) => refused.add(refusal, () => `${path}:${line}`)
    const sign = firstSign(source.head)
    if (source.head.length === 0) throw new Unreadable(say('reading.empty', { path }))
    if (sign === 0x5b)
      for (const [i, value] of (await arrayOf(source)).entries()) offer(value, i + 1)
    else if (sign === 0x7b)
      await readLines(source.chunks(), {
        value: offer,
        refuse,
        beat: () => beat(source, options),
      })
    else throw new Unreadable(say('reading.unknown-format', { path }))
  }
  if (sound === 0) throw nothing(paths, refused)
  return { events, refused: refused.list() }
}

/** A refused event of another type changes nothing here; one without a known type might have. */
const mayBe = (value: unknown, types: ReadonlySet<string>): boolean => {
  const type: unknown = typeof value === 'object' && value !== null && 'type' in value && value.type
  return typeof type !== 'string' || !isEventType(type) || types.has(type)
}

/** A file that is one JSON array. */
const arrayOf = async (source: Source): Promise<readonly unknown[]> => {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of source.chunks()) {
    parts.push(part)
    length += part.length
    if (length > MAX_BATCH) throw new Unreadable(say('reading.too-large', { path: source.path }))
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString())
    if (Array.isArray(value)) return value
  } catch {
    // Said below: what is no JSON is no format of ours.
  }
  throw new Unreadable(say('reading.unknown-format', { path: source.path }))
}

const nothing = (paths: readonly string[], refused: RefusalTally): Unreadable => {
  const [most] = refused.list()
  const path = paths.join(', ')
  return most === undefined
    ? new Unreadable(say('reading.empty', { path }))
    : new Unreadable(
        say('reading.nothing-usable', { path, lines: refused.total, first: { term: most.text } }),
      )
}
