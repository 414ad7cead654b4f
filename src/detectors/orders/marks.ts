/**
 * The marks of a staged order, each rare among honest ones, and the rings of orders that carry two
 * independent ones: tied to a crowd of buyers by a payer or a device, given back at once without a
 * reason before anything was shipped, made by somebody who never came to the room (obligations
 * table §8.3, "funding", "buyers", "refund").
 *
 * A mark belongs to the buyer: it holds for his other orders of the affair too. Common address or
 * IP is one mark together, and neither alone, nor with any single other, makes a ring.
 */
import { CROWD, isCrowd, type Links } from './links.ts'
import { isBackAtOnce } from './reasons.ts'
import { SEEN, sightings, UNSEEN } from './sightings.ts'
import type { Room } from '../room.ts'
import type { OrderTable } from '../tables/orders.ts'

export const PAYER = 1
export const DEVICE = 2
export const PREMISES = 4
export const AT_ONCE = 8
export const ABSENT = 16
/** Beside PAYER, and less than it: everything that he pays for goes to one address. */
const ONE_PLACE = 32
/** The marks that single an order out without a look into the room. */
const OWN = PAYER | DEVICE | AT_ONCE

/** What a mark weighs for a staged order against an honest one, in bans. */
const BANS = { payer: 0.8, payerOfOnePlace: 0.4, device: 1, premises: 0.3 } as const
/** Share of staged orders that show a mark whose honest share is measured; and its most, in bans. */
const STAGED_SHARE = 0.8
const MOST_BANS = 0.8

/** Two independent marks at least, one of them of its own. */
const RING_BANS = 1.5
/** Fewest members, and least share of the affair's orders, that make a ring. */
const ENOUGH_MEMBERS = 8
const ENOUGH_SHARE = 0.002

export type Marked = {
  readonly sighted: Uint8Array
  /** Bits: PAYER, DEVICE, PREMISES, AT_ONCE, ABSENT, ONE_PLACE. */
  readonly marks: Uint8Array
  /** What the marks of the order weigh together, bans. */
  readonly bans: Float64Array
  /** Share of buyers without a mark of their own who were not seen. */
  readonly absentShare: number
  /** 1 for a member; all 0 where there are too few to be anything but chance. */
  readonly ring: Uint8Array
}

/** Marks `rows`, the sold orders of one affair. O(rows). */
export const marksOf = (
  orders: OrderTable,
  links: Links,
  room: Room | undefined,
  rows: Uint32Array,
): Marked => {
  const sighted = sightings(orders, room, rows)
  const marks = markBuyers(orders, links, rows)
  const absent = (isMarked: boolean) =>
    share(marks, (mark, i) =>
      sighted[i] === 0 || ((mark & OWN) !== 0) !== isMarked ? undefined : sighted[i] === UNSEEN,
    )
  // What absence adds to another mark: nothing where those so marked are absent no more often.
  const absentShare = absent(false)
  const absentBans = measured(Math.min(STAGED_SHARE, absent(true)), absentShare)
  const atOnceBans = measured(STAGED_SHARE, atOnceShare(marks, sighted))
  for (let i = 0; i < marks.length; i += 1) if (sighted[i] === UNSEEN) marks[i]! |= ABSENT
  const bans = Float64Array.from(marks, (mark) => bansOf(mark, atOnceBans, absentBans))
  const ring = ringOf(orders, rows, bans)
  return { sighted, marks, bans, absentShare, ring }
}

/** The marks of each order, and with them those of its buyer's other orders. */
const markBuyers = (orders: OrderTable, links: Links, rows: Uint32Array): Uint8Array => {
  const { payer, device, address, ip, buyer } = orders.columns
  const ofBuyer = new Map<number, number>()
  const marks = Uint8Array.from(rows, (row) => {
    const mark =
      payerMark(links, payer[row]!) |
      (isCrowd(links.device, device[row]!) ? DEVICE : 0) |
      (isBackAtOnce(orders, row) ? AT_ONCE : 0)
    if (mark > 0) ofBuyer.set(buyer[row]!, mark | (ofBuyer.get(buyer[row]!) ?? 0))
    const isShared = isCrowd(links.address, address[row]!) || isCrowd(links.ip, ip[row]!)
    return mark | (isShared ? PREMISES : 0)
  })
  ofBuyer.delete(0)
  return marks.map((mark, i) => mark | (ofBuyer.get(buyer[rows[i]!]!) ?? 0))
}

const payerMark = (links: Links, payer: number): number => {
  if (!isCrowd(links.payer, payer)) return 0
  return links.onePlace[payer - 1] === 1 ? PAYER | ONE_PLACE : PAYER
}

/** Share for which `test` holds, with one of each added; undefined leaves an order out. */
const share = (
  marks: Uint8Array,
  test: (mark: number, index: number) => boolean | undefined,
): number => {
  let [yes, all] = [0, 0]
  for (let i = 0; i < marks.length; i += 1) {
    const is = test(marks[i]!, i)
    if (is === undefined) continue
    all += 1
    if (is) yes += 1
  }
  return (yes + 1) / (all + 2)
}

/** How often honest buyers take their money back at once: those seen in the room, else anybody. */
const atOnceShare = (marks: Uint8Array, sighted: Uint8Array): number => {
  const isKnown = sighted.includes(SEEN)
  return share(marks, (mark, i) =>
    (isKnown && sighted[i] !== SEEN) || (mark & (PAYER | DEVICE)) !== 0
      ? undefined
      : (mark & AT_ONCE) !== 0,
  )
}

const measured = (staged: number, honest: number): number =>
  Math.min(MOST_BANS, Math.max(0, Math.log10(staged / honest)))

/**
 * A payer explains a common address (an office that orders together), and whoever pays, or holds
 * the phone, for many takes back for many in one decision: there only the payer or device counts.
 */
const bansOf = (mark: number, atOnceBans: number, absentBans: number): number => {
  const isTied = (mark & (PAYER | DEVICE)) !== 0
  return (
    payerBans(mark) +
    ((mark & DEVICE) !== 0 ? BANS.device : 0) +
    ((mark & PREMISES) !== 0 && (mark & PAYER) === 0 ? BANS.premises : 0) +
    ((mark & AT_ONCE) !== 0 && !isTied ? atOnceBans : 0) +
    ((mark & ABSENT) !== 0 ? absentBans : 0)
  )
}

const payerBans = (mark: number): number => {
  if ((mark & PAYER) === 0) return 0
  return (mark & ONE_PLACE) === 0 ? BANS.payer : BANS.payerOfOnePlace
}

const ringOf = (orders: OrderTable, rows: Uint32Array, bans: Float64Array): Uint8Array => {
  const ring = Uint8Array.from(bans, (weight) => (weight >= RING_BANS ? 1 : 0))
  const members = rows.filter((_, i) => ring[i] === 1)
  const buyers = new Set(Array.from(members, (row) => orders.columns.buyer[row]!))
  const enough = Math.max(ENOUGH_MEMBERS, ENOUGH_SHARE * rows.length)
  return members.length < enough || buyers.size < CROWD ? ring.fill(0) : ring
}
