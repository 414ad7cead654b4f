/** Whose an order or a complaint is, as its event says: so that consumers reach their own. */
import type { Matter } from '../store/sql/matters.ts'
import type { AssayEvent } from '../vocabulary/index.ts'

export const matterOf = (event: AssayEvent): Matter | undefined => {
  const at = event.subject === undefined ? {} : { broadcast: event.subject }
  if (event.type === 'live.order.placed') {
    const { order, buyer, merchant } = event.data
    return { ...at, kind: 'order', matter: order, merchant, consumer: buyer }
  }
  if (event.type === 'live.complaint.lodged') {
    const { complaint, consumer, against } = event.data
    return { ...at, kind: 'complaint', matter: complaint, merchant: against, consumer }
  }
  return undefined
}
