/** `assay archive record`: events from files, or a live recording, into the archive. */
import { parseArgs } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { recordFollowed } from '../../archive/follow-recording.ts'
import { followHls } from '../../archive/hls.ts'
import { Recordings } from '../../archive/recordings.ts'
import { placeOf } from '../../archive/source.ts'
import { readEvents } from '../../importers/read-events.ts'
import { say } from '../../language/say.ts'
import { EVENT_TYPES } from '../../vocabulary/index.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { progressOn } from '../progress.ts'
import { orComplain } from '../ledger/complain.ts'
import { COMMON, requiredOption, withArchive } from './open.ts'

/** Events handed over before the first of them must be acknowledged. */
const IN_FLIGHT = 20_000

export const recordCommand: Command = {
  name: 'record',
  summary: say('archive.record.summary'),
  help: say('archive.record.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const { hls } = values
      if ((hls === undefined) === (positionals.length === 0))
        throw new UsageError(say('archive.record.nothing'))
      if (hls === undefined) return recordEvents(positionals, values, io)
      const broadcast = requiredOption(values.broadcast, '--broadcast')
      return recordHls(hls, broadcast, values, io)
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...COMMON,
      hls: { type: 'string' },
      broadcast: { type: 'string' },
      host: { type: 'string', multiple: true, default: [] as string[] },
      once: { type: 'boolean', default: false },
    },
  })

type Values = ReturnType<typeof parse>['values']

const recordEvents = async (
  paths: readonly string[],
  values: Values,
  io: Io,
): Promise<ExitStatus> => {
  const { signal } = io
  const { events, refused } = await readEvents(paths, new Set(EVENT_TYPES), { signal })
  for (const { text, count, examples } of refused) {
    const what = { count, reason: { term: text }, where: examples[0]?.where ?? '' }
    io.err(`assay: ${say('archive.record.refused', what)[io.language]}\n`)
  }
  const progress = progressOn(io)
  await withArchive(values, io, async (archive) => {
    for (let from = 0; from < events.length; from += IN_FLIGHT) {
      signal.throwIfAborted()
      const some = events.slice(from, from + IN_FLIGHT)
      await Promise.all(some.map((event) => archive.record(event)))
      progress.tell(() => say('archive.record.progress', { events: from + some.length }))
    }
  })
  progress.end()
  if (values.json) io.out(`${JSON.stringify({ events: events.length, refused })}\n`)
  else io.out(`${say('archive.record.events', { events: events.length })[io.language]}\n`)
  return refused.length > 0 ? 2 : 0
}

const recordHls = async (
  hls: string,
  broadcast: string,
  values: Values,
  io: Io,
): Promise<ExitStatus> => {
  const progress = progressOn(io)
  let soFar = 0
  const counts = await withArchive(values, io, (archive) => {
    const followed = followHls({
      ...placeOf(hls, values.host),
      now: Date.now,
      sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
      signal: io.signal,
      once: values.once,
    })
    return recordFollowed(new Recordings(archive), broadcast, followed, ({ kind }) => {
      if (kind === 'piece') soFar += 1
      progress.tell(() => say('archive.record.pieces-so-far', { pieces: soFar }))
    })
  })
  progress.end()
  if (values.json) io.out(`${JSON.stringify({ broadcast, ...counts })}\n`)
  else io.out(`${say('archive.record.pieces', { broadcast, ...counts })[io.language]}\n`)
  return 0
}
