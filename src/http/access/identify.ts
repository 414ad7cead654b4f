/** From a request to its actor: a producer's key, or the cookie of somebody who signed in. */
import type { ingestKeyTable } from '../../store/sql/ingest-keys.ts'
import { ANYONE, KEY_SCOPES, type Actor } from './actor.ts'
import type { Auth } from './auth.ts'

/** A producer sends hundreds of batches a second; a key revoked by another process ends after this. */
const KNOWN_MS = 2_000
const MAX_KNOWN = 1_000

export type Identify = (headers: Headers) => Promise<Actor>

/** `Authorization: Bearer <ingest key>` wins over a cookie; a key that is none is anyone's. */
export const identifyBy = (
  keys: Pick<ReturnType<typeof ingestKeyTable>, 'find'>,
  auth: Pick<Auth, 'identify'>,
  now: () => number,
): Identify & { readonly forget: () => void } => {
  const known = new Map<string, { readonly actor: Actor; readonly untilMs: number }>()
  const identify = async (headers: Headers): Promise<Actor> => {
    const secret = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    if (secret === undefined) return auth.identify(headers)
    const recent = known.get(secret)
    if (recent !== undefined && recent.untilMs > now()) return recent.actor
    known.delete(secret)
    const row = await keys.find(secret, now())
    if (row === undefined) return ANYONE
    const actor: Actor = {
      kind: 'producer',
      key: row.key,
      source: row.source,
      scopes: KEY_SCOPES.filter((scope) => row.scopes.includes(scope)),
    }
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(secret, { actor, untilMs: Math.min(now() + KNOWN_MS, row.expiresAt ?? Infinity) })
    return actor
  }
  /** After a key was revoked or rotated here, so that it counts at once. */
  return Object.assign(identify, { forget: () => known.clear() })
}
