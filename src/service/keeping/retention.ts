/**
 * Retention enforced everywhere at once (obligations table §11.1): the archive computes from the law
 * and the ledger until when each group of events is kept, and by which holds; what is due leaves the
 * vault, names of viewers leave their room, and a broadcast of which nothing is kept leaves the
 * database, the rooms and the memory too.
 *
 * The database has the end of each broadcast (the latest of its groups) and its holds written beside
 * it, and asks them again before it deletes: two locks on one door.
 */
import { expire, keptIn } from '../../archive/expire.ts'
import type { KeptGroup } from '../../archive/due.ts'
import type { Facts } from '../../archive/facts.ts'
import { enforceRetention, type Plan, type StandingHold } from '../../store/sql/retention.ts'
import { OUR_SOURCE } from '../our-events.ts'
import type { KeepingPorts } from './ports.ts'

/** Killed in between, it goes on with the next run. @returns broadcasts of which nothing is left */
export const enforce = async (ports: KeepingPorts, at: number): Promise<readonly string[]> => {
  const { archive, store, keyRooms, snapshots, desk } = ports
  for (const room of await store.retention.keyRooms()) keyRooms.add(room)
  const { plans, holds } = planOf(keptIn(archive, at), archive.facts)
  await store.retention.plan(plans)
  await store.retention.hold(holds, at)
  const { groups, forgotten } = await expire(archive, at, OUR_SOURCE)
  const erased = await enforceRetention(store.sql, store.keys, at)
  const gone = new Set([...forgotten, ...erased])
  await thin(ports, groups, gone)
  if (gone.size === 0) return []
  for (const broadcast of gone) desk.forget(broadcast)
  await snapshots.drop(gone)
  return [...gone]
}

/**
 * A broadcast may be kept for its complaint or a measure long after what its viewers did may be: then
 * the room keeps its numbers and nobody's name.
 */
const thin = async (
  { rooms, store, desk }: KeepingPorts,
  groups: readonly KeptGroup[],
  gone: ReadonlySet<string>,
): Promise<void> => {
  if (groups.length === 0) return
  const orders = new Set(groups.flatMap(({ order }) => order ?? []))
  const reviews = new Set(groups.flatMap(({ matter }) => matter ?? []))
  const thinned = new Set(
    groups.flatMap(({ kind, of }) => (kind === 'interaction' ? (of ?? []) : [])),
  )
  for (const broadcast of gone) thinned.delete(broadcast)
  await store.matters.disown('order', orders)
  await rooms.erase(thinned, { ids: null, orders, reviews })
  for (const broadcast of thinned) desk.forget(broadcast)
}

/** The end of each broadcast, null while one of its clocks is open, and every hold on part of it. */
export const planOf = (
  groups: readonly KeptGroup[],
  facts: Facts,
): { readonly plans: readonly Plan[]; readonly holds: readonly StandingHold[] } => {
  const until = new Map<string, number | null>()
  const holds = new Map<string, StandingHold>()
  for (const { of: broadcast, expiry } of groups) {
    if (broadcast === undefined) continue
    const known = until.get(broadcast)
    const isOpen = known === null || expiry.at === null
    until.set(broadcast, isOpen ? null : Math.max(known ?? 0, expiry.at))
    for (const hold of expiry.heldBy) {
      const placedAt = facts.holds.get(hold)?.placedAt ?? 0
      holds.set(JSON.stringify([hold, broadcast]), { hold, broadcast, placedAt })
    }
  }
  const plans = [...until].map(([broadcast, end]) => ({ broadcast, until: end }))
  return { plans, holds: [...holds.values()] }
}
