/**
 * Promises and coupons: what was promised, whether it is kept, and whether a coupon, if it were
 * issued, would break a promise. Asked of the shop on file, or of one that comes as its events,
 * because a merchant asks about a shop that may never have been on air.
 */
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { say } from '../../language/say.ts'
import type { PreflightAnswer, PromisesOnFile } from '../contract.ts'
import type { AppEnv, Door } from '../door.ts'
import { bodyOf } from '../json-body.ts'
import { merchantOf, pageAsked } from '../page.ts'
import { HttpProblem, notFound } from '../problem.ts'

/** Events of a shop that one question may bring. */
export const MOST_EVENTS = 5_000
const MOST_BYTES = 4 << 20

export const preflightQuestion = z
  .object({
    events: z
      .array(z.unknown())
      .max(MOST_EVENTS)
      .nullable()
      .default(null)
      .meta({ description: 'of the shop, CloudEvents; null asks against the shop on file' }),
    coupon: z
      .looseObject({})
      .nullable()
      .default(null)
      .meta({ description: 'data of a live.coupon.issued; null checks the promises alone' }),
    platform: z
      .string()
      .max(2_048)
      .nullable()
      .default(null)
      .meta({ description: 'whose shop on file; may be left out where there is one only' }),
  })
  .meta({ id: 'PreflightQuestion' })
export type PreflightQuestion = z.infer<typeof preflightQuestion>

/** Null for whoever reaches every merchant's promises. */
type Reached = { readonly merchant: string | null }

export type PromisesAsked = Reached & {
  readonly limit: number
  readonly before?: number
  readonly broadcast?: string
}

export type ShopAsked = Reached & Pick<PreflightQuestion, 'coupon' | 'platform'>

/** A shop that comes as its events. */
export type FileQuestion = {
  readonly events: readonly unknown[]
  readonly coupon: PreflightQuestion['coupon']
}

/** All throw HttpProblem `busy` where too many ask, `timeout` where one asks too much. */
export type Prices = {
  /** Of the events that were brought along. */
  readonly preflight: (question: FileQuestion) => Promise<PreflightAnswer>
  /** Against the shop on file. @throws HttpProblem `bad-request` where several are and none was named */
  readonly preflightOnFile: (asked: ShopAsked) => Promise<PreflightAnswer>
  /** Newest first. */
  readonly promises: (asked: PromisesAsked) => Promise<PromisesOnFile>
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

  app.get('/v1/promises', async (c) => {
    const page = pageAsked(c)
    return c.json(await prices.promises({ ...page, ...reachedBy(c) }))
  })

  app.post('/v1/prices/preflight', bounded, async (c) => {
    const { events, coupon, platform } = await bodyOf(c, preflightQuestion)
    return c.json(
      events === null
        ? await prices.preflightOnFile({ coupon, platform, ...reachedBy(c) })
        : await prices.preflight({ events, coupon }),
    )
  })

  return app
}

const reachedBy = (c: Context<AppEnv>): Reached => ({
  merchant: c.get('reach') === 'own' ? merchantOf(c.get('actor')) : null,
})

const bounded = bodyLimit({
  maxSize: MOST_BYTES,
  onError: () => {
    throw new HttpProblem('too-large', say('problem.too-large', { most: MOST_BYTES }))
  },
})
