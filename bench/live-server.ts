/**
 * A service for the benchmarks and rehearsals, in a process of its own: says where it listens and
 * under which key. SIGUSR2 ends the rooms' thread as a crash would.
 *
 *   live-server.ts FOLDER [PORT] [DATABASE] [PACE, JSON]
 */
import { fileURLToPath } from 'node:url'
import type { Pace } from '../src/service/open.ts'
import { run } from '../src/service/run.ts'

const [data = 'assay-data', port = '0', database = '', pace = '{}'] = process.argv.slice(2)

const running = await run({
  data,
  host: '127.0.0.1',
  port: Number(port),
  database: database === '' ? undefined : database,
  isBehindProxy: false,
  pack: fileURLToPath(new URL('../policies/cn', import.meta.url)),
  version: 'bench',
  pace: JSON.parse(pace) as Partial<Pace>,
  failed: (what, error) => {
    if (process.env['BENCH_QUIET'] === undefined) console.error(what, error)
  },
})
const { service } = running
const now = Date.now()
const { secret } = await service.store.ingestKeys.issue(
  {
    source: '/bench',
    scopes: ['ingest', 'read'],
    label: 'bench',
    createdBy: 'bench',
    expiresAt: null,
  },
  now,
)
console.log(JSON.stringify({ port: running.port, key: secret }))
process.on('SIGUSR2', () => void service.rooms.kill())
process.once('SIGTERM', () => void running.close().then(() => process.exit(0)))
