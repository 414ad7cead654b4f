/**
 * What is said in a file: lines of text, captions, events, or utterances as JSON lines. Told by what
 * the file holds; only plain text and Markdown, which can look like anything, are told by their name.
 */
import { say } from '../../language/say.ts'
import { openSource } from '../../importers/source.ts'
import { Unreadable } from '../../importers/unreadable.ts'
import { parseTime } from '../../vocabulary/time.ts'
import type { Captions } from '../../wording/captions/cue.ts'
import { readCaptions } from '../../wording/captions/read.ts'
import { PLACES, SPEAKERS, type Place, type Speaker } from '../../wording/lexicon.ts'
import type { Utterance } from '../../wording/read.ts'

export type Source = {
  readonly utterance: Utterance
  readonly file: string
  /** From 1; of captions the number of the cue. */
  readonly line: number
  readonly event?: string
  /** ms; absent where the file does not say. */
  readonly at?: number
}

export type Defaults = {
  readonly speaker: Speaker
  readonly place: Place
  readonly category?: string
}

/** Whole files are held in memory; a recording of days stays far below. */
const MOST_BYTES = 256 << 20

/**
 * @throws Unreadable for a file that is not there, is too large, or is neither text nor events
 */
export const utterancesIn = async (file: string, defaults: Defaults): Promise<Source[]> => {
  const text = await textOf(file)
  if (/\.(txt|md|markdown)$/i.test(file)) return linesOf(file, text, defaults)
  const start = text.trimStart()
  if (start.startsWith('{') && isJsonLines(start)) return jsonLinesOf(file, text, defaults)
  if (start.startsWith('[') || start.startsWith('{')) {
    const events = eventsOf(start)
    if (events !== null)
      return events.flatMap((event, i) => spokenIn(event, file, i + 1, defaults) ?? [])
  }
  if (/^(WEBVTT|[[{])/.test(start) || /-->/.test(start.slice(0, 400)))
    return captionsOf(file, text, defaults)
  return linesOf(file, text, defaults)
}

export const fromCaptions = (file: string, { cues }: Captions, defaults: Defaults): Source[] =>
  cues.map(({ text, startMs }, i) => ({
    utterance: { ...spoken(text, { ...defaults, place: 'caption' }), at: startMs },
    file,
    line: i + 1,
  }))

const textOf = async (file: string): Promise<string> => {
  const source = await openSource(file).catch(() => {
    throw new Unreadable(say('wording.cli.no-file', { file }))
  })
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of source.chunks()) {
    parts.push(part)
    length += part.length
    if (length > MOST_BYTES) throw new Unreadable(say('reading.too-large', { path: file }))
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

const spoken = (text: string, { speaker, place, category }: Defaults): Utterance => ({
  text,
  speaker,
  place,
  ...(category !== undefined && { product: { category } }),
})

const linesOf = (file: string, text: string, defaults: Defaults): Source[] =>
  text
    .split(/\r\n|\n|\r/)
    .flatMap((line, i) =>
      line.trim() === '' ? [] : [{ utterance: spoken(line, defaults), file, line: i + 1 }],
    )

const captionsOf = (file: string, text: string, defaults: Defaults): Source[] => {
  try {
    return fromCaptions(file, readCaptions(text), defaults)
  } catch {
    throw new Unreadable(say('wording.cli.no-captions', { file }))
  }
}

const isJsonLines = (text: string): boolean => {
  const end = text.indexOf('\n')
  return isObject(parse(end < 0 ? text : text.slice(0, end))) && !hasCues(text, end)
}

/** A transcript on one line is one object as well. */
const hasCues = (text: string, end: number): boolean =>
  (end < 0 || text.slice(end).trim() === '') && !/"(specversion|speaker)"/.test(text.slice(0, 4000))

const eventsOf = (text: string): readonly unknown[] | null => {
  const value = parse(text)
  if (!Array.isArray(value)) return null
  return value.every((each) => isObject(each) && 'specversion' in each) ? value : null
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonLinesOf = (file: string, text: string, defaults: Defaults): Source[] =>
  text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const value = parse(line)
    if (!isObject(value))
      throw new Unreadable(say('wording.cli.bad-line', { file, line: String(i + 1) }))
    return spokenIn(value, file, i + 1, defaults) ?? []
  })

/** One utterance, or those of an event; null for an event in which nobody says anything. */
const spokenIn = (
  value: unknown,
  file: string,
  line: number,
  defaults: Defaults,
): Source[] | null => {
  if (!isObject(value)) return null
  if (typeof value['type'] === 'string' && isObject(value['data']))
    return inEvent(value, value['type'], value['data']).map((utterance) => ({
      utterance,
      file,
      line,
      ...(typeof value['id'] === 'string' && { event: value['id'] }),
      ...atOf(value['time']),
    }))
  const { text, speaker, place, category } = value
  if (typeof text !== 'string')
    throw new Unreadable(say('wording.cli.bad-line', { file, line: String(line) }))
  const utterance = spoken(text, {
    speaker: SPEAKERS.find((each) => each === speaker) ?? defaults.speaker,
    place: PLACES.find((each) => each === place) ?? defaults.place,
    ...(typeof category === 'string'
      ? { category }
      : defaults.category === undefined
        ? {}
        : { category: defaults.category }),
  })
  return [{ utterance, file, line, ...atOf(value['time']) }]
}

const atOf = (time: unknown): { at?: number } => {
  const at = typeof time === 'string' ? parseTime(time) : Number.NaN
  return Number.isNaN(at) ? {} : { at }
}

/** Who says what where, by type of event: speaker, place, and the field that holds the words. */
const SPOKEN: Readonly<Record<string, readonly [Speaker, Place, string]>> = {
  'live.broadcast.started': ['page', 'title', 'title'],
  'live.caption.spoken': ['host', 'caption', 'text'],
  'live.comment.posted': ['viewer', 'comment', 'text'],
  'live.banner.shown': ['page', 'banner', 'text'],
  'live.promise.made': ['host', 'claim', 'text'],
  'live.product.listed': ['seller', 'listing', 'title'],
  'live.review.posted': ['viewer', 'review', 'text'],
}

const inEvent = (
  event: Record<string, unknown>,
  type: string,
  data: Record<string, unknown>,
): Utterance[] => {
  const known = SPOKEN[type]
  if (known === undefined) return []
  const [speaker, place, field] = known
  const text = data[field]
  const { category, claims, startMs } = data
  const about = {
    speaker,
    ...(typeof category === 'string' && { product: { category } }),
    ...(typeof startMs === 'number' && { at: startMs }),
  }
  const said: Utterance[] = typeof text === 'string' ? [{ text, place, ...about }] : []
  if (Array.isArray(claims))
    for (const claim of claims)
      if (isObject(claim) && typeof claim['text'] === 'string')
        said.push({ text: claim['text'], place: 'claim', ...about })
  return said
}
