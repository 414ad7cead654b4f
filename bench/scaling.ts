/**
 * Whether cost grows in proportion: the time of an event at doubling sizes, against the smallest. A
 * ratio that stays near 1 is linear.
 *
 *   tsx bench/scaling.ts [largest = 1600000] [rounds = 1]
 */
import { join } from 'node:path'
import { fresh, inFolder, median, rounds, writeEvents } from './lib.ts'
import { measured, readInto } from './reading.ts'

const [mode = '1600000', argument = '1'] = process.argv.slice(2)

if (mode === 'read') await measured(() => readInto(argument))
else
  await inFolder((folder) => {
    const largest = Number(mode)
    const sizes = [largest / 8, largest / 4, largest / 2, largest].map(Math.round)
    const self = new URL(import.meta.url)
    const variants = sizes.map((events) => {
      const path = join(folder, `${events}.ndjson`)
      writeEvents(path, { events, viewers: Math.ceil(events * 0.03), broadcasts: 3, seed: 7 })
      return () => fresh(self, ['read', path])
    })
    const runs = rounds(Number(argument), variants)
    const nsPerEvent = runs.map(
      (all, i) => (median(all.map(({ cpuMs }) => cpuMs)) / sizes[i]!) * 1e6,
    )
    for (const [i, events] of sizes.entries())
      console.log(
        JSON.stringify({
          events,
          nsPerEvent: Math.round(nsPerEvent[i]!),
          ratio: Number((nsPerEvent[i]! / nsPerEvent[0]!).toFixed(2)),
          peakMiB: Math.max(...runs[i]!.map(({ rssMiB }) => rssMiB)),
        }),
      )
  })
