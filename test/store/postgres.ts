/**
 * A Postgres of our own for a test: on a socket in a temporary folder, stopped by its pid. Postgres
 * refuses to run as root, so root runs it as `nobody`.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPostgres } from '../../src/store/sql/postgres.ts'
import type { Sql } from '../../src/store/sql/port.ts'

const NOBODY = 65_534

const debian = '/usr/lib/postgresql'
const BIN = [
  ...(process.env['PATH'] ?? '').split(':'),
  ...(existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : []),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))

export const hasPostgres = BIN !== undefined

export type TestPostgres = {
  readonly url: string
  readonly open: () => Sql
  /** As the kernel would, out of memory: every connection breaks. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly remove: () => Promise<void>
}

export const startPostgres = async (): Promise<TestPostgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-postgres-'))
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(BIN!, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    {
      ...as,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    },
  )
  const url = `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`
  let server: ChildProcess | undefined

  const start = async () => {
    const options = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off']
    server = spawn(join(BIN!, 'postgres'), options, { ...as, cwd: folder, stdio: 'ignore' })
    for (let tries = 0; ; tries += 1) {
      const sql = openPostgres({ url, connections: 1 })
      try {
        await sql.query('select 1')
        return
      } catch (error) {
        if (tries === 1_000) throw error
        await sleep(50)
      } finally {
        await sql.close()
      }
    }
  }
  const stop = async (signal: NodeJS.Signals) => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  await start()
  return {
    url,
    open: () => openPostgres({ url, connections: 4 }),
    start,
    kill: () => stop('SIGKILL'),
    remove: async () => {
      await stop('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
