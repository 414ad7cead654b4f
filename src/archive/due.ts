/**
 * What may go and what must stay, group by group, each with the rows of the law that say so. The
 * clocks come from the facts: the end of the broadcast, the completion of the last order made in it,
 * the last thing done in a case, the closing of an account. Pure.
 */
import {
  broadcastOfGroup,
  endOfBroadcast,
  erasedKey,
  orderOfGroup,
  type Facts,
  type GroupFacts,
} from './facts.ts'
import { holdsOn } from './holds.ts'
import { expiryOf, type Expiry, type Kept } from './retention.ts'
import type { RetentionPolicy } from './retention-table.ts'

export type KeptGroup = GroupFacts & {
  readonly key: string
  /** The broadcast that it belongs to, directly or through its order. */
  readonly of: string | undefined
  readonly expiry: Expiry
  /** It was deleted on the record after it had expired. */
  readonly isErased: boolean
}

/** Every group of the archive with its expiry as things stand at `at`; the first to go comes first. */
export const keptGroups = (
  facts: Facts,
  policy: RetentionPolicy,
  at: number,
  keyRooms: ReadonlySet<string>,
): KeptGroup[] =>
  [...facts.groups]
    .map(([key, group]) => {
      const of = broadcastOfGroup(group, facts)
      const expiry = expiryOf(keptOf(group, facts, at, keyRooms), policy)
      const erasedAt = facts.erased.get(erasedKey(group.kind, of)) ?? 0
      return { ...group, key, of, expiry, isErased: expiry.at !== null && expiry.at <= erasedAt }
    })
    .sort((x, y) => sortKey(x) - sortKey(y) || (x.key < y.key ? -1 : 1))

/** The clocks, form and holds of one group. */
export const keptOf = (
  group: GroupFacts,
  facts: Facts,
  at: number,
  keyRooms: ReadonlySet<string>,
): Kept => {
  const name = broadcastOfGroup(group, facts)
  const broadcast = name === undefined ? undefined : facts.broadcasts.get(name)
  const end = broadcast === undefined ? undefined : endOfBroadcast(broadcast, at)
  const order = orderOfGroup(group, facts)
  const orders = order === undefined ? [...(broadcast?.orders ?? [])] : [order]
  const open = orders.filter((id) => facts.orders.get(id)?.completedAt == null)
  return {
    kind: group.kind,
    form: broadcast?.form ?? 'video',
    isKeyRoom: broadcast?.room != null && keyRooms.has(broadcast.room),
    clocks: {
      ...(end !== undefined && { 'broadcast-end': end }),
      // Without a broadcast or an order, the last thing done in the matter is all that there is.
      'transaction-completion': completion(orders, open, facts, end ?? loose(group, end)),
      action: group.until,
      ...(group.account !== undefined && { exit: facts.closedAccounts.get(group.account) ?? null }),
    },
    waitsFor: open.length > 0 ? open : [name ?? group.kind],
    heldBy: holdsOn({ broadcast: group.broadcast, order, matter: group.matter }, facts),
  }
}

const loose = ({ matter, until }: GroupFacts, end: null | undefined) =>
  end === undefined && matter !== undefined ? until : end

/** Without orders there was nothing to complete, and the end of the broadcast takes its place. */
const completion = (
  orders: readonly string[],
  open: readonly string[],
  facts: Facts,
  end: number | null | undefined,
): number | null => {
  if (open.length > 0 || end === null) return null
  const completed = orders.map((id) => facts.orders.get(id)?.completedAt ?? 0)
  return orders.length === 0 ? (end ?? null) : Math.max(end ?? 0, ...completed)
}

const sortKey = ({ expiry }: { readonly expiry: Expiry }) => expiry.at ?? Number.MAX_SAFE_INTEGER
