/**
 * JSON transcripts in the shapes that recognisers write. A shape is where the list of cues stands
 * and what its fields are called; the list below is the whole of what is known:
 *
 * - `segments` of the OpenAI transcription API (`verbose_json`; also whisper and WhisperX), seconds
 * - `transcription` of whisper.cpp, with `offsets` in milliseconds
 * - `results.utterances` (Deepgram), seconds; `utterances` (AssemblyAI, Volcengine), milliseconds
 * - `transcripts[].sentences` (DashScope) and `sentence_info` (FunASR), milliseconds
 * - `body` (Bilibili), seconds; `events` with `segs` (YouTube json3), milliseconds
 * - a bare list of any of these cues, and NDJSON of them
 */
import { CaptionError, CueList, type Captions, type Cue } from './cue.ts'
import { clockMs } from './timed-text.ts'

type Fields = Readonly<Record<string, unknown>>
type Unit = readonly [name: string, ms: number]

/** @throws CaptionError for text that is not JSON or holds no list of cues of a known shape */
export const readJsonTranscript = (source: string): Captions => {
  const items = listOf(parse(source))
  if (items === undefined)
    throw new CaptionError(
      'unknown-shape',
      'no list of cues of a known shape (see the documentation)',
    )
  const list = new CueList()
  const inMs = isInMs(items)
  for (const [index, item] of items.entries()) {
    const cue = isFields(item) ? cueOf(item, inMs) : undefined
    if (cue === undefined) list.refuse(index + 1, 'bad-time')
    else if (cue !== 'nothing') list.add(index + 1, cue)
  }
  return list.end()
}

const parse = (source: string): unknown => {
  const text = source.replace(/^\ufeff/, '').trim()
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    try {
      if (lines.length > 1) return lines.map((line) => JSON.parse(line) as unknown)
    } catch {
      // The complaint about the whole says more than that about a line of it.
    }
    throw new CaptionError('not-json', error instanceof Error ? error.message : String(error))
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where cues may stand, outermost first. */
const PLACES = [
  ['segments'],
  ['transcription'],
  ['results', 'utterances'],
  ['utterances'],
  ['result', 'utterances'],
  ['sentence_info'],
  ['sentences'],
  ['body'],
  ['events'],
] as const

/** Lists may lie in one wrapping object or in a list of parts: each part is tried in turn. */
const listOf = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) {
    const parts = value.map((part) => (isFields(part) ? placed(part) : undefined))
    if (parts.length > 0 && parts.every((part) => part !== undefined)) return parts.flat()
    return value.some((item) => isFields(item) && cueOf(item, false) !== undefined) ||
      value.length === 0
      ? value
      : undefined
  }
  if (!isFields(value)) return undefined
  return placed(value) ?? listIn(value['transcripts']) ?? listIn(value['results'])
}

const listIn = (value: unknown) => (Array.isArray(value) ? listOf(value) : undefined)

const placed = (value: Fields): readonly unknown[] | undefined => {
  for (const place of PLACES) {
    const found = place.reduce<unknown>(
      (inner, name) => (isFields(inner) ? inner[name] : undefined),
      value,
    )
    if (Array.isArray(found)) return found
  }
  return undefined
}

/** Names of times, with how many ms one is; the first name that is there counts. */
const STARTS: readonly Unit[] = [
  ['startMs', 1],
  ['start_ms', 1],
  ['begin_time', 1],
  ['start_time', 1],
  ['tStartMs', 1],
  ['from', 1000],
  ['start', 1000],
]
const ENDS: readonly Unit[] = [
  ['endMs', 1],
  ['end_ms', 1],
  ['end_time', 1],
  ['to', 1000],
  ['end', 1000],
]
const TEXTS = ['text', 'content', 'transcript', 'sentence'] as const
const SPEAKERS = ['speaker', 'speaker_id', 'spk', 'channel_id'] as const
/** `nothing` for an entry that says nothing (a line break of json3); undefined for no cue. */
const cueOf = (item: Fields, inMs: boolean): Cue | 'nothing' | undefined => {
  const times = timesOf(item, inMs)
  if (times === undefined) return undefined
  const text = textOf(item)
  if (text === undefined) return 'segs' in item || 'tStartMs' in item ? 'nothing' : undefined
  const speaker = speakerOf(item)
  const confidence = item['confidence']
  return {
    ...times,
    text,
    ...(speaker === undefined ? {} : { speaker }),
    ...(typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? { confidence } : {}),
  }
}

/** Some number their speakers. */
const speakerOf = (item: Fields): string | undefined => {
  for (const name of SPEAKERS) {
    const value = item[name]
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

const timesOf = (item: Fields, inMs: boolean): { startMs: number; endMs: number } | undefined => {
  // whisper.cpp: { offsets: { from, to } } in ms
  const { offsets } = item
  if (isFields(offsets)) return { startMs: msOf(offsets['from'], 1), endMs: msOf(offsets['to'], 1) }
  const start = STARTS.find(([name]) => item[name] !== undefined)
  if (start === undefined) return undefined
  const startMs = msOf(item[start[0]], inMs ? 1 : start[1])
  if (start[0] === 'tStartMs')
    return { startMs, endMs: startMs + msOf(item['dDurationMs'] ?? 0, 1) }
  const end = ENDS.find(([name]) => item[name] !== undefined)
  return end === undefined ? undefined : { startMs, endMs: msOf(item[end[0]], inMs ? 1 : end[1]) }
}

/** A number of units, or a clock: `12.5`, `"12.5"`, `"00:00:12,500"`. */
const msOf = (value: unknown, unit: number): number => {
  if (typeof value === 'number') return Math.round(value * unit)
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN
  return clockMs(value.trim()) ?? Math.round(Number(value) * unit)
}

/**
 * Some write `start` and `end` in seconds, some in milliseconds, under the same names. Whole numbers
 * of which half the cues would last a minute and more are milliseconds.
 */
const isInMs = (items: readonly unknown[]): boolean => {
  const lengths: number[] = []
  for (const item of items) {
    if (!isFields(item)) continue
    const { start, end } = item
    if (typeof start !== 'number' || typeof end !== 'number') continue
    if (!Number.isInteger(start) || !Number.isInteger(end)) return false
    lengths.push(end - start)
  }
  lengths.sort((a, b) => a - b)
  return (lengths[lengths.length >> 1] ?? 0) >= 60
}

const textOf = (item: Fields): string | undefined => {
  const { segs } = item
  if (Array.isArray(segs))
    return segs
      .map((seg: unknown) => (isFields(seg) && typeof seg['utf8'] === 'string' ? seg['utf8'] : ''))
      .join('')
  for (const name of TEXTS) {
    const value = item[name]
    if (typeof value === 'string') return value
  }
  return undefined
}
