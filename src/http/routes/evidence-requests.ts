/**
 * Evidence on request (M26 Art. 18; CPLR24 Art. 14): a consumer asks about an order or a complaint
 * of their own. What is known of who sold, who presented and what was promised is answered at once;
 * the pack with the records of the trade follows from a person, by a deadline that we publish: the
 * law says "promptly" and leaves the number to the platform.
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { endOfWorkingDay } from '../../law/working-days.ts'
import type { EvidenceRequest, StoredRequest } from '../../store/sql/evidence-requests.ts'
import type { Actor } from '../access/actor.ts'
import { sentence } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { pageAsked } from '../page.ts'
import { notFound } from '../problem.ts'

/** Obligations §11.2: evidence to a consumer within three working days. */
export const EVIDENCE_WORKING_DAYS = 3

export const newEvidenceRequest = z
  .object({
    about: z
      .string()
      .max(2000)
      .default('')
      .meta({ description: 'what the consumer wants to know, in their own words' }),
  })
  .meta({ id: 'NewEvidenceRequest' })

export const evidenceAnswer = z
  .object({
    en: z.string().trim().max(4000).default(''),
    zh: z.string().trim().max(4000).default(''),
    evidence: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .optional()
      .meta({ description: 'where the evidence bundle can be fetched' }),
  })
  .refine(({ en, zh }) => en !== '' || zh !== '', { error: 'a text is needed' })
  .meta({ id: 'EvidenceAnswer', description: 'a text in at least one language' })

export const facts = z
  .object({
    broadcast: z.string(),
    room: z.string(),
    operator: z.string().nullable(),
    title: z.string().nullable(),
    startedAt: z.iso.datetime({ offset: true }).nullable(),
    endedAt: z.iso.datetime({ offset: true }).nullable(),
    hosts: z.array(z.string()),
    merchants: z.array(z.string()),
    sellers: z.array(z.string()).meta({ description: 'who actually sells (M26 Art. 26)' }),
    promises: z.array(z.object({ product: z.string(), kind: z.string(), text: z.string() })),
    measures: z.array(
      z.object({
        name: z.string(),
        facts: sentence,
        imposedAt: z.iso.datetime(),
        liftedAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'EvidenceFacts', description: 'as known when it was asked' })

export const evidenceRequest = z
  .object({
    number: z.int(),
    request: z.string(),
    kind: z.enum(['order', 'complaint']),
    matter: z.string(),
    about: z.string(),
    askedAt: z.iso.datetime(),
    dueAt: z.iso.datetime().meta({ description: 'the answer of a person comes by then' }),
    facts: facts.nullable().meta({ description: 'null where the broadcast is not known' }),
    answeredAt: z.iso.datetime().nullable(),
    answer: z.object({ text: sentence, evidence: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'EvidenceRequest' })

type View = z.infer<typeof evidenceRequest>
type Asked = Pick<View, 'about' | 'facts'>

/** Promises and measures of one answer; the bundle has all of them. */
const MOST = 200

export const evidenceRequestRoutes = (door: Door): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const { evidenceRequests, matters } = door.store

  const ask = async (c: Context<AppEnv>, kind: EvidenceRequest['kind'], matter: string) => {
    const { about } = await bodyOf(c, newEvidenceRequest)
    const consumer = partyOf(c.get('actor'))
    // Asked twice is asked once: the clock of the first goes on.
    const open = (await evidenceRequests.list(consumer, MOST)).find(
      (row) => row.kind === kind && row.matter === matter && row.answeredAt === null,
    )
    if (open !== undefined) return c.json(viewOf(open), 200)
    const broadcast = (await matters.owners(kind, matter, consumer))?.broadcast
    const document: Asked = {
      about,
      facts: broadcast == null ? null : await factsOf(door, broadcast),
    }
    const request = door.newId()
    await evidenceRequests.ask({ request, consumer, kind, matter, askedAt: door.now(), document })
    const row = await evidenceRequests.get(request)
    if (row === undefined) throw new Error('a request that was just written is not there')
    return c.json(viewOf(row), 201)
  }

  app.post('/v1/orders/:order/evidence-requests', (c) => ask(c, 'order', c.req.param('order')))

  app.post('/v1/complaints/:complaint/evidence-requests', (c) =>
    ask(c, 'complaint', c.req.param('complaint')),
  )

  app.get('/v1/evidence-requests', async (c) => {
    const { limit, before = null } = pageAsked(c)
    const consumer = c.get('reach') === 'own' ? partyOf(c.get('actor')) : null
    const rows = await evidenceRequests.list(consumer, limit, before)
    return c.json({ requests: rows.map(viewOf) })
  })

  app.get('/v1/evidence-requests/:request', async (c) => {
    const row = await evidenceRequests.get(c.req.param('request'))
    if (row === undefined) throw notFound()
    return c.json(viewOf(row))
  })

  app.post('/v1/evidence-requests/:request/answer', async (c) => {
    const { en, zh, evidence = null } = await bodyOf(c, evidenceAnswer)
    const answer: View['answer'] = { text: { en: en || zh, zh: zh || en }, evidence }
    if (!(await evidenceRequests.answer(c.req.param('request'), answer, door.now())))
      throw notFound()
    return c.body(null, 204)
  })

  return app
}

/** A consumer without a party has no orders; the guard has seen to it for one that is named. */
const partyOf = (actor: Actor): string => (actor.kind === 'person' ? (actor.party ?? '') : '')

const factsOf = async (door: Door, broadcast: string): Promise<View['facts']> => {
  const known = door.register.get(broadcast)
  if (known === undefined) return null
  const figures = door.desk.figures(broadcast)
  const measures = await door.store.measures.list({ broadcast, limit: MOST })
  return {
    broadcast,
    room: known.room,
    operator: figures?.operator ?? null,
    title: figures?.title ?? null,
    startedAt: known.startedAt,
    endedAt: known.endedAt,
    hosts: [...known.hosts],
    merchants: [...known.merchants],
    sellers: [...known.sellers],
    promises: [...known.promises.values()].slice(0, MOST),
    measures: measures.map(({ document }) => {
      const { name, facts, imposedAt, liftedAt } = document as NonNullable<
        View['facts']
      >['measures'][number]
      return { name, facts, imposedAt, liftedAt }
    }),
  }
}

const viewOf = (row: StoredRequest): View => ({
  number: row.number,
  request: row.request,
  kind: row.kind,
  matter: row.matter,
  ...(row.document as Asked),
  askedAt: new Date(row.askedAt).toISOString(),
  dueAt: new Date(endOfWorkingDay(row.askedAt, EVIDENCE_WORKING_DAYS)).toISOString(),
  answeredAt: row.answeredAt === null ? null : new Date(row.answeredAt).toISOString(),
  answer: row.answer as View['answer'],
})
