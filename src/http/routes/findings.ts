/** Findings, measures and notes by their own ids, and what people do with them. */
import { Hono } from 'hono'
import { z } from 'zod'
import { findingFor } from '../access/views.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { merchantOf, pageAsked } from '../page.ts'
import { notFound } from '../problem.ts'
import { shownMeasures } from '../shown-measures.ts'

/** Why a person takes a measure back; at least one of both languages. */
export const lifting = z
  .object({
    en: z.string().trim().max(2000).default(''),
    zh: z.string().trim().max(2000).default(''),
  })
  .refine(({ en, zh }) => en !== '' || zh !== '', { error: 'reasons are needed' })
  .meta({ id: 'Lifting', description: 'reasons, in at least one language' })

export const findingRoutes = (door: Door): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const { findings, measures, notes } = door.store

  app.get('/v1/findings', async (c) => {
    const actor = c.get('actor')
    const own = c.get('reach') === 'own' ? { merchant: merchantOf(actor) } : {}
    const rows = await findings.list({ ...pageAsked(c), ...own })
    return c.json({
      findings: rows.map(({ number, finding, document, raisedAt, withdrawnAt }) => ({
        number,
        id: finding,
        raisedAt: instant(raisedAt),
        withdrawnAt: instant(withdrawnAt),
        ...findingFor(actor, document as Finding),
      })),
    })
  })

  app.get('/v1/findings/:finding', async (c) => {
    const row = await findings.get(c.req.param('finding'))
    if (row === undefined) throw notFound()
    return c.json({
      id: row.finding,
      raisedAt: instant(row.raisedAt),
      withdrawnAt: instant(row.withdrawnAt),
      ...findingFor(c.get('actor'), row.document as Finding),
    })
  })

  app.get('/v1/measures', async (c) => {
    const actor = c.get('actor')
    const page = pageAsked(c)
    if (c.get('reach') === 'own' && actor.kind === 'producer') {
      // Keys read what stands in the broadcasts of their source.
      const mine = [...door.desk.rooms].filter(({ broadcast }) =>
        door.register.get(broadcast)?.sources.has(actor.source),
      )
      return c.json({
        measures: mine
          .flatMap(({ broadcast }) => door.desk.measures(broadcast))
          .slice(0, page.limit),
      })
    }
    const own = c.get('reach') === 'own' ? { merchant: merchantOf(actor) } : {}
    const rows = await measures.list({ ...page, ...own })
    const views = await shownMeasures(door.store, rows)
    return c.json({ measures: views.map((view, i) => ({ number: rows[i]!.number, ...view })) })
  })

  app.get('/v1/measures/:measure', async (c) => {
    const row = await measures.get(c.req.param('measure'))
    if (row === undefined) throw notFound()
    return c.json((await shownMeasures(door.store, [row]))[0]!)
  })

  app.post('/v1/measures/:measure/lift', async (c) => {
    const reasons = await bodyOf(c, lifting)
    const actor = c.get('actor')
    const by = actor.kind === 'person' ? actor.id : ''
    const both = { en: reasons.en || reasons.zh, zh: reasons.zh || reasons.en }
    if (!(await door.desk.lift(c.req.param('measure'), by, both))) throw notFound()
    return c.body(null, 204)
  })

  app.get('/v1/notes', async (c) => {
    const rows = await notes.listOpen(pageAsked(c))
    return c.json({
      notes: rows.map(({ number, document }) => ({ number, ...(document as object) })),
    })
  })

  app.post('/v1/notes/:note/close', async (c) => {
    const actor = c.get('actor')
    const by = actor.kind === 'person' ? actor.id : ''
    if (!(await notes.close(c.req.param('note'), by, door.now()))) throw notFound()
    return c.body(null, 204)
  })

  return app
}

const instant = (ms: number | null | undefined): string | null =>
  ms == null ? null : new Date(ms).toISOString()
