/**
 * Erasing persons on request (PIPL-47; GDPR Art. 17): an admin names every id that is theirs and the
 * ground. Who asked and on what ground is on record; the ids are in the request only. What is held or
 * kept by law stays, and the answer says until when.
 */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Erasure } from '../../archive/erase.ts'
import type { AppEnv } from '../door.ts'
import { bodyOf } from '../json-body.ts'

export const newErasure = z
  .object({
    ids: z
      .array(z.string().min(1).max(256))
      .min(1)
      .max(500)
      .meta({ description: 'every id that is theirs: accounts, devices, addresses' }),
    ground: z.string().trim().min(1).max(500),
    despiteRetention: z
      .boolean()
      .default(false)
      .meta({ description: 'erase also what the law wants kept: an order of a court' }),
  })
  .meta({ id: 'NewErasure' })

export const erasure = z
  .object({
    disclosures: z.int().meta({ description: 'fields that went' }),
    chunkEvents: z.int().meta({ description: 'whole events that went' }),
    held: z.int().meta({ description: 'events that a hold keeps' }),
    kept: z.int().meta({ description: 'events that the law keeps' }),
    keptUntil: z.iso.datetime().nullable().meta({
      description:
        'when all that the law keeps may go; null where nothing is kept or a clock is open',
    }),
    finding: z.string().nullable().meta({ description: 'raised because of the hold' }),
  })
  .meta({ id: 'Erasure' })

/** Who carries it out (service/keeping). */
export type Eraser = {
  readonly erase: (request: {
    readonly ids: readonly string[]
    readonly ground: string
    readonly by: string
    readonly overridesRetention: boolean
  }) => Promise<Erasure>
}

export const erasureRoutes = (eraser: Eraser): Hono<AppEnv> =>
  new Hono<AppEnv>().post('/v1/erasures', async (c) => {
    const { ids, ground, despiteRetention } = await bodyOf(c, newErasure)
    const actor = c.get('actor')
    const by = actor.kind === 'person' ? actor.id : ''
    const done = await eraser.erase({ ids, ground, by, overridesRetention: despiteRetention })
    const { disclosures, chunkEvents, held, kept, keptUntil, finding } = done
    const until = kept === 0 || keptUntil === null ? null : new Date(keptUntil).toISOString()
    return c.json({
      disclosures,
      chunkEvents,
      held,
      kept,
      keptUntil: until,
      finding: finding?.finding ?? null,
    } satisfies z.infer<typeof erasure>)
  })
