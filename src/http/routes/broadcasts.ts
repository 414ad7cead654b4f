/** Out: broadcasts, their figures, findings and measures, as they stand. */
import { Hono } from 'hono'
import { z } from 'zod'
import { owns } from '../access/check.ts'
import { figuresFor, findingFor, seesAll } from '../access/views.ts'
import type { Actor } from '../access/actor.ts'
import type { LiveFigures } from '../contract.ts'
import { say } from '../../language/say.ts'
import { MEASURES } from '../../law/ladder.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { badRequest, HttpProblem, notFound } from '../problem.ts'
import { shownMeasures } from '../shown-measures.ts'

export const imposing = z
  .object({
    name: z.enum(MEASURES),
    finding: z.string().min(1).max(1000).meta({ description: 'the supported finding it rests on' }),
    en: z.string().trim().max(2000).default(''),
    zh: z.string().trim().max(2000).default(''),
  })
  .refine(({ en, zh }) => en !== '' || zh !== '', { error: 'reasons are needed' })
  .meta({ id: 'Imposing', description: 'a measure, with reasons in at least one language' })

export const broadcastRoutes = (door: Door): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  /** Rooms on air or judged lately, the gravest first. */
  app.get('/v1/broadcasts', (c) => {
    const actor = c.get('actor')
    const shown = [...door.desk.rooms]
      .filter(({ broadcast }) => c.get('reach') === 'all' || isTheirs(door, actor, broadcast))
      .sort((a, b) => b.risk - a.risk || (a.broadcast < b.broadcast ? -1 : 1))
    return c.json({ broadcasts: shown.map((figures) => figuresFor(actor, figures)) })
  })

  app.get('/v1/broadcasts/:broadcast', async (c) => {
    const broadcast = c.req.param('broadcast')
    const actor = c.get('actor')
    const figures = await figuresOf(door, broadcast)
    const audit = door.desk.audit(broadcast)
    return c.json({
      ...figuresFor(actor, figures),
      findings: (audit?.findings ?? []).map((finding) => findingFor(actor, finding)),
      standing: door.desk.measures(broadcast),
      hasRecording: await door.hasRecording(broadcast),
      // Curves and dwell are counts; suspects are people.
      ...(audit === undefined ? {} : { series: audit.series, dwell: audit.dwell }),
      ...(audit === undefined || !seesAll(actor) ? {} : { contents: audit.contents }),
    })
  })

  app.get('/v1/broadcasts/:broadcast/figures', async (c) =>
    c.json(figuresFor(c.get('actor'), await figuresOf(door, c.req.param('broadcast')))),
  )

  app.get('/v1/broadcasts/:broadcast/findings', async (c) => {
    const broadcast = c.req.param('broadcast')
    const rows = await door.store.findings.list({ broadcast, limit: 200 })
    return c.json({
      findings: rows.map(({ document, withdrawnAt }) => ({
        ...findingFor(c.get('actor'), document as never),
        withdrawnAt: withdrawnAt === null ? null : new Date(withdrawnAt).toISOString(),
      })),
    })
  })

  /** A person imposes a measure of the ladder's automatic part, on a supported finding. */
  app.post('/v1/broadcasts/:broadcast/measures', async (c) => {
    const { name, finding, ...given } = await bodyOf(c, imposing)
    const actor = c.get('actor')
    const by = actor.kind === 'person' ? actor.id : ''
    const reasons = { en: given.en || given.zh, zh: given.zh || given.en }
    const order = { name, finding, reasons, by }
    const refusal = await door.desk.impose(c.req.param('broadcast'), order)
    if (refusal !== null)
      throw new HttpProblem('measure-refused', say(`measure.refused.${refusal}`))
    return c.body(null, 204)
  })

  app.get('/v1/broadcasts/:broadcast/measures', async (c) => {
    const rows = await door.store.measures.list({ broadcast: c.req.param('broadcast'), limit: 200 })
    return c.json({ measures: await shownMeasures(door.store, rows) })
  })

  /** What was said and offered lately; `after` the last number that one has. */
  app.get('/v1/broadcasts/:broadcast/moments', (c) => {
    const after = z.coerce.number().int().min(0).default(0).safeParse(c.req.query('after'))
    if (!after.success) throw badRequest('after')
    return c.json({ moments: door.moments.of(c.req.param('broadcast'), after.data) })
  })

  /** Everybody suspected at one half or more: the read is on record before it is answered. */
  app.get('/v1/broadcasts/:broadcast/suspects', (c) => {
    const audit = door.desk.audit(c.req.param('broadcast'))
    if (audit === undefined) throw notFound()
    return c.json({ suspects: audit.suspects })
  })

  return app
}

export const isTheirs = (door: Door, actor: Actor, broadcast: string): boolean => {
  const known = door.register.get(broadcast)
  return (
    known !== undefined &&
    owns(actor, { merchants: [...known.merchants], sources: [...known.sources] })
  )
}

/** From memory, or from what was kept. @throws HttpProblem `not-found` */
const figuresOf = async (door: Door, broadcast: string): Promise<LiveFigures> => {
  const figures =
    door.desk.figures(broadcast) ?? (await door.store.figures.get(broadcast))?.document
  if (figures === undefined) throw notFound()
  return figures as LiveFigures
}
