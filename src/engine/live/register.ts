/**
 * Who and what belongs to a broadcast, as its events say: the room, the merchants and who actually
 * sells, what was promised, how many complained. Small, kept for every broadcast on air, and needed
 * by the door (whose is it?) and by the public page (M26 Art. 26: the actual seller is shown).
 */
import type { AssayEvent } from '../../vocabulary/index.ts'

export type Registered = {
  room: string
  category: string
  /** Source of the event that began it: the first one's, whoever else says so later. */
  beganBy: string | null
  startedAt: string | null
  endedAt: string | null
  readonly hosts: Set<string>
  readonly merchants: Set<string>
  readonly sources: Set<string>
  /** Who actually sells, where it is stated apart from the merchant. */
  readonly sellers: Set<string>
  /** By promise id; the public page shows them. */
  readonly promises: Map<string, { product: string; kind: string; text: string }>
  complaints: number
  /** Of the journal, after the last of its events: what was judged before is not the last word. */
  position: number
}

/** Bounds of what one broadcast may make us keep: an adversary writes these events too. */
const MOST = 1_000

export class Register {
  readonly #broadcasts = new Map<string, Registered>()
  /** Newest broadcast of each room. */
  readonly #rooms = new Map<string, string>()
  readonly #changed = new Set<string>()

  /** @param position of the journal, with the event before it */
  take(event: AssayEvent, position: number): void {
    const { subject } = event
    if (subject === undefined) return
    const known = this.#of(subject)
    if (known.position !== position) {
      known.position = position
      this.#changed.add(subject)
    }
    if (!known.sources.has(event.source)) this.#add(known.sources, event.source, subject)
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types say nothing here
    switch (event.type) {
      case 'live.broadcast.started':
        known.room = event.data.room
        known.beganBy ??= event.source
        known.category = event.data.category ?? ''
        known.startedAt = event.time
        for (const { account } of event.data.hosts) this.#add(known.hosts, account, subject)
        this.#rooms.set(known.room, subject)
        break
      case 'live.broadcast.ended':
        known.endedAt = event.time
        break
      case 'live.product.listed':
        this.#add(known.merchants, event.data.merchant, subject)
        this.#add(known.sellers, event.data.seller ?? event.data.merchant, subject)
        break
      case 'live.order.placed':
        this.#add(known.merchants, event.data.merchant, subject)
        break
      case 'live.promise.made': {
        const { promise, product, kind, text } = event.data
        if (known.promises.size < MOST) known.promises.set(promise, { product, kind, text })
        break
      }
      case 'live.complaint.lodged':
        known.complaints += 1
        break
      default:
        return
    }
    this.#changed.add(subject)
  }

  get(broadcast: string): Registered | undefined {
    return this.#broadcasts.get(broadcast)
  }

  /** The broadcast that a room is airing, or aired last. */
  inRoom(room: string): string | undefined {
    return this.#rooms.get(room)
  }

  get size(): number {
    return this.#broadcasts.size
  }

  /** Every broadcast, and the position after the last of its events. */
  *positions(): Generator<readonly [string, number]> {
    for (const [broadcast, { position }] of this.#broadcasts) yield [broadcast, position]
  }

  /** What changed since the last call. */
  *changed(): Generator<readonly [string, Registered]> {
    for (const broadcast of this.#changed) yield [broadcast, this.#broadcasts.get(broadcast)!]
    this.#changed.clear()
  }

  /** Brings back what was put away. */
  load(broadcast: string, registered: Registered): void {
    this.#broadcasts.set(broadcast, registered)
    const newest = this.#rooms.get(registered.room)
    const since = newest === undefined ? null : this.#broadcasts.get(newest)?.startedAt
    if (since == null || (registered.startedAt ?? '') >= since)
      this.#rooms.set(registered.room, broadcast)
  }

  #of(broadcast: string): Registered {
    let known = this.#broadcasts.get(broadcast)
    if (known === undefined) {
      known = {
        room: broadcast,
        category: '',
        beganBy: null,
        startedAt: null,
        endedAt: null,
        hosts: new Set(),
        merchants: new Set(),
        sources: new Set(),
        sellers: new Set(),
        promises: new Map(),
        complaints: 0,
        position: 0,
      }
      this.#broadcasts.set(broadcast, known)
    }
    return known
  }

  #add(set: Set<string>, value: string, broadcast: string): void {
    if (set.size >= MOST || set.has(value)) return
    set.add(value)
    this.#changed.add(broadcast)
  }
}
