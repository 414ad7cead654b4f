/**
 * Migrations: numbered files of SQL, shipped with the package, applied in order and once. The
 * digest of each is kept, because a migration that was applied and then edited is two schemas under
 * one number.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SqlError, type Sql } from './port.ts'

const SHIPPED = fileURLToPath(new URL('../../../migrations/', import.meta.url))
const NAME = /^(\d{4})_\w+\.sql$/

/** Arbitrary, ours: of two processes that start together one migrates and the other waits. */
const LOCK = 4_077_001

type Applied = { readonly name: string; readonly sha256: string }

/**
 * All or nothing, in one transaction.
 * @returns the names of those applied now
 * @throws SqlError migration-changed, database-newer
 */
export const migrate = async (sql: Sql, folder = SHIPPED): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort()
  const files = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
  return sql.transaction(async (runner) => {
    await runner.query('select pg_advisory_xact_lock($1)', [LOCK])
    await runner.execute(
      `create table if not exists migrations (
         name text primary key, sha256 text not null, applied_at timestamptz not null default now())`,
    )
    const applied = await runner.query<Applied>('select name, sha256 from migrations order by name')
    for (const { name, sha256 } of applied) {
      const file = files.find((candidate) => candidate.name === name)
      if (file === undefined)
        throw new SqlError('database-newer', `the database has ${name}, which this Assay has not`)
      if (file.sha256 !== sha256)
        throw new SqlError('migration-changed', `${name} is not what was applied`)
    }
    const waiting = files.slice(applied.length)
    for (const { name, text, sha256 } of waiting) {
      await runner.execute(text)
      await runner.query('insert into migrations (name, sha256) values ($1, $2)', [name, sha256])
    }
    return waiting.map(({ name }) => name)
  })
}
