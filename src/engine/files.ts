/**
 * What is filed about goods, and reviews of them: events of a broadcast or of none. Rare beside
 * likes and heartbeats; any order of the same events gives the same files.
 */
import type { Evidence } from '../detectors/room.ts'
import type { Files } from '../detectors/tables/words.ts'
import { parseTime, type AssayEvent } from '../vocabulary/index.ts'

/** `at` is the time of the event, ms. */
export const file = ({ files, offers }: Evidence, event: AssayEvent, at: number): void => {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types file nothing
  switch (event.type) {
    case 'live.product.listed': {
      const { product, merchant, title, category, claims = [], documents } = event.data
      files.listings.push({
        event: event.id,
        broadcast: event.subject ?? '',
        at,
        product,
        merchant,
        title,
        category,
        claims,
        documents: documents?.map(({ kind, validUntil }) => ({
          event: event.id,
          kind,
          validUntil: validUntil === undefined ? undefined : parseTime(validUntil),
        })),
      })
      break
    }
    case 'live.test.reported': {
      const { product, laboratory, attribute, value, unit } = event.data
      files.tests.push({ event: event.id, at, product, laboratory, attribute, value, unit })
      break
    }
    case 'live.document.filed': {
      const { product, kind, validUntil } = event.data
      if (product === undefined) break
      const filed = { event: event.id, kind, validUntil: parseTime(validUntil) }
      listAt(files.documents, product).push(filed)
      break
    }
    case 'live.price.set':
      listAt(files.prices, event.data.product).push({
        event: event.id,
        priceFen: event.data.price,
      })
      offers?.events.push(event)
      break
    case 'live.promise.made':
    case 'live.coupon.issued':
    case 'live.product.withdrawn':
      offers?.events.push(event)
      break
    case 'live.review.posted': {
      const { review, order, text } = event.data
      const { reviews } = files
      const row = reviews.rowOf(review)
      const c = reviews.columns
      if (c.at[row]! <= at) break
      c.at[row] = at
      c.text[row] = reviews.texts.internIfKnown(text) + 1
      if (order !== undefined) c.order[row] = reviews.orders.intern(order) + 1
      break
    }
    case 'live.review.removed': {
      const { reviews } = files
      const row = reviews.rowOf(event.data.review)
      const c = reviews.columns
      // Removed twice: the first removal, and its reason, stand.
      if (c.removedAt[row]! <= at) break
      c.removedAt[row] = at
      c.reason[row] = reviews.reasons.internIfKnown(event.data.reason) + 1
      break
    }
    default:
  }
}

/** Puts the lists in an order that does not depend on that of the events. */
export const settle = ({ listings, tests, documents, prices }: Files): void => {
  listings.sort((a, b) => a.at - b.at || compare(a.event, b.event))
  tests.sort((a, b) => a.at - b.at || compare(a.event, b.event))
  for (const lists of [documents, prices])
    for (const list of lists.values())
      list.sort((a: { event: string }, b: { event: string }) => compare(a.event, b.event))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const listAt = <T>(map: Map<string, T[]>, key: string): T[] => {
  let list = map.get(key)
  if (list === undefined) map.set(key, (list = []))
  return list
}
