/** Who asks. Every request has exactly one actor; `identify` (identify.ts) finds out which. */
export const ROLES = [
  'inspector',
  'adjudicator',
  'merchant',
  'consumer',
  'regulator',
  'admin',
] as const
export type Role = (typeof ROLES)[number]

/**
 * What an ingest key may do. `ingest` hands events in; `read` reads what became of them; `record`
 * pushes pieces of recordings.
 */
export const KEY_SCOPES = ['ingest', 'read', 'record'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** Somebody who signed in. */
export type Person = {
  readonly kind: 'person'
  readonly id: string
  readonly role: Role
  /** The merchant or consumer that the person acts for: its id as the events name it. */
  readonly party: string | null
}

/** A producer with an ingest key; it may speak only for its own source. */
export type Producer = {
  readonly kind: 'producer'
  /** Public id of the key, never the secret. */
  readonly key: string
  /** Events must name this `source`, or one below it (`/platforms/a` allows `/platforms/a/rooms`). */
  readonly source: string
  readonly scopes: readonly KeyScope[]
}

export type Anyone = { readonly kind: 'anyone' }

export type Actor = Person | Producer | Anyone

export const ANYONE: Anyone = { kind: 'anyone' }

/** One word for the actor in the table of rules: a role, `producer` or `anyone`. */
export type Standing = Role | 'producer' | 'anyone'
export const STANDINGS: readonly Standing[] = [...ROLES, 'producer', 'anyone']

export const standingOf = (actor: Actor): Standing =>
  actor.kind === 'person' ? actor.role : actor.kind

/** Whether a producer may hand in events of this `source`. Segments are compared whole. */
export const speaksFor = (producer: Producer, source: string): boolean =>
  source === producer.source || source.startsWith(`${producer.source.replace(/\/$/, '')}/`)

/** Characters; the auth library hashes with scrypt. */
export const MIN_PASSWORD = 12
