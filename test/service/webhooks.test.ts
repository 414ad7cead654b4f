/**
 * Webhooks against receivers that answer, fail, hang, redirect and vanish. Signatures are checked
 * with the specification's own library, as a receiver would.
 */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LiveMessage } from '../../src/http/contract.ts'
import { Hub } from '../../src/http/hub.ts'
import { isPublic, publicLookup } from '../../src/service/webhooks/addresses.ts'
import { post, refusalOf } from '../../src/service/webhooks/post.ts'
import { WAITS_MS, waitAfter } from '../../src/service/webhooks/schedule.ts'
import { WEBHOOK_LIMITS, Webhooks } from '../../src/service/webhooks/webhooks.ts'
import { newMasterKey, parseMasterKey } from '../../src/store/sql/master-key.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import type { Sql } from '../../src/store/sql/port.ts'
import { openSqlStore, type SqlStore } from '../../src/store/sql/store.ts'

const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
const OLD_SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A receiver that answers as `answer` says, and remembers what it heard. */
const receiver = async (answer: (response: ServerResponse, heard: Heard[]) => void) => {
  const heard: Heard[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString() })
      answer(response, heard)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    heard,
    url: `http://127.0.0.1:${port}/hook`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const ok = (response: ServerResponse) => void response.writeHead(204).end()

const noteOf = (name: string): LiveMessage => ({
  topic: 'note',
  broadcast: 'broadcast-1',
  data: { note: name, broadcast: 'broadcast-1' },
})

const figuresOf = (endedAt: string | null, judgedAt: string): LiveMessage => ({
  topic: 'figures',
  broadcast: 'broadcast-1',
  data: { broadcast: 'broadcast-1', endedAt, judgedAt },
})

let sql: Sql
let store: SqlStore
beforeAll(async () => {
  sql = await openPglite({ folder: null })
  store = await openSqlStore(sql, [parseMasterKey(newMasterKey())])
})
afterAll(() => sql.close())
beforeEach(() => sql.query('delete from webhooks'))

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const addHook = (webhook: string, url: string, secrets = [SECRET]) =>
  store.webhooks.add({
    webhook,
    owner: 'person-1',
    merchant: null,
    topics: ['note', 'figures', 'measure'],
    createdAt: 0,
    url,
    secrets,
  })

const opened = async (limits: Partial<typeof WEBHOOK_LIMITS> = {}) => {
  const hub = new Hub()
  const clock = { nowMs: Date.now() }
  const alarms: { delivery: string; at: number }[] = []
  const failures: unknown[] = []
  const webhooks = await Webhooks.open(
    {
      store,
      hub,
      shape: (_, message) => message.data,
      post,
      isPrivateAllowed: true,
      wake: async (delivery, at) => void alarms.push({ delivery, at }),
      now: () => clock.nowMs,
      random: () => 0,
      failed: (error) => void failures.push(error),
    },
    { ...WEBHOOK_LIMITS, ...limits },
  )
  closers.push(() => webhooks.close())
  return { hub, clock, alarms, failures, webhooks }
}

const until = (holds: () => boolean | Promise<boolean>) => expect.poll(holds).toBe(true)

const stateOf = async (webhook: string) =>
  (await store.deliveries.list(webhook, null, 100)).map(({ state }) => state)

