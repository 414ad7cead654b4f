/**
 * The door-keeper: before any handler runs, the request has one rule, one actor, and a decision.
 * Order matters: what is cheap and needs no database comes first.
 */
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Key } from '../../language/say.ts'
import { say } from '../../language/say.ts'
import { HttpProblem, notFound } from '../problem.ts'
import type { Actor, Person } from './actor.ts'
import { check, needsOwners, type Reach, type Rule } from './check.ts'
import type { Identify } from './identify.ts'
import { addressKey, Buckets, LIMITS } from './limits.ts'
import type { OwnersOf } from './owners.ts'
import { findRule, paramsOf, RULES, SMALL_BODY } from './rules.ts'
import { isCrossSite } from './same-origin.ts'

/** What a handler finds in its context (`c.get('actor')`). */
export type Guarded = {
  Variables: {
    actor: Actor
    /** `own`: a list must be narrowed to what is the actor's. */
    reach: Reach
    rule: Rule
  }
}

export type GuardDeps = {
  readonly origin: string
  readonly identify: Identify
  readonly ownersOf: OwnersOf
  /** Resolves when the read is on record; rejects, and nothing is shown, when it cannot be. */
  readonly recordRead: (reader: Person, rule: Rule, object: string) => Promise<void>
  /** Of the peer, or of the client that a trusted proxy names. */
  readonly addressOf: (c: Context) => string
  readonly now: () => number
  readonly rules?: readonly Rule[]
}

export const guard = (deps: GuardDeps): MiddlewareHandler<Guarded> => {
  const { origin, identify, ownersOf, recordRead, addressOf, now, rules = RULES } = deps
  const buckets = {
    ordinary: new Buckets(LIMITS.ordinary),
    public: new Buckets(LIMITS.public),
    'sign-in': new Buckets(LIMITS['sign-in']),
  }

  return async (c, next) => {
    const { method, path } = c.req
    const rule = findRule(method, path, rules)
    if (rule === undefined) throw notFound()
    const { headers } = c.req.raw
    if (isCrossSite(method, headers, origin)) throw denied('cross-site')

    const address = addressKey(addressOf(c))
    const limit = rule.limit ?? 'ordinary'
    // By address before anything is looked up; whoever is known has a bucket of their own.
    if (limit === 'sign-in' || limit === 'public') spend(buckets[limit], address, now())
    const actor = await identify(headers)
    if (limit === 'ordinary') spend(buckets[limit], nameOf(actor) ?? address, now())

    const [object = '', ...others] = Object.values(paramsOf(rule.path, path))
    // No id has a zero in it, and Postgres has no text with one.
    if ([object, ...others].some((id) => id.includes('\0'))) throw notFound()
    const owners = needsOwners(rule, actor) ? await ownersOf(rule.object, object, actor) : undefined
    const decision = check(rule, actor, owners)
    if (!decision.allowed) {
      if (decision.code === 'no-such-object') throw notFound()
      throw denied(decision.code)
    }
    // Reading one's own is nobody else's business.
    if (rule.personal === true && decision.reach === 'all' && actor.kind === 'person')
      await recordRead(actor, rule, object)

    c.set('actor', actor)
    c.set('reach', decision.reach)
    c.set('rule', rule)
    if (rule.streams === true) return next()
    return smallBody(c, next)
  }
}

const smallBody = bodyLimit({
  maxSize: SMALL_BODY,
  onError: () => {
    throw new HttpProblem('too-large', say('problem.too-large', { most: SMALL_BODY }))
  },
})

const spend = (buckets: Buckets, key: string, nowMs: number): void => {
  const waitMs = buckets.take(key, nowMs)
  if (waitMs === 0) return
  const seconds = Math.ceil(waitMs / 1000)
  throw new HttpProblem('too-often', say('access.too-often', { seconds }), {
    'retry-after': String(seconds),
  })
}

const nameOf = (actor: Actor): string | undefined => {
  if (actor.kind === 'person') return `person ${actor.id}`
  return actor.kind === 'producer' ? `key ${actor.key}` : undefined
}

type Denial = 'sign-in-needed' | 'not-allowed' | 'scope-missing' | 'cross-site'

const denied = (code: Denial): HttpProblem =>
  new HttpProblem(code, say(`access.${code}` satisfies Key))
