/** The one suite for the `Sql` port and everything built on it, run on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kyselyOf } from '../../src/store/sql/kysely.ts'
import { newMasterKey, parseMasterKey } from '../../src/store/sql/master-key.ts'
import { migrate } from '../../src/store/sql/migrate.ts'
import type { Sql } from '../../src/store/sql/port.ts'
import { enforceRetention } from '../../src/store/sql/retention.ts'
import { openSqlStore, type SqlStore } from '../../src/store/sql/store.ts'
import { DATABASES } from './databases.ts'

const names = (list: readonly { readonly appeal: string }[]) => list.map((row) => row.appeal)

const master = parseMasterKey(newMasterKey())
const NOON = Date.UTC(2026, 2, 1, 12)

/** The id of the data key that a value was sealed under. */
const keyIdOf = (sealed: Uint8Array) => Buffer.from(sealed.subarray(1, 17)).toString('hex')

describe.each(DATABASES.filter(({ isHere }) => isHere))('on $name', ({ open }) => {
  let sql: Sql
  let store: SqlStore
  let remove: () => Promise<void>
  const now = NOON
  beforeAll(async () => {
    ;({ sql, remove } = await open())
    store = await openSqlStore(sql, [master], () => now)
  })
  afterAll(() => remove?.())

  describe('the port', () => {
    it('gives each type back as it promises', async () => {
      const [row] = await sql.query(
        `select $1::int8 as i8, $2::text as t, $3::bytea as b, $4::timestamptz as at,
                $5::jsonb as j, $6::text[] as a, 1.50::numeric as n, date '2026-03-01' as d,
                true as yes, null::text as nothing, 2.5::float8 as f`,
        [
          9_007_199_254_740_991,
          '直播间',
          new Uint8Array([0, 255]),
          new Date(NOON),
          '{"a":[1]}',
          ['x,y', 'z"'],
        ],
      )
      expect(row).toEqual({
        i8: 9_007_199_254_740_991,
        t: '直播间',
        b: Buffer.from([0, 255]),
        at: new Date(NOON),
        j: { a: [1] },
        a: ['x,y', 'z"'],
        n: '1.50',
        d: '2026-03-01',
        yes: true,
        nothing: null,
        f: 2.5,
      })
    })

    it('refuses a number that JavaScript cannot hold', async () => {
      await expect(sql.query('select 9007199254740993::int8')).rejects.toThrow(/beyond 2\^53/)
    })

    it('counts what a statement touched', async () => {
      await sql.execute('create table touched (a int)')
      await sql.query('insert into touched values (1), (2), (3)')
      expect((await sql.execute('update touched set a = 9 where a > $1', [1])).affected).toBe(2)
      await sql.execute('drop table touched')
    })

    it('keeps all of a transaction or nothing of it', async () => {
      await sql.execute('create table kept (a int)')
      const failing = sql.transaction(async (inside) => {
        await inside.query('insert into kept values (1)')
        throw new Error('changed my mind')
      })
      await expect(failing).rejects.toThrow('changed my mind')
      expect(await sql.query('select a from kept')).toEqual([])
      const answer = await sql.transaction(async (inside) => {
        await inside.query('insert into kept values (2)')
        return 'done'
      })
      expect(answer).toBe('done')
      expect(await sql.query('select a from kept')).toEqual([{ a: 2 }])
      await sql.execute('drop table kept')
    })

    it('lets nobody inherit a transaction that a script left failed', async () => {
      await expect(sql.execute('begin; select nothing_of_that_name; commit')).rejects.toMatchObject(
        {
          code: '42703',
        },
      )
      expect(await sql.query('select 1 as a')).toEqual([{ a: 1 }])
    })

    it('goes on after a statement that failed, and answers many askers each with its own', async () => {
      await expect(sql.query('select $1::int / 0', [1])).rejects.toMatchObject({ code: '22012' })
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) => sql.query('select $1::int as i', [i])),
      )
      expect(answers.map(([row]) => row)).toEqual(Array.from({ length: 50 }, (_, i) => ({ i })))
    })
  })

  describe('migrations', () => {
    it('are applied once', async () => {
      expect(await migrate(sql)).toEqual([])
    })

    it('are refused where one was edited after it was applied', async () => {
      const [first] = await sql.query<{ name: string; sha256: string }>(
        'select name, sha256 from migrations order by name limit 1',
      )
      await sql.query(`update migrations set sha256 = 'other' where name = $1`, [first!.name])
      await expect(migrate(sql)).rejects.toMatchObject({ code: 'migration-changed' })
      await sql.query('update migrations set sha256 = $2 where name = $1', [
        first!.name,
        first!.sha256,
      ])
    })

    it('are refused where the database is ahead', async () => {
      await sql.query(`insert into migrations values ('9999_later.sql', 'x')`)
      await expect(migrate(sql)).rejects.toMatchObject({ code: 'database-newer' })
      await sql.query(`delete from migrations where name = '9999_later.sql'`)
    })
  })

  describe('kysely on the port', () => {
    it('commits and rolls back', async () => {
      const db = kyselyOf<{
        people: {
          id: string
          name: string
          email: string
          emailVerified: boolean
          updatedAt: Date
          role: string
        }
      }>(sql)
      const row = { name: 'n', emailVerified: true, updatedAt: new Date(NOON), role: 'admin' }
      const failing = db.transaction().execute(async (trx) => {
        await trx
          .insertInto('people')
          .values({ ...row, id: 'p1', email: 'a' })
          .execute()
        throw new Error('no')
      })
      await expect(failing).rejects.toThrow('no')
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('people')
          .values({ ...row, id: 'p2', email: 'b' })
          .execute()
      })
      expect(await db.selectFrom('people').select('id').execute()).toEqual([{ id: 'p2' }])
      const deleted = await db.deleteFrom('people').executeTakeFirst()
      expect(deleted.numDeletedRows).toBe(1n)
    })
  })

  describe('data keys', () => {
    it('open what they sealed, in its place only', async () => {
      const sealed = await store.keys.seal({ subject: 'viewer-1' }, 'notes/1', '13800138000')
      expect(Buffer.from(sealed).includes('13800138000')).toBe(false)
      expect(await store.keys.open('notes/1', sealed)).toBe('13800138000')
      await expect(store.keys.open('notes/2', sealed)).rejects.toThrow()
    })

    it('erase for one subject and no other, and a new key follows', async () => {
      const mine = await store.keys.seal({ subject: 'viewer-2' }, 'x', 'mine')
      const other = await store.keys.seal({ subject: 'viewer-3' }, 'x', 'other')
      expect(await store.keys.erase({ subject: 'viewer-2' })).toBe(true)
      expect(await store.keys.erase({ subject: 'viewer-2' })).toBe(false)
      expect(await store.keys.open('x', mine)).toBeNull()
      expect(await store.keys.open('x', other)).toBe('other')
      const later = await store.keys.seal({ subject: 'viewer-2' }, 'x', 'later')
      expect(await store.keys.open('x', later)).toBe('later')
      expect(await store.keys.open('x', mine)).toBeNull()
    })

    it('never stand in the database by the name of their subject', async () => {
      const rows = await sql.query<{ name: string }>('select name from data_keys')
      expect(rows.length).toBeGreaterThan(3)
      expect(rows.filter(({ name }) => name.includes('viewer'))).toEqual([])
    })

    it('move under a new master key without touching what they sealed', async () => {
      const sealed = await store.keys.seal({ broadcast: 'b-rotated' }, 'x', 'kept')
      const next = parseMasterKey(newMasterKey())
      expect(await store.keys.rewrap(next)).toBeGreaterThan(1)
      const reopened = await openSqlStore(sql, [next], () => now)
      expect(await reopened.keys.open('x', sealed)).toBe('kept')
      await expect(openSqlStore(sql, [master])).rejects.toMatchObject({ code: 'bad-master-key' })
      // Opened once with both, the older one can be forgotten.
      await openSqlStore(sql, [master, next])
      store = await openSqlStore(sql, [master], () => now)
      expect(await store.keys.open('x', sealed)).toBe('kept')
    })

    it('agree on one key when two make it at once', async () => {
      const [a, b] = await Promise.all(
        ['1', '2'].map((text) => store.keys.seal({ broadcast: 'b-race' }, 'x', text)),
      )
      expect(keyIdOf(a!)).toBe(keyIdOf(b!))
    })
  })

  describe('broadcasts and figures', () => {
    it('gather merchants and sources as they become known', async () => {
      await store.broadcasts.note([
        { broadcast: 'b1', room: 'r1', sources: ['/platforms/a/rooms'], startedAt: NOON },
        { broadcast: 'b1', room: 'r1', merchants: ['brand-x'] },
      ])
      await store.broadcasts.note([
        { broadcast: 'b1', room: 'r1', merchants: ['brand-y', 'brand-x'] },
      ])
      expect(await store.broadcasts.get('b1')).toEqual({
        broadcast: 'b1',
        room: 'r1',
        merchants: ['brand-x', 'brand-y'],
        sources: ['/platforms/a/rooms'],
        startedAt: NOON,
        endedAt: null,
      })
    })

    it('list to a merchant and to a producer their own only', async () => {
      await store.broadcasts.note([
        {
          broadcast: 'b2',
          room: 'r1',
          merchants: ['brand-z'],
          sources: ['/platforms/ab'],
          startedAt: NOON - 1,
          endedAt: NOON,
        },
      ])
      const ids = async (whose: object) =>
        (await store.broadcasts.list(whose, 10)).map((b) => b.broadcast)
      expect(await ids({})).toEqual(['b1', 'b2'])
      expect(await ids({ merchant: 'brand-y' })).toEqual(['b1'])
      expect(await ids({ source: '/platforms/a' })).toEqual(['b1'])
      expect(await ids({ source: '/platforms/ab' })).toEqual(['b2'])
      expect(await ids({ merchant: 'nobody' })).toEqual([])
    })

    it('know which broadcast a room has on air', async () => {
      expect((await store.broadcasts.inRoom('r1'))?.broadcast).toBe('b1')
      expect(await store.broadcasts.inRoom('r-none')).toBeUndefined()
    })

    it('never let an older figure overwrite a newer one', async () => {
      const line = { broadcast: 'b1', at: NOON, final: false }
      await store.figures.save([{ ...line, position: 10, document: { viewers: 4000 } }])
      await store.figures.save([{ ...line, position: 9, document: { viewers: 1 } }])
      expect((await store.figures.get('b1'))?.document).toEqual({ viewers: 4000 })
      await store.figures.save([{ ...line, position: 11, document: { viewers: 4100 } }])
      expect((await store.figures.get('b1'))?.document).toEqual({ viewers: 4100 })
    })
  })

  describe('findings, measures, notes', () => {
    const finding = {
      finding: 'paid-crowd:b1:viewer-77',
      broadcast: 'b1',
      kind: 'paid-crowd',
      verdict: 'supported',
      position: 5,
      raisedAt: NOON,
      withdrawnAt: null,
      document: { subject: 'viewer-77' },
    }

    it('come back as they were, and stand nowhere in clear', async () => {
      await store.findings.save([finding])
      expect(await store.findings.get(finding.finding)).toMatchObject(finding)
      const [row] = await sql.query('select * from findings')
      const shown = JSON.stringify(row, (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      expect(shown).not.toContain('viewer-77')
    })

    it('keep the newer of two accounts of one finding', async () => {
      await store.findings.save([{ ...finding, position: 6, withdrawnAt: NOON + 1 }])
      await store.findings.save([{ ...finding, position: 4 }])
      expect((await store.findings.get(finding.finding))?.withdrawnAt).toBe(NOON + 1)
    })

    it('are listed newest first, page by page, and to a merchant its own only', async () => {
      const more = [1, 2, 3].map((i) => ({ ...finding, finding: `f${i}`, broadcast: 'b2' }))
      for (const row of more) await store.findings.save([row])
      const first = await store.findings.list({ limit: 2 })
      expect(first.map((row) => row.finding)).toEqual(['f3', 'f2'])
      const second = await store.findings.list({ limit: 2, before: first[1]!.number })
      expect(second.map((row) => row.finding)).toEqual(['f1', finding.finding])
      const own = await store.findings.list({ limit: 9, merchant: 'brand-x' })
      expect(own.map((row) => row.finding)).toEqual([finding.finding])
    })

    it('measures are lifted, notes are closed once', async () => {
      const measure = {
        measure: 'm1',
        broadcast: 'b1',
        step: 'L2',
        action: 'warning',
        position: 1,
        imposedAt: NOON,
        until: null,
        liftedAt: null,
        document: { facts: 'f' },
      }
      await store.measures.save([measure])
      await store.measures.save([{ ...measure, position: 2, liftedAt: NOON + 60_000 }])
      expect(await store.measures.get('m1')).toMatchObject({
        liftedAt: NOON + 60_000,
        document: { facts: 'f' },
      })
      const note = { note: 'n1', broadcast: 'b1', kind: 'push', writtenAt: NOON, document: {} }
      await store.notes.write([note])
      expect(await store.notes.close('n1', 'p1', NOON + 1)).toBe(true)
      expect(await store.notes.close('n1', 'p2', NOON + 2)).toBe(false)
      await store.notes.write([note])
      expect(await store.notes.listOpen({ limit: 5 })).toEqual([])
      expect(await store.notes.get('n1')).toMatchObject({ closedBy: 'p1' })
    })
  })

  describe('appeals', () => {
    const appeal = {
      appeal: 'a1',
      restriction: 'm1',
      broadcast: 'b1',
      party: 'brand-x',
      position: 3,
      lodgedAt: NOON,
      decidedAt: null,
      outcome: null,
      document: { grounds: 'we were on the front page' },
    }
    const decided = { position: 9, decidedAt: NOON + 1, outcome: 'upheld' }

    it('come back as they were, and their grounds stand nowhere in clear', async () => {
      await store.appeals.save([appeal])
      expect(await store.appeals.get('a1')).toMatchObject(appeal)
      const [row] = await sql.query('select * from appeals')
      const shown = JSON.stringify(row, (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      )
      expect(shown).not.toContain('front page')
    })

    it('stay decided, whatever older account comes after', async () => {
      await store.appeals.save([{ ...appeal, ...decided }])
      await store.appeals.save([appeal])
      expect(await store.appeals.get('a1')).toMatchObject(decided)
    })

    it('are listed open ones first, oldest first, then the decided, newest first', async () => {
      const rows = ['a2', 'a3', 'a4'].map((name) => ({ ...appeal, appeal: name }))
      for (const row of rows) await store.appeals.save([row])
      await store.appeals.save([{ ...rows[0]!, ...decided, party: 'brand-y' }])
      const all = await store.appeals.list(null, 9)
      expect(names(all)).toEqual(['a3', 'a4', 'a2', 'a1'])
      expect(names(await store.appeals.list(null, 9, all[2]!.number))).toEqual(['a1'])
      expect(names(await store.appeals.list('brand-x', 9))).toEqual(['a3', 'a4', 'a1'])
      expect(names(await store.appeals.against(['m1', 'm2']))).toEqual(['a4'])
    })
  })

  describe('matters and requests for evidence', () => {
    it('say whose an order is without saying who it is', async () => {
      await store.matters.save([
        { kind: 'order', matter: 'o1', broadcast: 'b1', merchant: 'brand-x', consumer: 'buyer-1' },
      ])
      expect(await store.matters.owners('order', 'o1', 'buyer-1')).toEqual({
        broadcast: 'b1',
        merchant: 'brand-x',
        isConsumer: true,
      })
      expect((await store.matters.owners('order', 'o1', 'buyer-2'))?.isConsumer).toBe(false)
      expect(await store.matters.owners('order', 'o2', 'buyer-1')).toBeNull()
    })

    it('are seen by the consumer who asked, answered once, and gone with the key', async () => {
      const asked = {
        request: 'q1',
        consumer: 'buyer-1',
        kind: 'order' as const,
        matter: 'o1',
        askedAt: NOON,
        document: { why: 'price' },
      }
      await store.evidenceRequests.ask(asked)
      expect(await store.evidenceRequests.list('buyer-2', 5)).toEqual([])
      expect(await store.evidenceRequests.answer('q1', { bundle: 'x' }, NOON + 1)).toBe(true)
      expect(await store.evidenceRequests.answer('q1', { bundle: 'y' }, NOON + 2)).toBe(false)
      expect(await store.evidenceRequests.list('buyer-1', 5)).toMatchObject([
        { ...asked, answer: { bundle: 'x' } },
      ])
      await store.keys.erase({ subject: 'buyer-1' })
      expect(await store.evidenceRequests.list(null, 5)).toEqual([])
    })
  })

  describe('ingest keys', () => {
    const asked = {
      source: '/platforms/a',
      scopes: ['ingest'],
      label: 'a',
      createdBy: 'p1',
      expiresAt: null,
    }

    it('are known by their secret, of which only a digest is kept', async () => {
      const { key, secret } = await store.ingestKeys.issue(asked, now)
      expect(await store.ingestKeys.find(secret, now)).toMatchObject({
        key,
        source: '/platforms/a',
      })
      const changed = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A')
      expect(await store.ingestKeys.find(changed, now)).toBeUndefined()
      const [row] = await sql.query<{ hash: Uint8Array }>(
        'select hash from ingest_keys where key = $1',
        [key],
      )
      expect(Buffer.from(row!.hash).toString('latin1')).not.toContain(secret)
    })

    it('overlap while they are rotated, and only once', async () => {
      const old = await store.ingestKeys.issue(asked, now)
      const next = await store.ingestKeys.rotate(old.key, 'p1', now, 60_000)
      expect(await store.ingestKeys.find(old.secret, now + 59_999)).toBeDefined()
      expect(await store.ingestKeys.find(old.secret, now + 60_000)).toBeUndefined()
      expect(await store.ingestKeys.find(next!.secret, now + 60_000)).toBeDefined()
      expect(await store.ingestKeys.rotate(old.key, 'p1', now, 60_000)).toBeUndefined()
    })

    it('end at once when revoked', async () => {
      const { key, secret } = await store.ingestKeys.issue(asked, now)
      expect(await store.ingestKeys.revoke(key, now)).toBe(true)
      expect(await store.ingestKeys.find(secret, now)).toBeUndefined()
      expect(await store.ingestKeys.revoke(key, now)).toBe(false)
    })
  })

  describe('invitations', () => {
    it('are used once, in time', async () => {
      const invitation = { email: 'a@example.org', role: 'merchant', party: 'brand-x' }
      const token = await store.invitations.issue(invitation, 'p1', now + 1000)
      expect(await store.invitations.use(token, now + 1000)).toBeUndefined()
      const both = await Promise.all([
        store.invitations.use(token, now),
        store.invitations.use(token, now),
      ])
      expect(both.filter((one) => one !== undefined)).toEqual([invitation])
    })
  })

  describe('webhooks', () => {
    it('are tried again until delivered or dead, and a dead letter can be revived', async () => {
      const hook = {
        webhook: 'w1',
        owner: 'p1',
        merchant: null,
        topics: ['finding'],
        createdAt: NOON,
        url: 'https://example.org/hook',
        secrets: ['whsec_a'],
      }
      await store.webhooks.add(hook)
      expect(await store.webhooks.list('p2')).toEqual([])
      expect(await store.webhooks.list('p1')).toEqual([hook])
      const body = '{"finding":"f1"}'
      await store.deliveries.add({
        delivery: 'd1',
        webhook: 'w1',
        topic: 'finding',
        createdAt: NOON,
        body,
      })
      expect(await store.deliveries.due(NOON, 5)).toEqual(['d1'])
      await store.deliveries.tried('d1', {
        outcome: 'again',
        status: 500,
        error: null,
        nextAt: NOON + 5000,
      })
      expect(await store.deliveries.due(NOON, 5)).toEqual([])
      expect(await store.deliveries.due(NOON + 5000, 5)).toEqual(['d1'])
      await store.deliveries.tried('d1', { outcome: 'dead', status: null, error: 'timeout' })
      expect(await store.deliveries.list('w1', 'dead', 5)).toMatchObject([
        { delivery: 'd1', attempts: 2, lastError: 'timeout', body },
      ])
      expect(await store.deliveries.revive('w2', 'd1', NOON)).toBe(false)
      expect(await store.deliveries.revive('w1', 'd1', NOON)).toBe(true)
      expect(await store.deliveries.due(NOON, 5)).toEqual(['d1'])
      expect(await store.webhooks.remove('w1')).toBe(true)
      expect(await store.deliveries.get('d1')).toBeUndefined()
    })
  })

  describe('retention', () => {
    it('erases what is due, spares what is held or not yet due, and goes on when released', async () => {
      await store.broadcasts.note([
        { broadcast: 'due', room: 'r' },
        { broadcast: 'held', room: 'r' },
        { broadcast: 'later', room: 'r' },
        { broadcast: 'open', room: 'r' },
      ])
      await store.retention.plan([
        { broadcast: 'due', until: NOON },
        { broadcast: 'held', until: NOON },
        { broadcast: 'later', until: NOON + 1 },
        { broadcast: 'open', until: null },
      ])
      for (const note of ['due', 'held', 'later', 'open'])
        await store.notes.write([
          { note, broadcast: note, kind: 'k', writtenAt: NOON, document: {} },
        ])
      await store.retention.hold(
        [
          { hold: 'h1', broadcast: 'held', placedAt: NOON },
          { hold: 'h1', broadcast: 'later', placedAt: NOON },
        ],
        NOON,
      )
      expect(await enforceRetention(sql, store.keys, NOON)).toEqual(['due'])
      expect(await store.broadcasts.get('due')).toBeUndefined()
      expect(await store.notes.get('due')).toBeUndefined()
      expect(await store.notes.get('held')).toBeDefined()
      expect(await store.notes.get('later')).toBeDefined()
      expect(await store.notes.get('open')).toBeDefined()
      await store.retention.hold([], NOON)
      expect(await enforceRetention(sql, store.keys, NOON)).toEqual(['held'])
      expect(await enforceRetention(sql, store.keys, NOON)).toEqual([])
    })
  })

  it('reads are listed to the one whose data was read', async () => {
    const read = {
      read: 'rd1',
      at: NOON,
      reader: 'p1',
      role: 'inspector',
      route: 'GET /x',
      object: 'b1',
      subject: 'viewer-9',
    }
    await store.reads.record(read)
    await store.reads.record(read)
    const { subject, ...shown } = read
    expect(await store.reads.list(subject, 5)).toMatchObject([shown])
    expect(await store.reads.list('viewer-10', 5)).toEqual([])
    expect(await store.reads.list(null, 5)).toHaveLength(1)
  })
})
