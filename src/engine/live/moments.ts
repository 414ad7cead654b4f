/**
 * What was said and offered in a room lately, for whoever watches it: comments and their removal,
 * prices, coupons, captions, promises. Without the names of viewers; in memory only, for the ledger
 * has everything: so many of each broadcast and so many in all, the rooms that are quiet longest
 * leaving first.
 */
import type { AssayEvent } from '../../vocabulary/index.ts'

export type Moment = {
  /** Grows with every moment and change; whoever asks again asks from there. */
  readonly number: number
  readonly id: string
  /** RFC 3339. */
  readonly at: string
  readonly kind: 'comment' | 'price' | 'coupon' | 'caption' | 'promise'
  /** What was written or said; empty where it was not yet handed in. */
  readonly text: string
  readonly product: string | null
  /** Minor units, of a price. */
  readonly price: number | null
  readonly removed: {
    readonly at: string
    readonly by: string
    readonly reason: string
    readonly note: string | null
  } | null
}

/** Kept of one broadcast, of comments and of all else each; an adversary writes these events too. */
export const MOST_MOMENTS = 300
export const MOST_IN_ALL = 100_000
const MOST_TEXT = 500

type Kept = { readonly comments: Map<string, Moment>; readonly marks: Map<string, Moment> }

export class Moments {
  // In the order of their last event: a Map keeps the order of insertion.
  readonly #broadcasts = new Map<string, Kept>()
  #number = 0
  #inAll = 0

  take(event: AssayEvent): void {
    const { subject } = event
    if (subject === undefined) return
    if (event.type === 'live.comment.removed') {
      const { comment, by, reason, note = null } = event.data
      const removed = { at: event.time, by, reason, note }
      const old = this.#broadcasts.get(subject)?.comments.get(comment)
      this.#keep(subject, 'comments', { ...(old ?? blank(comment, event.time)), removed })
      return
    }
    const moment = momentOf(event)
    if (moment === null) return
    const which = moment.kind === 'comment' ? 'comments' : 'marks'
    // Its removal may have come first.
    const removed = this.#broadcasts.get(subject)?.[which].get(moment.id)?.removed ?? null
    this.#keep(subject, which, { ...moment, removed })
  }

  /** Those after a number, in the order in which they came. */
  of(broadcast: string, after: number): readonly Moment[] {
    const kept = this.#broadcasts.get(broadcast)
    if (kept === undefined) return []
    return [...kept.comments.values(), ...kept.marks.values()]
      .filter(({ number }) => number > after)
      .sort((a, b) => a.number - b.number)
  }

  /** Forgets what was said in a broadcast. */
  forget(broadcast: string): void {
    const kept = this.#broadcasts.get(broadcast)
    if (kept === undefined) return
    this.#inAll -= kept.comments.size + kept.marks.size
    this.#broadcasts.delete(broadcast)
  }

  #keep(broadcast: string, which: keyof Kept, moment: Omit<Moment, 'number'>): void {
    const kept = this.#broadcasts.get(broadcast) ?? { comments: new Map(), marks: new Map() }
    this.#broadcasts.delete(broadcast)
    this.#broadcasts.set(broadcast, kept)
    const of = kept[which]
    if (!of.has(moment.id)) this.#inAll += 1
    of.set(moment.id, { ...moment, number: (this.#number += 1) })
    if (of.size > MOST_MOMENTS) {
      of.delete(of.keys().next().value)
      this.#inAll -= 1
    }
    if (this.#inAll > MOST_IN_ALL) this.forget(this.#broadcasts.keys().next().value!)
  }
}

const blank = (id: string, at: string) =>
  ({ id, at, kind: 'comment', text: '', product: null, price: null, removed: null }) as const

const momentOf = (event: AssayEvent): Omit<Moment, 'number' | 'removed'> | null => {
  // A text that was erased is missing.
  const moment = (
    kind: Moment['kind'],
    id: string,
    text: string | undefined,
    more: Partial<Moment> = {},
  ) => ({
    id,
    at: event.time,
    kind,
    text: text?.slice(0, MOST_TEXT) ?? '',
    product: null,
    price: null,
    ...more,
  })
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are no moments
  switch (event.type) {
    case 'live.comment.posted':
      return moment('comment', event.data.comment, event.data.text)
    case 'live.price.set': {
      const { product, price, kind } = event.data
      return moment('price', event.id, kind, { product, price })
    }
    case 'live.coupon.issued':
      return moment('coupon', event.id, event.data.coupon)
    case 'live.caption.spoken':
      return moment('caption', event.id, event.data.text)
    case 'live.promise.made':
      return moment('promise', event.id, event.data.text, { product: event.data.product })
    default:
      return null
  }
}