describe('a webhook', () => {
  it('is signed by every secret in use, so that receivers can change over', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    await addHook('hook-1', url, [SECRET, OLD_SECRET])
    const { hub, webhooks } = await opened()
    hub.publish(noteOf('note-1'))
    await webhooks.settled()
    const [{ headers, body }] = heard as [Heard]
    for (const secret of [SECRET, OLD_SECRET])
      expect(new Verifier(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'note.written',
        data: { note: 'note-1' },
      })
    const other = `whsec_${Buffer.alloc(32, 3).toString('base64')}`
    expect(() => new Verifier(other).verify(body, headers as Record<string, string>)).toThrow()
    expect(await stateOf('hook-1')).toEqual(['delivered'])
  })

  it('is tried again by the schedule, then is a dead letter, and can be revived', async () => {
    let status = 500
    const { url, heard, close } = await receiver((response) => response.writeHead(status).end())
    closers.push(close)
    await addHook('hook-1', url)
    const { hub, clock, alarms, webhooks } = await opened()
    hub.publish(noteOf('note-1'))
    await webhooks.settled()
    for (const waitMs of WAITS_MS) {
      const alarm = alarms.shift()!
      expect(alarm.at - clock.nowMs).toBe(waitMs)
      // Too early nothing is sent.
      await webhooks.send(alarm.delivery)
      await webhooks.settled()
      clock.nowMs = alarm.at
      await webhooks.send(alarm.delivery)
      await webhooks.settled()
    }
    expect(alarms).toEqual([])
    expect(heard).toHaveLength(1 + WAITS_MS.length)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [letter] = await store.deliveries.list('hook-1', 'dead', 10)
    expect(letter).toMatchObject({ attempts: 10, lastStatus: 500 })
    status = 200
    expect(await store.deliveries.revive('hook-1', letter!.delivery, clock.nowMs)).toBe(true)
    await webhooks.send(letter!.delivery)
    await webhooks.settled()
    expect(await stateOf('hook-1')).toEqual(['delivered'])
  })

  it('is given up at once where nobody is there any more (410)', async () => {
    const { url, close } = await receiver((response) => response.writeHead(410).end())
    closers.push(close)
    await addHook('hook-1', url)
    const { hub, alarms, webhooks } = await opened()
    hub.publish(noteOf('note-1'))
    await webhooks.settled()
    expect([await stateOf('hook-1'), alarms]).toEqual([['dead'], []])
  })

  it('follows no redirect', async () => {
    const target = await receiver(ok)
    const { url, heard, close } = await receiver((response) =>
      response.writeHead(307, { location: target.url }).end(),
    )
    closers.push(close, target.close)
    await addHook('hook-1', url)
    const { hub, webhooks } = await opened()
    hub.publish(noteOf('note-1'))
    await webhooks.settled()
    expect([heard.length, target.heard.length]).toEqual([1, 0])
    expect(await stateOf('hook-1')).toEqual(['waiting'])
  })

  it('that hangs holds up nobody else, and ends within its time', async () => {
    const hanging = await receiver(() => {})
    const quick = await receiver(ok)
    closers.push(hanging.close, quick.close)
    await addHook('hanging', hanging.url)
    await addHook('quick', quick.url)
    const { hub, alarms } = await opened({ timeoutMs: 500, atOnce: 2 })
    for (let n = 0; n < 20; n += 1) hub.publish(noteOf(`note-${n}`))
    await until(() => quick.heard.length === 20)
    // Two at a time, each for half a second: it cannot have been tried often meanwhile.
    expect(hanging.heard.length).toBeLessThanOrEqual(4)
    await until(() => alarms.length >= 2)
    const [first] = await store.deliveries.list('hanging', 'waiting', 1, 1_000_000)
    expect(first).toBeDefined()
    const tried = (await store.deliveries.list('hanging', null, 100)).filter(
      ({ attempts }) => attempts > 0,
    )
    expect(tried.map(({ lastError }) => lastError)).toContain('timeout')
  })

  it('that cannot keep up fills its dead letters, not our memory', async () => {
    const hanging = await receiver(() => {})
    closers.push(hanging.close)
    await addHook('hook-1', hanging.url)
    const { hub } = await opened({ atOnce: 1, mostWaiting: 3 })
    for (let n = 0; n < 10; n += 1) hub.publish(noteOf(`note-${n}`))
    await until(async () => (await stateOf('hook-1')).length === 10)
    const dead = await store.deliveries.list('hook-1', 'dead', 100)
    // One under way and three waiting; the rest is kept for whoever revives it.
    await until(async () => (await store.deliveries.list('hook-1', 'dead', 100)).length === 6)
    for (const { lastError } of dead) expect(lastError).toBe('too-many-waiting')
  })

  it('is sent once, however often the same is said', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    await addHook('hook-1', url)
    const first = await opened()
    first.hub.publish(noteOf('note-1'))
    await first.webhooks.settled()
    const again = await opened()
    again.hub.publish(noteOf('note-1'))
    again.hub.publish(noteOf('note-2'))
    await again.webhooks.settled()
    expect(heard.map(({ body }) => JSON.parse(body).data.note)).toEqual(['note-1', 'note-2'])
  })

  it('left waiting by a crash is taken up at the next start', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    await addHook('hook-1', url)
    await store.deliveries.add({
      delivery: 'msg_left',
      webhook: 'hook-1',
      topic: 'note',
      createdAt: Date.now() - 60_000,
      body: '{}',
    })
    const { webhooks } = await opened()
    await webhooks.settled()
    expect(heard[0]!.headers['webhook-id']).toBe('msg_left')
  })

  it('that was just removed is forgotten, and the others go on', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    await addHook('gone', 'http://127.0.0.1:1/')
    await addHook('hook-1', url)
    const { hub, webhooks } = await opened()
    await store.webhooks.remove('gone')
    hub.publish(noteOf('note-1'))
    hub.publish(noteOf('note-2'))
    await until(() => heard.length === 2)
    await webhooks.settled()
  })

  it('hears the last figures of a broadcast only, and once', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    await addHook('hook-1', url)
    const { hub, webhooks } = await opened()
    hub.publish(figuresOf(null, '2026-03-01T12:00:00.000Z'))
    hub.publish(figuresOf('2026-03-01T13:00:00.000Z', '2026-03-01T13:00:01.000Z'))
    hub.publish(figuresOf('2026-03-01T13:00:00.000Z', '2026-03-01T13:00:02.000Z'))
    await webhooks.settled()
    expect(heard.map(({ body }) => JSON.parse(body).type)).toEqual(['figures.final'])
  })
})

