/** The door as one application: headers, guard, routes, and errors as problem documents. */
import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import { say } from '../language/say.ts'
import { isTransient } from '../store/sql/pool.ts'
import type { AppEnv, Door } from './door.ts'
import { answerProblem, HttpProblem, notFound } from './problem.ts'
import { broadcastRoutes } from './routes/broadcasts.ts'
import { embedRoutes } from './routes/embed.ts'
import { eventRoutes } from './routes/events.ts'
import { findingRoutes } from './routes/findings.ts'
import { pageRoutes } from './routes/pages.ts'
import { streamRoutes } from './routes/streams.ts'
import type { BodyLimits } from './ingest-body.ts'

export type AppOptions = {
  /** In order, before any route. */
  readonly middleware: readonly MiddlewareHandler[]
  /** Further routes: access, webhooks, documents, health. */
  readonly routes: readonly Hono<AppEnv>[]
  readonly limits?: BodyLimits
  /** Told of what nobody foresaw, under the id that the caller is given. */
  readonly failed: (id: string, error: unknown) => void
}

export const createApp = (door: Door, options: AppOptions): Hono<AppEnv> => {
  const app = new Hono<AppEnv>()
  for (const middleware of options.middleware) app.use(middleware)
  for (const routes of [
    eventRoutes(door, options.limits),
    broadcastRoutes(door),
    findingRoutes(door),
    streamRoutes(door),
    embedRoutes(door),
    pageRoutes(),
    ...options.routes,
  ])
    app.route('/', routes)
  app.notFound((c) => answerProblem(c, notFound()))
  app.onError((error, c) => {
    if (error instanceof HttpProblem) {
      if (error.code === 'not-durable') options.failed(door.newId(), error.cause)
      return answerProblem(c, error)
    }
    const id = door.newId()
    options.failed(id, error)
    // The database is away or in a conflict: asked again it may well answer.
    if (isTransient(error))
      return answerProblem(
        c,
        new HttpProblem('not-ready', say('problem.not-ready'), { 'retry-after': '2' }),
      )
    return answerProblem(c, new HttpProblem('internal', say('problem.internal', { id })))
  })
  return app
}
