/**
 * Receivers of webhooks and what became of what was sent to them. A merchant's receiver hears of its
 * own broadcasts only, and as facts; an admin's hears everything.
 */
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Delivery, Webhook } from '../../store/sql/webhooks.ts'
import type { Actor } from '../access/actor.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { pageAsked } from '../page.ts'
import { badRequest, notFound } from '../problem.ts'

export const WEBHOOK_TOPICS = ['figures', 'finding', 'measure', 'note', 'room'] as const

export const newWebhook = z
  .object({
    url: z.url({ protocol: /^https?$/ }).max(2048),
    topics: z
      .array(z.enum(WEBHOOK_TOPICS))
      .min(1)
      .max(WEBHOOK_TOPICS.length)
      .default(['finding', 'measure'])
      .meta({ description: 'figures: the last of each broadcast only' }),
  })
  .meta({ id: 'NewWebhook' })

export const secretRotation = z
  .object({
    keepOld: z
      .boolean()
      .default(true)
      .meta({ description: 'the secret so far signs as well, until the next rotation' }),
  })
  .meta({ id: 'SecretRotation' })

export const webhook = z
  .object({
    webhook: z.string(),
    url: z.string(),
    topics: z.array(z.string()),
    merchant: z.string().nullable().meta({ description: 'null hears of every broadcast' }),
    secrets: z.int().meta({ description: 'how many secrets sign' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

export const webhookSecret = z
  .object({
    webhook: z.string(),
    secret: z.string().meta({ description: 'of Standard Webhooks (`whsec_…`); shown this once' }),
  })
  .meta({ id: 'WebhookSecret' })

export const delivery = z
  .object({
    number: z.int(),
    delivery: z.string().meta({ description: 'the `webhook-id` header' }),
    topic: z.string(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.int(),
    createdAt: z.iso.datetime(),
    nextAt: z.iso.datetime().nullable(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'Delivery' })

/** Whoever sends: src/service/webhooks. */
export type Sender = {
  /** Receivers came, went or changed. */
  readonly changed: () => Promise<void>
  readonly send: (delivery: string) => Promise<void>
  /** Why nothing may be sent there, or null. */
  readonly refusalOf: (url: URL) => string | null
}

/** Receivers of one person. */
const MOST = 20

export const webhookRoutes = (door: Door, sender: Sender): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const { webhooks, deliveries } = door.store

  const found = async (id: string): Promise<Webhook> => {
    const row = await webhooks.get(id)
    if (row === undefined) throw notFound()
    return row
  }

  app.get('/v1/webhooks', async (c) => {
    const rows = await webhooks.list(c.get('reach') === 'own' ? idOf(c.get('actor')) : null)
    return c.json({ webhooks: rows.map(viewOf) })
  })

  app.post('/v1/webhooks', async (c) => {
    const { url, topics } = await bodyOf(c, newWebhook)
    const actor = c.get('actor')
    const owner = idOf(actor)
    const isOwn = c.get('reach') === 'own'
    const merchant = isOwn && actor.kind === 'person' ? (actor.party ?? '') : null
    const refusal = sender.refusalOf(new URL(url))
    if (refusal !== null) throw badRequest(`url: ${refusal}`)
    // Notes are for those who investigate: they say what is not certain.
    if (isOwn && topics.includes('note')) throw badRequest('topics: note')
    if ((await webhooks.list(owner)).length >= MOST) throw badRequest(`at most ${MOST}`)
    const secret = newSecret()
    const row: Webhook = {
      webhook: door.newId(),
      owner,
      merchant,
      topics: [...new Set(topics)],
      createdAt: door.now(),
      url,
      secrets: [secret],
    }
    await webhooks.add(row)
    await sender.changed()
    return c.json({ ...viewOf(row), secret }, 201)
  })

  app.delete('/v1/webhooks/:webhook', async (c) => {
    if (!(await webhooks.remove(c.req.param('webhook')))) throw notFound()
    await sender.changed()
    return c.body(null, 204)
  })

  app.post('/v1/webhooks/:webhook/rotate', async (c) => {
    const { keepOld } = await bodyOf(c, secretRotation)
    const row = await found(c.req.param('webhook'))
    const secret = newSecret()
    await webhooks.setSecrets(row, [secret, ...(keepOld ? row.secrets.slice(0, 1) : [])])
    await sender.changed()
    return c.json({ webhook: row.webhook, secret }, 201)
  })

  app.get('/v1/webhooks/:webhook/deliveries', async (c) => {
    const { webhook: id } = await found(c.req.param('webhook'))
    const { limit, before = null } = pageAsked(c)
    const rows = await deliveries.list(id, null, limit, before)
    return c.json({ deliveries: rows.map(deliveryView) })
  })

  app.get('/v1/webhooks/:webhook/dead-letters', async (c) => {
    const { webhook: id } = await found(c.req.param('webhook'))
    const { limit, before = null } = pageAsked(c)
    const rows = await deliveries.list(id, 'dead', limit, before)
    return c.json({ deliveries: rows.map(deliveryView) })
  })

  app.post('/v1/webhooks/:webhook/dead-letters/:delivery/retry', async (c) => {
    const { webhook: id, delivery: letter } = c.req.param()
    if (!(await deliveries.revive(id, letter, door.now()))) throw notFound()
    await sender.send(letter)
    return c.body(null, 202)
  })

  return app
}

/** 32 bytes: the specification wants 24 to 64. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const idOf = (actor: Actor): string => (actor.kind === 'person' ? actor.id : '')

const viewOf = (row: Webhook): z.infer<typeof webhook> => ({
  webhook: row.webhook,
  url: row.url,
  topics: [...row.topics],
  merchant: row.merchant,
  secrets: row.secrets.length,
  createdAt: new Date(row.createdAt).toISOString(),
})

const deliveryView = (row: Delivery): z.infer<typeof delivery> => ({
  number: row.number,
  delivery: row.delivery,
  topic: row.topic,
  state: row.state,
  attempts: row.attempts,
  createdAt: new Date(row.createdAt).toISOString(),
  nextAt: row.nextAt === null ? null : new Date(row.nextAt).toISOString(),
  lastStatus: row.lastStatus,
  lastError: row.lastError,
})
