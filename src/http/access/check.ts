/**
 * One rule, one actor, one object: allowed or not, and why not. Pure, so that a test can walk all
 * routes × roles × other people's objects. What no rule names is refused.
 */
import type { LimitName } from './limits.ts'
import {
  speaksFor,
  standingOf,
  type Actor,
  type KeyScope,
  type Producer,
  type Standing,
} from './actor.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `all`: every object of the kind. `own`: only those whose owners name the actor's party. */
export type Reach = 'all' | 'own'

export type Rule = {
  readonly method: Method
  /** `/v1/broadcasts/:broadcast/findings`; a last `*` stands for one or more segments. */
  readonly path: string
  /**
   * `none`: the route concerns no object. `many`: a list, which the handler must narrow to `reach`.
   * Otherwise the kind of the one object that the path names, whose owners decide about `own`.
   */
  readonly object: ObjectKind
  /** Who is not named may not; what `anyone` may, everybody may. */
  readonly may: Readonly<Partial<Record<Standing, Reach>>>
  /** What a producer's key must be allowed to do. */
  readonly scope?: KeyScope
  /** The answer identifies people: the read is recorded as an event before it is answered. */
  readonly personal?: true
  /** `ordinary` where absent; `own` where the handler has a measure of its own. */
  readonly limit?: LimitName | 'own'
  /** The handler reads the body piece by piece and bounds it itself; else SMALL_BODY is the bound. */
  readonly streams?: true
}

export type ObjectKind =
  | 'none'
  | 'many'
  | 'broadcast'
  /** Of the one broadcast, whose only owner is the source that began it. */
  | 'recording'
  | 'room'
  | 'finding'
  | 'measure'
  | 'appeal'
  | 'order'
  | 'complaint'
  | 'evidence-request'
  | 'webhook'
  | 'ingest-key'
  | 'note'
  | 'person'

/** Whose an object is. Ids as the events name them; an empty list is nobody's. */
export type Owners = {
  readonly merchants?: readonly string[]
  readonly consumers?: readonly string[]
  /** Sources of the events that it came from. */
  readonly sources?: readonly string[]
  /** Ids of persons (accounts of this service). */
  readonly people?: readonly string[]
}

export type Decision =
  | { readonly allowed: true; readonly reach: Reach }
  | {
      readonly allowed: false
      readonly status: 401 | 403 | 404
      readonly code: 'sign-in-needed' | 'not-allowed' | 'scope-missing' | 'no-such-object'
    }

/**
 * `owners` is asked for only where the actor reaches its own, and is undefined where the object does
 * not exist. Somebody else's object and one that does not exist are not told apart.
 */
export const check = (rule: Rule, actor: Actor, owners?: Owners): Decision => {
  const reach = reachOf(rule, actor)
  if (reach === undefined)
    return actor.kind === 'anyone' ? refused(401, 'sign-in-needed') : refused(403, 'not-allowed')
  if (rule.may.anyone === undefined && actor.kind === 'producer' && !inScope(rule, actor))
    return refused(403, 'scope-missing')
  if (needsOwners(rule, actor) && (owners === undefined || !owns(actor, owners)))
    return refused(404, 'no-such-object')
  return { allowed: true, reach }
}

/** Whether the decision rests on whose the object is. */
export const needsOwners = (rule: Rule, actor: Actor): boolean =>
  reachOf(rule, actor) === 'own' && rule.object !== 'none' && rule.object !== 'many'

const reachOf = (rule: Rule, actor: Actor): Reach | undefined =>
  rule.may.anyone ?? rule.may[standingOf(actor)]

const inScope = (rule: Rule, producer: Producer): boolean =>
  rule.scope !== undefined && producer.scopes.includes(rule.scope)

/** A person without a party owns nothing that belongs to parties. */
export const owns = (actor: Actor, owners: Owners): boolean => {
  if (actor.kind === 'anyone') return false
  if (actor.kind === 'producer')
    return owners.sources?.some((source) => speaksFor(actor, source)) ?? false
  if (owners.people?.includes(actor.id) === true) return true
  if (actor.party === null) return false
  if (actor.role === 'merchant') return owners.merchants?.includes(actor.party) ?? false
  if (actor.role === 'consumer') return owners.consumers?.includes(actor.party) ?? false
  return false
}

const refused = (
  status: 401 | 403 | 404,
  code: Extract<Decision, { allowed: false }>['code'],
): Decision => ({ allowed: false, status, code })
