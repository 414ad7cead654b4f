/**
 * Appeals against measures (M26 Art. 12 and 14, PIPL Art. 24): every statement of reasons says that one
 * may object here. The merchants of a broadcast do, in their own words; an adjudicator decides, with
 * reasons. `varied` of the vocabulary is not offered: a measure of the automatic ladder has no lesser
 * form of itself, and a lighter one can be imposed beside.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import { say } from '../../language/say.ts'
import type { SqlStore } from '../../store/sql/store.ts'
import type { StoredAppeal } from '../../store/sql/appeals.ts'
import { APPEAL_OUTCOMES, appeal, measure, type AppealView } from '../contract.ts'
import type { AppEnv, Appeals, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { merchantOf, pageAsked } from '../page.ts'
import { HttpProblem, notFound } from '../problem.ts'
import { shownMeasures } from '../shown-measures.ts'
import { isTheirs } from './broadcasts.ts'
import { lifting } from './findings.ts'

export const newAppeal = z
  .object({
    restriction: z.string().min(1).max(128).meta({ description: 'id of the measure' }),
    grounds: z
      .string()
      .trim()
      .min(1)
      .max(4000)
      .meta({ description: 'why it is wrong, in the words of whoever objects' }),
  })
  .meta({ id: 'NewAppeal' })

export const verdict = z
  .object({ outcome: z.enum(APPEAL_OUTCOMES), reasons: lifting })
  .meta({ id: 'Verdict', description: 'reversed: the measure is taken back' })

export const appealView = appeal
  .extend({
    number: z.int().meta({ description: 'place in the list, and its cursor' }),
    measure: measure.nullable().meta({ description: 'what it is about; null once erased' }),
  })
  .meta({ id: 'AppealWithMeasure' })

export const appealRoutes = (door: Door): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  const { store } = door

  app.get('/v1/appeals', async (c) => {
    const { limit, before = null } = pageAsked(c)
    const party = c.get('reach') === 'own' ? merchantOf(c.get('actor')) : null
    const rows = await store.appeals.list(party, limit, before)
    return c.json({ appeals: await viewsOf(store, rows) })
  })

  app.post('/v1/appeals', async (c) => {
    const asked = await bodyOf(c, newAppeal)
    const actor = c.get('actor')
    const broadcast = await door.desk.broadcastOf(asked.restriction)
    // Somebody else's measure and none are not told apart.
    if (actor.kind !== 'person' || actor.party === null) throw notFound()
    if (broadcast === undefined || !isTheirs(door, actor, broadcast)) throw notFound()
    const { id: by, party } = actor
    const lodged = await door.appeals.lodge({ ...asked, appeal: door.newId(), party, by })
    return c.json(taken(lodged), 201)
  })

  app.get('/v1/appeals/:appeal', async (c) => {
    const row = await store.appeals.get(c.req.param('appeal'))
    if (row === undefined) throw notFound()
    return c.json((await viewsOf(store, [row]))[0]!)
  })

  app.post('/v1/appeals/:appeal/decision', async (c) => {
    const { outcome, reasons: given } = await bodyOf(c, verdict)
    const actor = c.get('actor')
    const by = actor.kind === 'person' ? actor.id : ''
    const reasons = { en: given.en || given.zh, zh: given.zh || given.en }
    return c.json(taken(await door.appeals.decide(c.req.param('appeal'), { outcome, reasons, by })))
  })

  return app
}

const viewsOf = async (
  store: SqlStore,
  rows: readonly StoredAppeal[],
): Promise<z.infer<typeof appealView>[]> => {
  const named = await store.measures.named(rows.map(({ restriction }) => restriction))
  const measures = new Map(
    (await shownMeasures(store, named)).map((view) => [view.measure, view] as const),
  )
  return rows.map(({ number, restriction, document }) => ({
    number,
    ...(document as AppealView),
    measure: measures.get(restriction) ?? null,
  }))
}

/** @throws HttpProblem `not-found`, `appeal-refused` */
const taken = (answer: Awaited<ReturnType<Appeals['lodge']>>): AppealView => {
  if (answer === undefined) throw notFound()
  if (typeof answer === 'string')
    throw new HttpProblem('appeal-refused', say(`appeal.refused.${answer}`))
  return answer
}
