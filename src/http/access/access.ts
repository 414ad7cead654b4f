/** The access part as one piece, for whoever puts the service together. */
import type { Hono, Context, MiddlewareHandler } from 'hono'
import type { SqlStore } from '../../store/sql/store.ts'
import type { AppEnv } from '../door.ts'
import { openAuth, type Auth, type AuthConfig } from './auth.ts'
import { guard, type Guarded } from './guard.ts'
import { answerHeaders } from './headers.ts'
import { identifyBy, type Identify } from './identify.ts'
import { ownersIn, type KnownBroadcasts } from './owners.ts'
import { recordRead, type ReadEvent } from './record-read.ts'
import { accessRoutes } from './routes.ts'

export type AccessDeps = AuthConfig & {
  readonly store: SqlStore
  /** Takes an event of the service's own in; resolves when it is durable. */
  readonly append: (event: ReadEvent) => Promise<void>
  readonly known: KnownBroadcasts
  /** `source` of the service's own events. */
  readonly source: string
  readonly addressOf: (c: Context) => string
  readonly now?: () => number
}

export type Access = {
  readonly auth: Auth
  readonly identify: Identify
  /** In this order, before any route. */
  readonly middleware: readonly [headers: MiddlewareHandler, guard: MiddlewareHandler<Guarded>]
  readonly routes: Hono<AppEnv>
}

export const openAccess = async (deps: AccessDeps): Promise<Access> => {
  const { store, append, known, source, addressOf, now = Date.now, ...config } = deps
  const auth = await openAuth(store.sql, store.keys, config)
  const identify = identifyBy(store.ingestKeys, auth, now)
  const log = { append, reads: store.reads, now, source }
  return {
    auth,
    identify,
    middleware: [
      answerHeaders(config.origin),
      guard({
        origin: config.origin,
        identify,
        ownersOf: ownersIn(store, known),
        recordRead: (reader, rule, object) => recordRead(log, reader, rule, object),
        addressOf,
        now,
      }),
    ],
    routes: accessRoutes({ store, auth, forgetKeys: identify.forget, now }),
  }
}
