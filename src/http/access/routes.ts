/**
 * Signing in and out, people and invitations, ingest keys, and the list of who read what. Who may
 * call which is in rules.ts; here the answers are made.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { say } from '../../language/say.ts'
import type { IngestKeyRow } from '../../store/sql/ingest-keys.ts'
import type { SqlStore } from '../../store/sql/store.ts'
import { bodyOf } from '../json-body.ts'
import { badRequest, HttpProblem, notFound, problemOf } from '../problem.ts'
import { KEY_SCOPES, MIN_PASSWORD, ROLES, type Person } from './actor.ts'
import { AUTH_PATH, type Auth } from './auth.ts'
import type { AppEnv } from '../door.ts'

const INVITED_MS = 7 * 24 * 3600_000
const OVERLAP_SECONDS = 24 * 3600
const PAGE = 100

const party = z.string().min(1).max(128)

export const newInvitation = z
  .object({
    email: z.email(),
    role: z.enum(ROLES),
    party: party.optional().meta({ description: 'the merchant or consumer they act for' }),
  })
  .refine(
    (asked) =>
      (asked.role === 'merchant' || asked.role === 'consumer') === (asked.party !== undefined),
    {
      path: ['party'],
      error: 'a merchant and a consumer act for a party, and nobody else does',
    },
  )

export const acceptance = z.object({
  token: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(100),
  password: z.string().min(MIN_PASSWORD).max(128),
})

export const newIngestKey = z.object({
  source: z.string().min(1).max(2048),
  scopes: z.array(z.enum(KEY_SCOPES)).min(1),
  label: z.string().max(200),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
})

export const rotation = z.object({
  overlapSeconds: z
    .int()
    .min(0)
    .max(30 * 24 * 3600)
    .default(OVERLAP_SECONDS),
})

export type AccessRoutesDeps = {
  readonly store: SqlStore
  readonly auth: Auth
  /** Keys that were identified a moment ago are asked for again. */
  readonly forgetKeys: () => void
  readonly now: () => number
}

export const accessRoutes = ({ store, auth, forgetKeys, now }: AccessRoutesDeps): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const { ingestKeys, invitations, reads, webhooks } = store

  app.on(['GET', 'POST'], `${AUTH_PATH}/*`, async (c) => asProblem(await auth.handle(c.req.raw)))

  app.get('/v1/me', (c) => {
    const { id, role, party } = personOf(c)
    return c.json({ id, role, party })
  })

  app.get('/v1/people', async (c) => {
    const people = await auth.list()
    return c.json({ people: people.map(({ kind: _kind, ...person }) => person) })
  })

  app.delete('/v1/people/:person', async (c) => {
    const person = c.req.param('person')
    // An admin who removed themselves could leave nobody to invite another.
    if (person === personOf(c).id) throw new HttpProblem('not-allowed', say('access.not-yourself'))
    if (!(await auth.remove(person))) throw notFound()
    // Whoever may not ask any more is not told either.
    for (const { webhook } of await webhooks.list(person)) await webhooks.remove(webhook)
    return c.body(null, 204)
  })

  app.post('/v1/invitations', async (c) => {
    const { email, role, party } = await bodyOf(c, newInvitation)
    const expiresAt = now() + INVITED_MS
    const asked = { email, role, party: party ?? null }
    const token = await invitations.issue(asked, personOf(c).id, expiresAt)
    return c.json({ token, expiresAt: new Date(expiresAt).toISOString() }, 201)
  })

  app.post('/v1/invitations/accept', async (c) => {
    const { token, name, password } = await bodyOf(c, acceptance)
    const invitation = await invitations.use(token, now())
    if (invitation === undefined)
      throw new HttpProblem('invitation-spent', say('access.invitation-spent'))
    const role = z.enum(ROLES).parse(invitation.role)
    const person = await auth.create({ ...invitation, role, name, password })
    if (person === null) throw new HttpProblem('email-taken', say('access.email-taken'))
    return c.json({ id: person.id, role: person.role, party: person.party }, 201)
  })

  app.get('/v1/ingest-keys', async (c) => c.json({ keys: (await ingestKeys.list()).map(keyView) }))

  app.post('/v1/ingest-keys', async (c) => {
    const { expiresAt, ...asked } = await bodyOf(c, newIngestKey)
    const issued = await ingestKeys.issue(
      {
        ...asked,
        createdBy: personOf(c).id,
        expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
      },
      now(),
    )
    return c.json(issued, 201)
  })

  app.post('/v1/ingest-keys/:key/rotate', async (c) => {
    const { overlapSeconds } = await bodyOf(c, rotation)
    const overlapMs = overlapSeconds * 1000
    const issued = await ingestKeys.rotate(c.req.param('key'), personOf(c).id, now(), overlapMs)
    if (issued === undefined) throw notFound()
    forgetKeys()
    return c.json(issued, 201)
  })

  app.delete('/v1/ingest-keys/:key', async (c) => {
    if (!(await ingestKeys.revoke(c.req.param('key'), now()))) throw notFound()
    forgetKeys()
    return c.body(null, 204)
  })

  app.get('/v1/reads', async (c) => {
    const before = z.coerce.number().int().positive().optional().safeParse(c.req.query('before'))
    if (!before.success) throw badRequest('before')
    // A consumer without a party has no data that could have been read.
    const own = c.get('reach') === 'own' ? (personOf(c).party ?? '') : null
    const rows = await reads.list(own, PAGE, before.data ?? null)
    return c.json({
      reads: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
    })
  })

  return app
}

/** The library has errors of a form of its own; its codes stay, its cookies too. */
const asProblem = async (answer: Response): Promise<Response> => {
  if (answer.status < 400) return answer
  const body: unknown = await answer.json().catch(() => null)
  const own = z.object({ code: z.string() }).safeParse(body)
  const code = own.success ? own.data.code.toLowerCase().replaceAll('_', '-') : 'sign-in-refused'
  const headers = new Headers({ 'content-type': 'application/problem+json' })
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie)
  const problem = problemOf(answer.status, code, say('access.sign-in-refused'))
  return new Response(JSON.stringify(problem), { status: answer.status, headers })
}

/** Only where the table of rules lets nobody else through. */
const personOf = (c: Context<AppEnv>): Person => {
  const actor = c.get('actor')
  if (actor.kind !== 'person') throw new Error('the rule let somebody in who is no person')
  return actor
}

const keyView = ({ createdAt, expiresAt, ...row }: IngestKeyRow) => ({
  ...row,
  createdAt: new Date(createdAt).toISOString(),
  expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
})
