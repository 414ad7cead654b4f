/** What is special about the embedded database: one process a folder, and a thread that may die. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { kyselyOf } from '../../src/store/sql/kysely.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import { PgliteStream } from '../../src/store/sql/pglite-stream.ts'
import { isTransient } from '../../src/store/sql/pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-pglite-'))
const db = join(folder, 'db')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('keeps what was written, when closed and opened again', async () => {
  const first = await openPglite({ folder: db })
  await first.execute('create table kept (a int); insert into kept values (1)')
  await first.close()
  await expect(first.query('select 1')).rejects.toMatchObject({ code: 'closed' })
  const transaction = kyselyOf(first)
    .transaction()
    .execute(async () => 1)
  await expect(transaction).rejects.toMatchObject({ code: 'closed' })
  const second = await openPglite({ folder: db })
  expect(await second.query('select a from kept')).toEqual([{ a: 1 }])
  await second.close()
})

it('is open once: two on one folder would lose rows', async () => {
  const holder = await openPglite({ folder: db })
  await expect(openPglite({ folder: db })).rejects.toMatchObject({ code: 'locked' })
  await holder.close()
  const next = await openPglite({ folder: db })
  await next.close()
})

it('says so, as something that does not pass, when the folder holds no database that opens', async () => {
  const broken = join(folder, 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'PG_VERSION'), 'not a version')
  const sql = await openPglite({ folder: broken })
  const error = await sql.query('select 1').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ message: expect.stringMatching(/did not open/) as string })
  expect(isTransient(error)).toBe(false)
  await sql.close()
})

it('starts a new thread when the old one dies, and has lost nothing that was answered', async () => {
  const streams: PgliteStream[] = []
  const sql = await openPglite({ folder: db, onStream: (stream) => streams.push(stream) })
  await sql.query('insert into kept values (2)')
  const waiting = sql.query('select pg_sleep(30)')
  await streams[0]!.kill()
  const error = await waiting.catch((reason: unknown) => reason)
  expect(isTransient(error)).toBe(true)
  expect(await sql.query('select a from kept order by a')).toEqual([{ a: 1 }, { a: 2 }])
  expect(streams).toHaveLength(2)
  await sql.close()
})
