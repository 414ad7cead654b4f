/**
 * What became of the complaints about one product, for the summary of a group case (row M26-20a).
 *
 * Handled means that the consumer confirmed it; an answer that hands the consumer on, or sends a
 * link to register somewhere else, is not handling. Two hand-overs without an owner are a breach
 * by themselves (rows M26-5, SG20-9).
 */
import type { AssayEvent } from '../vocabulary/index.ts'

export type ComplaintSummary = {
  readonly product: string
  readonly complaints: number
  readonly consumers: number
  readonly handled: number
  /** Ten-thousandths of the complaints; null where there is none. */
  readonly handledBps: number | null
  /** Complaints handed on twice or more and confirmed by nobody. */
  readonly passedOn: readonly string[]
}

type Complaint = { consumer: string; handOvers: number; isConfirmed: boolean }

/**
 * Counts each complaint about the product, or about one of `orders`, once, however often its events
 * are repeated.
 */
export const complaintsAbout = (
  product: string,
  events: Iterable<AssayEvent>,
  orders: ReadonlySet<string> = new Set(),
): ComplaintSummary => {
  const complaints = new Map<string, Complaint>()
  const answers: AssayEvent[] = []
  const seen = new Set<string>()
  for (const event of events) {
    const key = `${event.source} ${event.id}`
    if (!event.type.startsWith('live.complaint.') || seen.has(key)) continue
    seen.add(key)
    if (event.type === 'live.complaint.lodged') {
      const { complaint, consumer, product: about, order } = event.data
      const isAbout = about === product || (order !== undefined && orders.has(order))
      if (isAbout && !complaints.has(complaint))
        complaints.set(complaint, { consumer, handOvers: 0, isConfirmed: false })
    } else answers.push(event)
  }
  for (const event of answers) follow(event, complaints)
  const all = [...complaints]
  const handled = all.filter(([, { isConfirmed }]) => isConfirmed).length
  return {
    product,
    complaints: all.length,
    consumers: new Set(all.map(([, { consumer }]) => consumer)).size,
    handled,
    handledBps: all.length === 0 ? null : Math.floor((handled * 10_000) / all.length),
    passedOn: all
      .filter(([, { handOvers, isConfirmed }]) => handOvers >= 2 && !isConfirmed)
      .map(([id]) => id),
  }
}

const follow = (event: AssayEvent, complaints: ReadonlyMap<string, Complaint>) => {
  if (event.type === 'live.complaint.answered') {
    const complaint = complaints.get(event.data.complaint)
    if (complaint !== undefined && event.data.handsOverTo !== undefined) complaint.handOvers += 1
  } else if (event.type === 'live.complaint.closed') {
    const complaint = complaints.get(event.data.complaint)
    if (complaint !== undefined && event.data.confirmedByConsumer) complaint.isConfirmed = true
  }
}
