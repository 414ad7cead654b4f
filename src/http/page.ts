/** Lists go by pages: `limit` and a cursor that the page before gave. */
import type { Context } from 'hono'
import { z } from 'zod'
import type { Actor } from './access/actor.ts'
import type { AppEnv } from './door.ts'
import { badRequest } from './problem.ts'

export const MOST_PER_PAGE = 200
const PER_PAGE = 50

const paging = z.object({
  limit: z.coerce.number().int().min(1).max(MOST_PER_PAGE).default(PER_PAGE),
  before: z.coerce.number().int().positive().optional(),
  // Postgres has no text with a zero in it.
  broadcast: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\0]*$/)
    .optional(),
})

/** @throws HttpProblem `bad-request`, naming the parameter */
export const pageAsked = (c: Context<AppEnv>) => {
  const asked = paging.safeParse(c.req.query())
  if (!asked.success) throw badRequest(asked.error.issues[0]!.path.join('.'))
  const { limit, before, broadcast } = asked.data
  return {
    limit,
    ...(before === undefined ? {} : { before }),
    ...(broadcast === undefined ? {} : { broadcast }),
  }
}

/** Whose objects a list is narrowed to where the actor's reach is its own; nobody's for no party. */
export const merchantOf = (actor: Actor): string =>
  actor.kind === 'person' ? (actor.party ?? '') : ''
