/** The dossier of every product that a broadcast lists, from whatever was filed about it anywhere. */
import type { Evidence, Room } from '../../detectors/room.ts'
import type { Listing } from '../../detectors/tables/words.ts'
import type { Dossier } from '../../wording/claims/dossier.ts'
import type { Claim } from '../../wording/claims/extract.ts'
import { foldTerm } from '../../wording/terms.ts'
import type { WordDesk } from './desk.ts'
import { groupBy } from './group-by.ts'

export const dossiersOf = (room: Room, { files }: Evidence): ReadonlyMap<string, Dossier> => {
  const dossiers = new Map<string, Dossier>()
  for (const [product, list] of groupBy(listingsOf(room, files.listings), (each) => each.product)) {
    const last = list.at(-1)!
    const filed = files.documents.get(product)
    const listed = list.flatMap(({ documents }) => documents ?? [])
    const isKnown = filed !== undefined || list.some(({ documents }) => documents !== undefined)
    dossiers.set(product, {
      product,
      title: last.title,
      category: last.category,
      event: last.event,
      claims: list.flatMap(({ claims }) => claims),
      documents: isKnown ? [...listed, ...(filed ?? [])] : undefined,
      tests: files.tests.filter((test) => test.product === product),
      prices: files.prices.get(product) ?? [],
    })
  }
  return dossiers
}

/** Sales are the room's, whatever they were of. */
export const ledgerOf = (room: Room, sold: Dossier['sold']): Dossier => ({
  product: '',
  title: room.title,
  category: '',
  event: room.startedBy,
  claims: [],
  documents: undefined,
  tests: [],
  prices: [],
  sold,
})

/** Listings of the broadcast, and those outside any of a product that it lists or orders. */
export const listingsOf = (room: Room, listings: readonly Listing[]): Listing[] => {
  const own = new Set(
    listings.filter(({ broadcast }) => broadcast === room.broadcast).map((each) => each.product),
  )
  return listings.filter(
    ({ broadcast, product }) =>
      broadcast === room.broadcast || (broadcast === '' && own.has(product)),
  )
}

/** The one product whose papers or reports speak of what is claimed. */
export const onlyOneWith = (
  claim: Claim,
  dossiers: ReadonlyMap<string, Dossier>,
  { claims: table }: WordDesk,
): string | undefined => {
  if (claim.about === '' || claim.attribute === 'price' || claim.attribute === 'sales')
    return undefined
  const fitting = [...dossiers.values()].filter((dossier) => {
    const texts = [
      dossier.title,
      ...dossier.claims.flatMap(({ attribute, text, value }) => [attribute, text, `${value}`]),
      ...dossier.tests.map(({ attribute }) => attribute),
    ]
    return texts.some((text) =>
      table.marks.find(normalised(text)).some(({ value }) => {
        if (value.kind === 'level') return value.ladder === claim.about
        return 'id' in value && value.id === claim.about
      }),
    )
  })
  return fitting.length === 1 ? fitting[0]!.product : undefined
}

const normalised = (text: string) => foldTerm(text.replace(/[_-]+/g, ' '))
