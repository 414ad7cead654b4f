/** Signing in and everything around it, through the real guard, on a real database. */
import { Hono } from 'hono'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openAccess, type Access } from '../../../src/http/access/access.ts'
import { authOptions } from '../../../src/http/access/auth.ts'
import type { Role } from '../../../src/http/access/actor.ts'
import type { AppEnv } from '../../../src/http/door.ts'
import type { ReadEvent } from '../../../src/http/access/record-read.ts'
import { answerProblem, HttpProblem } from '../../../src/http/problem.ts'
import { kyselyOf } from '../../../src/store/sql/kysely.ts'
import { newMasterKey, parseMasterKey } from '../../../src/store/sql/master-key.ts'
import { openPglite } from '../../../src/store/sql/pglite.ts'
import type { Sql } from '../../../src/store/sql/port.ts'
import { openSqlStore, type SqlStore } from '../../../src/store/sql/store.ts'
import { admit } from '../../../src/vocabulary/index.ts'
import { newAuthenticator } from './authenticator.ts'
import { startProvider, type Provider } from './oidc.ts'

const ORIGIN = 'http://assay.test'
const PASSWORD = 'a long enough one'

let sql: Sql
let store: SqlStore
let access: Access
let provider: Provider
let app: Hono<AppEnv>
let now = Date.now()
let ledgerWorks = true
const events: ReadEvent[] = []

beforeAll(async () => {
  sql = await openPglite({ folder: null })
  store = await openSqlStore(sql, [parseMasterKey(newMasterKey())])
  provider = await startProvider('assay-client')
})

afterAll(async () => {
  provider?.close()
  await sql?.close()
})

/** A fresh door with full buckets; the database and its people stay. */
beforeEach(async () => {
  events.length = 0
  ledgerWorks = true
  now = Date.now()
  access = await openAccess({
    origin: ORIGIN,
    store,
    source: '/assay',
    oidc: {
      discoveryUrl: provider.discoveryUrl,
      clientId: 'assay-client',
      clientSecret: 'assay-secret',
    },
    append: async (event) => {
      if (!ledgerWorks) throw new Error('the ledger is full')
      events.push(event)
    },
    known: () => undefined,
    addressOf: (c) => c.req.header('x-address') ?? '192.0.2.1',
    now: () => now,
  })
  app = new Hono<AppEnv>()
  app.use(...access.middleware)
  app.route('/', access.routes)
  app.get('/v1/broadcasts/:broadcast', (c) => c.json({ seen: c.req.param('broadcast') }))
  app.get('/v1/broadcasts/:broadcast/suspects', (c) => c.json({ suspects: ['viewer-1'] }))
  app.get('/embed.js', (c) => c.text('//'))
  app.onError((error, c) => {
    if (error instanceof HttpProblem) return answerProblem(c, error)
    return c.text('broken', 500)
  })
})

