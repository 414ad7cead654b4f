/** What is special about a server elsewhere: it may go away and come back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../src/store/sql/postgres.ts'
import { isTransient } from '../../src/store/sql/pool.ts'
import { hasPostgres, startPostgres, type TestPostgres } from './postgres.ts'

describe.skipIf(!hasPostgres)(
  hasPostgres ? 'Postgres' : 'Postgres (skipped: there is none on this machine)',
  () => {
    let server: TestPostgres
    beforeAll(async () => {
      server = await startPostgres()
    })
    afterAll(() => server?.remove())

    it('killed, fails as something that passes, and is used again when it is back', async () => {
      const broken: Error[] = []
      const sql = openPostgres({ url: server.url, onIdleError: (error) => broken.push(error) })
      await sql.execute('create table kept (a int); insert into kept values (1)')
      const waiting = sql.query('select pg_sleep(30)').catch((error: unknown) => error)
      const halfway = sql
        .transaction(async (inside) => {
          await inside.query('insert into kept values (2)')
          await inside.query('select pg_sleep(30)')
        })
        .catch((error: unknown) => error)
      await sql.query('select 1')
      await server.kill()
      expect(isTransient(await waiting)).toBe(true)
      expect(isTransient(await halfway)).toBe(true)
      expect(isTransient(await sql.query('select 1').catch((error: unknown) => error))).toBe(true)
      await server.start()
      expect(await sql.query('select a from kept')).toEqual([{ a: 1 }])
      await sql.close()
    })

    it('calls a wrong statement wrong, not a passing trouble', async () => {
      const sql = server.open()
      const error = await sql
        .query('select nothing_of_that_name')
        .catch((reason: unknown) => reason)
      expect(isTransient(error)).toBe(false)
      await sql.close()
    })
  },
)
