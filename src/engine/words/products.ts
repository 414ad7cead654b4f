/**
 * Which product a sentence on air speaks of. Named by what stands in its title alone, then or
 * shortly before; the only product of the room where there is one. Not knowing is an answer: a
 * claim is never held against the wrong dossier.
 */
import type { Listing } from '../../detectors/tables/words.ts'
import { normalise } from '../../wording/normalise.ts'
import type { Said } from './desk.ts'

/** A host goes on about a product without naming it again for so long. */
const TOPIC_MS = 90_000
/** Pieces of a title that a sentence must share, two characters or one Latin word each. */
const LEAST_SHARED = 2

/** For each of `said`, in order of time, the product it speaks of; undefined where that is open. */
export const productsSpokenOf = (
  said: readonly Said[],
  listings: readonly Listing[],
): (string | undefined)[] => {
  const products = [...new Set(listings.map(({ product }) => product))]
  if (products.length <= 1) return said.map(({ listing }) => listing?.product ?? products[0])
  const owners = ownersOf(listings)
  let topic: { product: string; at: number } | undefined
  return said.map(({ text, at, place, listing }) => {
    if (listing !== undefined) return listing.product
    if (place !== 'caption') return named(text, owners)
    const product = named(text, owners)
    if (product !== undefined) topic = { product, at }
    else if (topic !== undefined && at - topic.at > TOPIC_MS) topic = undefined
    return topic?.product
  })
}

/** Pieces of titles by the product that alone has them. */
const ownersOf = (listings: readonly Listing[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, string | null>()
  for (const { product, title } of listings)
    for (const piece of piecesOf(title)) {
      const owner = owners.get(piece)
      owners.set(piece, owner === undefined || owner === product ? product : null)
    }
  const alone = new Map<string, string>()
  for (const [piece, owner] of owners) if (owner !== null) alone.set(piece, owner)
  return alone
}

const named = (text: string, owners: ReadonlyMap<string, string>): string | undefined => {
  const shared = new Map<string, number>()
  for (const piece of piecesOf(text)) {
    const owner = owners.get(piece)
    if (owner !== undefined) shared.set(owner, (shared.get(owner) ?? 0) + 1)
  }
  const [first, second] = [...shared].sort((a, b) => b[1] - a[1])
  if (first === undefined || first[1] < LEAST_SHARED || first[1] === second?.[1]) return undefined
  return first[0]
}

const piecesOf = (text: string): Set<string> => {
  const pieces = new Set<string>()
  for (const run of normalise(text).text.match(/\p{Script=Han}+|[a-z]{3,}|\d{2,}/gu) ?? []) {
    if (!/\p{Script=Han}/u.test(run)) pieces.add(run)
    else for (let i = 0; i + 2 <= run.length; i += 1) pieces.add(run.slice(i, i + 2))
  }
  return pieces
}
