/** One measured run of reading, in the process that calls it. */
import { Evidence } from '../src/detectors/room.ts'
import { readAll } from '../src/importers/read-all.ts'

/** Reads a file into fresh tables and returns the number of events folded. */
export const readInto = async (path: string): Promise<number> => {
  const { inputs } = await readAll([path], new Evidence())
  return inputs.reduce((sum, { events }) => sum + events, 0)
}

/** Runs `work` once and prints what `fresh` reads: time, processor time and peak memory. */
export const measured = async (work: () => Promise<number>): Promise<void> => {
  const start = performance.now()
  const cpu = process.cpuUsage()
  const events = await work()
  const { user, system } = process.cpuUsage(cpu)
  const run = {
    ms: Math.round(performance.now() - start),
    cpuMs: Math.round((user + system) / 1000),
    rssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    events,
  }
  console.log(JSON.stringify(run))
}
