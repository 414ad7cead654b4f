/** Rings within one affair: orders that two independent links tie to a crowd of other buyers. */
import { absenceBans, flagsOf, linkBans, RING_BANS, sightings, type Links } from './order-links.ts'
import type { Room } from './room.ts'
import type { OrderTable } from './tables/orders.ts'

/** Fewest members, and least share of the affair's orders, that make a ring. */
const ENOUGH_MEMBERS = 8
const ENOUGH_SHARE = 0.002

export type Rings = {
  readonly sighted: Uint8Array
  readonly bans: Float64Array
  /** 1 for a member; all 0 where there are too few to be anything but chance. */
  readonly ring: Uint8Array
}

/** Looks for rings among `rows`, the sold orders of one affair. O(rows). */
export const ringOf = (
  orders: OrderTable,
  links: Links,
  room: Room | undefined,
  rows: Uint32Array,
): Rings => {
  const sighted = sightings(orders, room, rows)
  const flags = Array.from(rows, (row) => flagsOf(orders, links, row))
  let unlinked = 0
  let unseen = 0
  for (let i = 0; i < rows.length; i += 1) {
    if (sighted[i] === 0 || flags[i]!.payer || flags[i]!.device) continue
    unlinked += 1
    if (sighted[i] === 2) unseen += 1
  }
  const absence = absenceBans(unseen, unlinked)
  const bans = Float64Array.from(flags, (flag, i) => linkBans(flag, sighted[i] === 2 ? absence : 0))
  const ring = Uint8Array.from(bans, (weight) => (weight >= RING_BANS ? 1 : 0))
  const members = ring.reduce((sum, is) => sum + is, 0)
  if (members < Math.max(ENOUGH_MEMBERS, ENOUGH_SHARE * rows.length)) ring.fill(0)
  return { sighted, bans, ring }
}
