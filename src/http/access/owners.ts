/** Whose the object is that a path names, looked up in the store; undefined where there is none. */
import type { SqlStore } from '../../store/sql/store.ts'
import type { Actor } from './actor.ts'
import type { ObjectKind, Owners } from './check.ts'

export type OwnersOf = (kind: ObjectKind, id: string, actor: Actor) => Promise<Owners | undefined>

/** @param beganBy source of the event that began a broadcast; undefined where none has come */
export const ownersIn = (
  store: SqlStore,
  beganBy: (broadcast: string) => string | undefined,
): OwnersOf => {
  const ofBroadcast = async (broadcast: string): Promise<Owners | undefined> => {
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
        const source = beganBy(id)
        return source === undefined ? undefined : { sources: [source] }
      }
      case 'finding': {
        const row = await store.findings.get(id)
        return row && ofBroadcast(row.broadcast)
      }
      case 'measure': {
        const row = await store.measures.get(id)
        return row && ofBroadcast(row.broadcast)
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
