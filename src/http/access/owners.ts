/**
 * Whose the object is that a path names; undefined where there is none. A broadcast is known by its
 * events as soon as they are taken; the store learns of it with its first judgement, or later where
 * the database is away, and remembers it longer.
 */
import type { Registered } from '../../engine/live/register.ts'
import type { SqlStore } from '../../store/sql/store.ts'
import type { Actor } from './actor.ts'
import type { ObjectKind, Owners } from './check.ts'

export type OwnersOf = (kind: ObjectKind, id: string, actor: Actor) => Promise<Owners | undefined>

/** What the events of a broadcast say of it so far; undefined where none has come. */
export type KnownBroadcasts = (
  broadcast: string,
) => Pick<Registered, 'beganBy' | 'merchants' | 'sources'> | undefined

export const ownersIn = (store: SqlStore, known: KnownBroadcasts): OwnersOf => {
  const ofBroadcast = async (broadcast: string): Promise<Owners | undefined> => {
    const now = known(broadcast)
    if (now !== undefined) return { merchants: [...now.merchants], sources: [...now.sources] }
    const row = await store.broadcasts.get(broadcast)
    return row && { merchants: row.merchants, sources: row.sources }
  }
  const ofMatter = async (kind: 'order' | 'complaint', id: string, actor: Actor) => {
    const party = actor.kind === 'person' ? actor.party : null
    const owners = await store.matters.owners(kind, id, party)
    if (owners === null) return undefined
    return {
      merchants: owners.merchant === null ? [] : [owners.merchant],
      consumers: owners.isConsumer ? [party!] : [],
    }
  }
  return async (kind, id, actor) => {
    switch (kind) {
      case 'broadcast':
        return ofBroadcast(id)
      case 'recording': {
        const source = known(id)?.beganBy ?? null
        return source === null ? undefined : { sources: [source] }
      }
      case 'finding': {
        const row = await store.findings.get(id)
        return row && ofBroadcast(row.broadcast)
      }
      case 'measure': {
        const row = await store.measures.get(id)
        return row && ofBroadcast(row.broadcast)
      }
      case 'appeal': {
        const row = await store.appeals.get(id)
        return row && { merchants: row.party === null ? [] : [row.party] }
      }
      case 'order':
      case 'complaint':
        return ofMatter(kind, id, actor)
      case 'evidence-request': {
        const row = await store.evidenceRequests.get(id)
        return row && { consumers: [row.consumer] }
      }
      case 'webhook': {
        const row = await store.webhooks.get(id)
        return row && { people: [row.owner] }
      }
      // Nobody's own: whoever may reach one reaches all.
      case 'none':
      case 'many':
      case 'room':
      case 'note':
      case 'ingest-key':
      case 'person':
        return undefined
      default:
        return kind satisfies never
    }
  }
}
