/** `assay words`: what is said, against the word lists of a pack; each hit with its reason. */
import { parseArgs } from 'node:util'
import { transcribe, TranscribeError } from '../../importers/transcribe.ts'
import { say } from '../../language/say.ts'
import {
  LexiconError,
  PLACES,
  SPEAKERS,
  type Lexicon,
  type Place,
  type Speaker,
} from '../../wording/lexicon.ts'
import { createReader, READINGS, type Reader } from '../../wording/read.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { readPolicy } from '../policy-pack.ts'
import { momentOf } from '../price/shop.ts'
import { VERSION } from '../version.ts'
import { readLexicon } from '../words/lists.ts'
import { wordsTable, type Found } from '../words/table.ts'
import { fromCaptions, utterancesIn, type Defaults, type Source } from '../words/utterances.ts'

export const wordsCommand: Command = {
  name: 'words',
  summary: say('wording.cli.command'),
  help: say('wording.cli.help'),
  run: (args, io) => runWords(args, io),
}

const OPTIONS = {
  text: { type: 'string', multiple: true },
  speaker: { type: 'string' },
  place: { type: 'string' },
  category: { type: 'string' },
  at: { type: 'string' },
  policy: { type: 'string', default: 'cn' },
  lists: { type: 'string', multiple: true },
  transcribe: { type: 'string' },
  model: { type: 'string' },
  language: { type: 'string' },
  all: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'fail-on': { type: 'string' },
} as const

const runWords = async (args: readonly string[], io: Io): Promise<ExitStatus> => {
  const { values, positionals } = orUsageError(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS }),
  )
  const texts = values.text ?? []
  if (texts.length + positionals.length === 0) throw new UsageError(say('wording.cli.nothing'))
  const defaults: Defaults = {
    speaker: oneOf<Speaker>('--speaker', values.speaker ?? 'host', SPEAKERS),
    place: oneOf<Place>('--place', values.place ?? 'caption', PLACES),
    ...(values.category !== undefined && { category: values.category }),
  }
  const at = momentOf(values.at) ?? Date.now()
  const lexicon = await readLexicon(values.policy, values.lists)
  const failOn = failuresOf(values['fail-on'], lexicon)
  const reader = await readerOf(lexicon, values.policy)
  const sources: Source[] = texts.map((text) => ({
    utterance: {
      text,
      speaker: defaults.speaker,
      place: defaults.place,
      ...(defaults.category !== undefined && { product: { category: defaults.category } }),
    },
    file: '',
    line: 1,
  }))
  for (const file of positionals)
    sources.push(
      ...(values.transcribe === undefined
        ? await utterancesIn(file, defaults)
        : await heardIn(values.transcribe, file, values, defaults, io)),
    )
  const found: Found[] = []
  for (const source of sources) {
    io.signal.throwIfAborted()
    for (const hit of reader.read(source.utterance, source.at ?? at))
      if (values.all || hit.verdict !== 'innocent') found.push({ source, hit })
  }
  io.out(
    values.json
      ? `${JSON.stringify(report(found, lexicon, sources.length), null, 1)}\n`
      : wordsTable(found, lexicon.rules, sources.length, io.language),
  )
  return found.some(
    ({ hit }) => failOn.has(hit.verdict) || (failOn.has(hit.rule) && hit.verdict !== 'innocent'),
  )
    ? 1
    : 0
}

const oneOf = <T extends string>(option: string, value: string, known: readonly T[]): T => {
  const found = known.find((each) => each === value)
  if (found === undefined)
    throw new UsageError(say('wording.cli.bad-choice', { option, value, known: known.join(', ') }))
  return found
}

const failuresOf = (text: string | undefined, { rules }: Lexicon): ReadonlySet<string> => {
  const named = (text ?? '').split(',').filter((name) => name !== '')
  for (const name of named)
    if (!rules.has(name)) oneOf('--fail-on', name, [...READINGS.slice(0, 3), ...rules.keys()])
  return new Set(named)
}

const readerOf = async (lexicon: Lexicon, pack: string): Promise<Reader> => {
  try {
    return createReader(lexicon, await readPolicy(pack))
  } catch (error) {
    if (!(error instanceof LexiconError)) throw error
    throw new UsageError(say('wording.cli.bad-lists', { pack, reason: error.message }))
  }
}

/** The server's key comes from the environment: arguments are seen by every user of a machine. */
const heardIn = async (
  server: string,
  file: string,
  { model, language }: { readonly model?: string; readonly language?: string },
  defaults: Defaults,
  io: Io,
): Promise<Source[]> => {
  const key = process.env['ASSAY_TRANSCRIBE_KEY']
  try {
    const captions = await transcribe(server, file, {
      signal: io.signal,
      ...(model !== undefined && { model }),
      ...(language !== undefined && { language }),
      ...(key !== undefined && { key }),
    })
    return fromCaptions(file, captions, defaults)
  } catch (error) {
    if (error instanceof TranscribeError) throw new UsageError(error.sentence)
    throw error
  }
}

const report = (found: readonly Found[], { versions }: Lexicon, texts: number) => ({
  assay: VERSION,
  lists: versions,
  texts,
  hits: found.map(({ source: { utterance, file, line, event, at }, hit }) => ({
    ...(file !== '' && { file, line }),
    ...(event !== undefined && { event }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    ...(utterance.at !== undefined && { spokenAtMs: utterance.at }),
    speaker: utterance.speaker,
    place: utterance.place,
    text: utterance.text,
    ...hit,
  })),
})
