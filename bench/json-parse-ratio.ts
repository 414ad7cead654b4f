/**
 * How much longer it takes to read events into the tables than merely to parse their JSON: the same
 * file, one thread each, a fresh process a run, the order turned each round.
 *
 *   tsx bench/json-parse-ratio.ts [events = 1000000] [rounds = 3]
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { fresh, inFolder, median, rounds, writeEvents } from './lib.ts'
import { measured, readInto } from './reading.ts'

const [mode = '1000000', argument = '3'] = process.argv.slice(2)

/** The baseline: stream, split, parse; nothing else. */
const parseOnly = async (path: string): Promise<number> => {
  let events = 0
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (typeof JSON.parse(line) === 'object') events += 1
  }
  return events
}

if (mode === 'parse') await measured(() => parseOnly(argument))
else if (mode === 'read') await measured(() => readInto(argument))
else
  await inFolder((folder) => {
    const events = Number(mode)
    const path = join(folder, 'events.ndjson')
    writeEvents(path, { events, viewers: Math.ceil(events * 0.03), broadcasts: 3, seed: 7 })
    const self = new URL(import.meta.url)
    const [parse, read] = rounds(Number(argument), [
      () => fresh(self, ['parse', path]),
      () => fresh(self, ['read', path]),
    ])
    const [parseMs, readMs] = [parse!, read!].map((runs) => median(runs.map(({ ms }) => ms)))
    console.log(
      JSON.stringify({
        events,
        parseMs,
        readMs,
        ratio: Number((readMs! / parseMs!).toFixed(2)),
        cpuRatio: Number(
          (median(read!.map((run) => run.cpuMs)) / median(parse!.map((run) => run.cpuMs))).toFixed(
            2,
          ),
        ),
        peakMiB: Math.max(...read!.map(({ rssMiB }) => rssMiB)),
        runs: { parse: parse!.map(({ ms }) => ms), read: read!.map(({ ms }) => ms) },
      }),
    )
  })
