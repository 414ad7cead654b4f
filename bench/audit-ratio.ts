/**
 * How much longer a whole audit takes, from the file to the JSON on disk, than merely to parse its
 * lines: fresh processes, the order turned each round.
 *
 *   tsx bench/audit-ratio.ts [events = 1000000] [rounds = 3]
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fresh, inFolder, median, rounds, writeEvents, type Run } from './lib.ts'

const [events = '1000000', count = '3'] = process.argv.slice(2)
const BIN = fileURLToPath(new URL('../bin/assay.js', import.meta.url))

const audit = (path: string): Run => {
  const start = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [BIN, 'audit', path, '--json', `${path}.json`],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  const ms = Math.round(performance.now() - start)
  return { ms, cpuMs: Number.NaN, rssMiB: Number.NaN, events: Number(events) }
}

await inFolder((folder) => {
  const path = join(folder, 'events.ndjson')
  writeEvents(path, {
    events: Number(events),
    viewers: Math.ceil(Number(events) * 0.03),
    broadcasts: 3,
    seed: 7,
  })
  const parsing = new URL('json-parse-ratio.ts', import.meta.url)
  const [parse, whole] = rounds(Number(count), [
    () => fresh(parsing, ['parse', path]),
    () => audit(path),
  ])
  const [parseMs, auditMs] = [parse!, whole!].map((runs) => median(runs.map(({ ms }) => ms)))
  console.log(
    JSON.stringify({
      events: Number(events),
      parseMs,
      auditMs,
      ratio: Number((auditMs! / parseMs!).toFixed(2)),
    }),
  )
})