/** What a name with these addresses gives. */
const lookedUp = (addresses: string[]) =>
  new Promise((resolve) => {
    const lookup = publicLookup((_, __, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    )
    lookup('example.test', { all: true }, (error, found) => resolve(error?.message ?? found))
  })

describe('where a webhook may go', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
  ])('%s is not on the public internet', (address) => {
    expect(isPublic(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is', (address) => {
    expect(isPublic(address)).toBe(true)
  })

  it.each([
    ['http://example.test/', 'not-https'],
    ['ftp://example.test/', 'not-https'],
    ['https://user:word@example.test/', 'credentials'],
    ['https://2130706433/', 'private-address'],
    ['https://0x7f.1/', 'private-address'],
    ['https://[::1]/', 'private-address'],
    ['https://[::ffff:10.0.0.1]/', 'private-address'],
    ['https://example.test/', null],
  ])('%s: %s', (url, refusal) => {
    expect(refusalOf(new URL(url), false)).toBe(refusal)
  })

  it('refuses a name of which one address is private', async () => {
    expect(await lookedUp(['8.8.8.8', '127.0.0.1'])).toContain('not on the public internet')
    expect(await lookedUp(['8.8.8.8'])).toEqual([{ address: '8.8.8.8', family: 4 }])
    expect(await lookedUp([])).toContain('has no address')
  })

  it('does not reach a local name unless it is allowed', async () => {
    const { url, heard, close } = await receiver(ok)
    closers.push(close)
    const { port } = new URL(url)
    const options = {
      timeoutMs: 2_000,
      isPrivateAllowed: false,
      signal: new AbortController().signal,
    }
    const answer = await post(`https://localhost:${port}/`, {}, '', options)
    expect([answer.error, heard]).toEqual(['private-address', []])
  })
})

describe('the schedule', () => {
  it('never comes sooner than it says, nor a fifth later, and ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: WAITS_MS.length }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, random) => {
          const wait = waitAfter(attempts, random)!
          const said = WAITS_MS[attempts - 1]!
          expect(wait).toBeGreaterThanOrEqual(said)
          expect(wait).toBeLessThanOrEqual(said * 1.2)
        },
      ),
    )
    expect(waitAfter(WAITS_MS.length + 1, 0)).toBeNull()
  })

  it('waits as long as a receiver asks, up to a day and a fifth', () => {
    expect(waitAfter(1, 0, 60_000)).toBe(60_000)
    expect(waitAfter(1, 0, 999_999_000)).toBe(28.8 * 3_600_000)
  })
})
