/**
 * What the words of a broadcast come to: claims against dossiers, words of the lexicon, criticism
 * that disappeared. A room without such material costs nothing.
 */
import type { Signal } from '../detectors/detector.ts'
import type { Evidence, Room } from '../detectors/room.ts'
import type { Policy } from '../law/policy.ts'
import type { Provision } from '../vocabulary/finding.ts'
import { correctionsIn } from '../wording/claims/corrections.ts'
import { claimSignals } from './words/claims.ts'
import { criticismSignals } from './words/criticism.ts'
import { saidIn, saidInListing, type WordDesk } from './words/desk.ts'
import { groupBy } from './words/group-by.ts'
import { listingsOf } from './words/dossiers.ts'
import { hear, phraseSignals } from './words/phrases.ts'
import { variantSignals } from './words/variants.ts'
import { productsSpokenOf } from './words/products.ts'
import { reviewSignals } from './words/reviews.ts'

export type { WordDesk } from './words/desk.ts'

/** Whether there is anything to read: the lexicon need not be loaded where there is not. */
export const hasWords = ({ rooms, files }: Evidence): boolean =>
  files.listings.length > 0 ||
  files.reviews.length > 0 ||
  [...rooms.values()].some(
    ({ title, captions, removals, mutes, hosts }) =>
      title !== '' || captions.length + removals.length + mutes.length + hosts.length > 0,
  )

/** @param orderRows orders of this broadcast */
export const weighWords = (
  room: Room,
  evidence: Evidence,
  orderRows: Uint32Array,
  desk: WordDesk,
  policy: Policy,
): Signal[] => {
  const listings = listingsOf(room, evidence.files.listings)
  const said = saidIn(
    room,
    listings.filter(({ broadcast }) => broadcast === room.broadcast),
  )
  const products = productsSpokenOf(said, listings)
  const categories = new Map(listings.map(({ product, category }) => [product, category]))
  const shared = new Set(categories.values()).size === 1 ? [...categories.values()][0] : undefined
  const categoryOf = (index: number) => categories.get(products[index] ?? '') ?? shared
  const heard = hear(said, desk, categoryOf)
  const onAir = said.filter(({ speaker, place }) => place === 'caption' && speaker !== 'viewer')
  const corrections = correctionsIn(onAir, desk.claims)
  const where = {
    broadcast: room.broadcast,
    covers: ({ id }: Provision) => policy.provisions.get(id)?.forms?.includes(room.form) !== false,
  }
  return [
    ...phraseSignals(heard, corrections, desk, where),
    ...claimSignals(
      room,
      evidence,
      said,
      (index) => products[index],
      corrections,
      heard,
      soldIn(evidence, orderRows),
      desk,
    ),
    ...criticismSignals(room, desk.stance),
  ]
}

/** What belongs to no broadcast: listings of a shop, and reviews. */
export const weighFiles = (evidence: Evidence, desk: WordDesk): Signal[] => {
  const apart = evidence.files.listings.filter(({ broadcast }) => broadcast === '')
  const byMerchant = groupBy(apart, ({ merchant }) => merchant)
  const phrases = [...byMerchant].flatMap(([merchant, listings]) => {
    const said = listings.flatMap(saidInListing)
    const heard = hear(said, desk, (index) => said[index]!.listing?.category)
    return phraseSignals(heard, [], desk, { merchant, covers: () => true })
  })
  return [...phrases, ...variantSignals(evidence, desk), ...reviewSignals(evidence, desk.stance)]
}

/** Paid for in this broadcast; undefined where it holds no orders. */
const soldIn = ({ orders }: Evidence, rows: Uint32Array) => {
  if (rows.length === 0) return undefined
  let [fen, pieces] = [0, 0]
  for (const row of rows) {
    const { paid, total, quantity } = orders.columns
    const amount = Number.isNaN(paid[row]!) ? total[row]! : paid[row]!
    fen += Number.isNaN(amount) ? 0 : amount
    pieces += Math.max(1, quantity[row]!)
  }
  return { fen, pieces }
}
