/**
 * Promises and coupons: what was promised in a broadcast, and whether a coupon, if it were issued,
 * would break a promise. The shop comes as its events, because a merchant asks about a shop that may
 * never have been on air.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { say } from '../../language/say.ts'
import type { PreflightAnswer } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { HttpProblem, notFound } from '../problem.ts'

/** Events of a shop that one question may bring. */
export const MOST_EVENTS = 5_000
const MOST_BYTES = 4 << 20

export const preflightQuestion = z
  .object({
    events: z.array(z.unknown()).max(MOST_EVENTS).meta({ description: 'of the shop, CloudEvents' }),
    coupon: z
      .looseObject({})
      .nullable()
      .default(null)
      .meta({ description: 'data of a live.coupon.issued; null checks the promises alone' }),
  })
  .meta({ id: 'PreflightQuestion' })
export type PreflightQuestion = z.infer<typeof preflightQuestion>

export type Prices = {
  /** @throws HttpProblem `busy` where too many ask, `timeout` where one asks too much */
  readonly preflight: (question: PreflightQuestion) => Promise<PreflightAnswer>
}

export const priceRoutes = ({ register }: Pick<Door, 'register'>, prices: Prices): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()

  app.get('/v1/broadcasts/:broadcast/promises', (c) => {
    const known = register.get(c.req.param('broadcast'))
    if (known === undefined) throw notFound()
    return c.json({
      promises: [...known.promises].map(([promise, what]) => ({ promise, ...what })),
    })
  })

  app.post('/v1/prices/preflight', bounded, async (c) =>
    c.json(await prices.preflight(await bodyOf(c, preflightQuestion))),
  )

  return app
}

const bounded = bodyLimit({
  maxSize: MOST_BYTES,
  onError: () => {
    throw new HttpProblem('too-large', say('problem.too-large', { most: MOST_BYTES }))
  },
})