type Jar = Map<string, string>
const ask = async (
  method: string,
  path: string,
  { body, jar, headers = {} }: { body?: unknown; jar?: Jar; headers?: Record<string, string> } = {},
) => {
  const url = path.startsWith('http') ? path : `${ORIGIN}${path}`
  const cookie = [...(jar ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await app.request(url, {
    method,
    headers: {
      ...(method === 'GET' ? {} : { origin: ORIGIN }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === '' ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
    jar?.set(name!, value!)
  }
  return answer
}

const signIn = async (email: string, password = PASSWORD): Promise<Jar> => {
  const jar: Jar = new Map()
  const answer = await ask('POST', '/v1/auth/sign-in/email', { body: { email, password }, jar })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return jar
}

let people = 0
const make = async (role: Role, party: string | null = null) => {
  const email = `person-${(people += 1)}@example.org`
  const person = await access.auth.create({ email, name: '张三', password: PASSWORD, role, party })
  return { email, id: person!.id }
}
const guess = (address: string) =>
  ask('POST', '/v1/auth/sign-in/email', {
    body: { email: 'no@example.org', password: 'guess' },
    headers: { 'x-address': address },
  })
const optionsOf = async (path: string, jar: Jar) =>
  (await (await ask('GET', path, { jar })).json()) as { challenge: string }
const byPasskey = async (passkey: ReturnType<typeof newAuthenticator>, jar: Jar) => {
  const options = await optionsOf('/v1/auth/passkey/generate-authenticate-options', jar)
  const body = { response: passkey.sign(options) }
  return ask('POST', '/v1/auth/passkey/verify-authentication', { body, jar })
}
const byProvider = async (jar: Jar) => {
  const start = await ask('POST', '/v1/auth/sign-in/social', {
    body: { provider: 'oidc', callbackURL: `${ORIGIN}/`, errorCallbackURL: `${ORIGIN}/failed` },
    jar,
  })
  const { url } = (await start.json()) as { url: string }
  const back = await fetch(url, { redirect: 'manual' })
  return ask('GET', back.headers.get('location')!, { jar })
}
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('signing in', () => {
  it('with a password gives a session that knows who it is', async () => {
    const { email, id } = await make('merchant', 'brand-x')
    const jar = await signIn(email)
    expect(await (await ask('GET', '/v1/me', { jar })).json()).toEqual({
      id,
      role: 'merchant',
      party: 'brand-x',
    })
  })

  it('sets a cookie that scripts and other sites do not get', async () => {
    const { email } = await make('inspector')
    const answer = await ask('POST', '/v1/auth/sign-in/email', {
      body: { email, password: PASSWORD },
    })
    const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token'))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
  })

  it('fails alike for a wrong password and for nobody', async () => {
    const { email } = await make('inspector')
    const wrong = await ask('POST', '/v1/auth/sign-in/email', {
      body: { email, password: 'not this one at all' },
    })
    const nobody = await ask('POST', '/v1/auth/sign-in/email', {
      body: { email: 'no@example.org', password: PASSWORD },
    })
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await nobody.text())
  })

  it('is not open to whoever comes', async () => {
    const body = { email: 'new@example.org', password: PASSWORD, name: 'n', role: 'admin' }
    const answer = await ask('POST', '/v1/auth/sign-up/email', { body })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await access.auth.list()).some(({ email }) => email === 'new@example.org')).toBe(false)
  })

  it('does not let a person make themselves more than they are', async () => {
    const { email } = await make('merchant', 'brand-x')
    const jar = await signIn(email)
    await ask('POST', '/v1/auth/update-user', { body: { role: 'admin', party: 'brand-y' }, jar })
    expect(await (await ask('GET', '/v1/me', { jar })).json()).toMatchObject({
      role: 'merchant',
      party: 'brand-x',
    })
  })

  it('slows down whoever guesses, by address, and says how long', async () => {
    const answers = []
    for (let i = 0; i < 11; i += 1) answers.push((await guess('198.51.100.1')).status)
    expect(answers.slice(0, 10)).not.toContain(429)
    expect(answers[10]).toBe(429)
    expect((await guess('198.51.100.1')).headers.get('retry-after')).toBe('5')
    expect((await guess('198.51.100.2')).status).toBe(401)
  })

  it('ends with signing out', async () => {
    const { email } = await make('inspector')
    const jar = await signIn(email)
    const before = new Map(jar)
    expect((await ask('POST', '/v1/auth/sign-out', { jar, body: {} })).status).toBe(200)
    expect((await ask('GET', '/v1/me', { jar: before })).status).toBe(401)
  })

  it('ends at once for a person who is removed', async () => {
    const admin = await make('admin')
    const { email, id } = await make('inspector')
    const [jar, adminJar] = [await signIn(email), await signIn(admin.email)]
    expect((await ask('DELETE', `/v1/people/${id}`, { jar: adminJar })).status).toBe(204)
    expect((await ask('GET', '/v1/me', { jar })).status).toBe(401)
    expect((await ask('DELETE', `/v1/people/${id}`, { jar: adminJar })).status).toBe(404)
    expect((await ask('DELETE', `/v1/people/${admin.id}`, { jar: adminJar })).status).toBe(403)
  })
})

describe('signing in by passkey', () => {
  it('works for the person who registered it while signed in', async () => {
    const { email, id } = await make('adjudicator')
    const jar = await signIn(email)
    const passkey = newAuthenticator('assay.test', ORIGIN)
    const options = await optionsOf('/v1/auth/passkey/generate-register-options', jar)
    const body = { response: passkey.register(options) }
    expect((await ask('POST', '/v1/auth/passkey/verify-registration', { body, jar })).status).toBe(
      200,
    )

    const fresh: Jar = new Map()
    expect((await byPasskey(passkey, fresh)).status).toBe(200)
    expect(await (await ask('GET', '/v1/me', { jar: fresh })).json()).toMatchObject({ id })
  })

  it('fails for a passkey that nobody registered', async () => {
    const jar: Jar = new Map()
    const answer = await byPasskey(newAuthenticator('assay.test', ORIGIN), jar)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect((await ask('GET', '/v1/me', { jar })).status).toBe(401)
  })

  it('cannot be registered by somebody who has not signed in', async () => {
    const answer = await ask('GET', '/v1/auth/passkey/generate-register-options')
    expect(answer.status).toBe(401)
  })
})

describe('signing in by OIDC', () => {
  it('lets in whoever was invited under the verified address', async () => {
    const { email, id } = await make('inspector')
    provider.claims = { sub: 'sub-1', email, email_verified: true, name: 'n' }
    const jar: Jar = new Map()
    expect((await byProvider(jar)).status).toBe(302)
    expect(await (await ask('GET', '/v1/me', { jar })).json()).toMatchObject({
      id,
      role: 'inspector',
    })
  })

  it.each([
    ['somebody nobody invited', 'stranger@example.org', true],
    ['an address that the provider did not verify', null, false],
  ])('refuses %s', async (_, address, verified) => {
    const { email } = await make('admin')
    provider.claims = {
      sub: `sub-${address ?? email}`,
      email: address ?? email,
      email_verified: verified,
      name: 'n',
    }
    const jar: Jar = new Map()
    await byProvider(jar)
    expect((await ask('GET', '/v1/me', { jar })).status).toBe(401)
  })
})

describe('invitations', () => {
  it('make an account once, for the address and role that the admin named', async () => {
    const jar = await signIn((await make('admin')).email)
    const asked = { email: 'Invited@Example.org', role: 'merchant', party: 'brand-x' }
    const invited = await ask('POST', '/v1/invitations', { body: asked, jar })
    expect(invited.status).toBe(201)
    const { token } = (await invited.json()) as { token: string }
    const body = {
      token,
      name: '李四',
      password: PASSWORD,
      role: 'admin',
      email: 'other@example.org',
    }
    const accepted = await ask('POST', '/v1/invitations/accept', { body })
    expect(await accepted.json()).toMatchObject({ role: 'merchant', party: 'brand-x' })
    await signIn('invited@example.org')
    const again = await ask('POST', '/v1/invitations/accept', { body })
    expect([again.status, await codeOf(again)]).toEqual([410, 'invitation-spent'])
  })

  it('name a party for a merchant and a consumer, and for nobody else', async () => {
    const jar = await signIn((await make('admin')).email)
    for (const body of [
      { email: 'a@example.org', role: 'merchant' },
      { email: 'a@example.org', role: 'inspector', party: 'brand-x' },
      { email: 'not an address', role: 'inspector' },
    ])
      expect((await ask('POST', '/v1/invitations', { body, jar })).status).toBe(400)
  })
})

describe('ingest keys', () => {
  it('are made by an admin, shown once, rotated with overlap, and revoked at once', async () => {
    const jar = await signIn((await make('admin')).email)
    const body = { source: '/platforms/a', scopes: ['read'], label: 'a' }
    const made = (await (await ask('POST', '/v1/ingest-keys', { body, jar })).json()) as {
      key: string
      secret: string
    }
    expect(await (await ask('GET', '/v1/ingest-keys', { jar })).text()).not.toContain(made.secret)
    const use = (secret: string) =>
      ask('GET', '/v1/broadcasts/b-keys', { headers: { authorization: `Bearer ${secret}` } })
    await store.broadcasts.note([
      { broadcast: 'b-keys', room: 'r', sources: ['/platforms/a/rooms'] },
    ])
    expect((await use(made.secret)).status).toBe(200)
    const rotated = await ask('POST', `/v1/ingest-keys/${made.key}/rotate`, {
      body: { overlapSeconds: 60 },
      jar,
    })
    const next = (await rotated.json()) as { key: string; secret: string }
    expect([(await use(made.secret)).status, (await use(next.secret)).status]).toEqual([200, 200])
    now += 60_000
    expect([(await use(made.secret)).status, (await use(next.secret)).status]).toEqual([401, 200])
    expect((await ask('DELETE', `/v1/ingest-keys/${next.key}`, { jar })).status).toBe(204)
    expect((await use(next.secret)).status).toBe(401)
  })
})

describe('other people’s objects', () => {
  it('are to a merchant as if they were not there', async () => {
    await store.broadcasts.note([
      { broadcast: 'b-mine', room: 'r', merchants: ['brand-x'] },
      { broadcast: 'b-theirs', room: 'r', merchants: ['brand-y'] },
    ])
    const jar = await signIn((await make('merchant', 'brand-x')).email)
    expect((await ask('GET', '/v1/broadcasts/b-mine', { jar })).status).toBe(200)
    const theirs = await ask('GET', '/v1/broadcasts/b-theirs', { jar })
    const none = await ask('GET', '/v1/broadcasts/b-none', { jar })
    expect([theirs.status, none.status]).toEqual([404, 404])
    expect(await theirs.text()).toBe(await none.text())
  })
})

describe('a read of personal data', () => {
  it('is an event that the ledger takes, and is on the list', async () => {
    const { email, id } = await make('inspector')
    const jar = await signIn(email)
    expect((await ask('GET', '/v1/broadcasts/b-1/suspects', { jar })).status).toBe(200)
    expect(events).toMatchObject([
      { type: 'live.disclosure.read', data: { reader: id, role: 'inspector', object: 'b-1' } },
    ])
    expect(admit(events[0])).toMatchObject({ event: { type: 'live.disclosure.read' } })
    const list = await ask('GET', '/v1/reads', { jar: await signIn((await make('admin')).email) })
    expect(await list.json()).toMatchObject({
      reads: [{ reader: id, route: 'GET /v1/broadcasts/:broadcast/suspects', object: 'b-1' }],
    })
  })

  it('does not happen when it cannot be recorded', async () => {
    const jar = await signIn((await make('inspector')).email)
    ledgerWorks = false
    const answer = await ask('GET', '/v1/broadcasts/b-1/suspects', { jar })
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('viewer-1')
  })
})

describe('the door', () => {
  it('refuses what another site sends with the cookie', async () => {
    const jar = await signIn((await make('admin')).email)
    const body = { email: 'evil@example.org', role: 'admin' }
    const answer = await ask('POST', '/v1/invitations', {
      body,
      jar,
      headers: { origin: 'https://evil.example' },
    })
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'cross-site'])
  })

  it('refuses a body that is too large, also one that does not say how large it is', async () => {
    const jar = await signIn((await make('admin')).email)
    const body = { email: 'a@example.org', role: 'admin', filler: 'x'.repeat(70_000) }
    expect((await ask('POST', '/v1/invitations', { body, jar })).status).toBe(413)
  })

  it('says what pages may do, and lets everybody embed only what is made for it', async () => {
    const own = await ask('GET', '/v1/me')
    expect(own.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(own.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(own.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(own.headers.get('x-content-type-options')).toBe('nosniff')
    expect(own.headers.get('access-control-allow-origin')).toBeNull()
    const embedded = await ask('GET', '/embed.js', {
      headers: { origin: 'https://player.example' },
    })
    expect(embedded.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(embedded.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('the accounts at rest', () => {
  it('show neither address, name, party nor session', async () => {
    const { email } = await make('merchant', 'brand-secret')
    const jar = await signIn(email)
    const token = decodeURIComponent([...jar.values()][0]!).split('.')[0]!
    const rows = JSON.stringify([
      await sql.query('select * from people'),
      await sql.query('select * from sessions'),
      await sql.query('select * from credentials'),
    ])
    for (const hidden of [email, '张三', 'brand-secret', token, PASSWORD])
      expect(rows).not.toContain(hidden)
  })

  it('lie in the tables that the auth library asks for', async () => {
    const options = authOptions(sql, new Uint8Array(32), { origin: ORIGIN })
    const database = { db: kyselyOf(sql), type: 'postgres' as const }
    const { toBeCreated, toBeAdded } = await getMigrations({ ...options, database })
    expect([toBeCreated, toBeAdded]).toEqual([[], []])
  })
})
