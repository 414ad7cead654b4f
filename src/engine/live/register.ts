/**
 * Who and what belongs to a broadcast, as its events say: the room, the merchants and who actually
 * sells, what was promised, how many complained. Needed by the door (whose is it?) and by the public
 * page (M26 Art. 26: the actual seller is shown). In memory are the broadcasts on air and those asked
 * about lately (warm-map.ts), and of every room the newest: one id a room.
 */
import type { AssayEvent } from '../../vocabulary/index.ts'
import type { Form } from '../../law/policy.ts'
import { WarmMap, type Cold } from './warm-map.ts'

export type Registered = {
  room: string
  category: string
  /** Null before it began. */
  form: Form | null
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
  readonly #broadcasts: WarmMap<Registered>
  /** Newest broadcast of each room, and when it began. */
  readonly #rooms = new Map<string, { readonly broadcast: string; readonly startedAt: string }>()

  /** @param cold what was put away; all of it is looked through once, for the newest of each room */
  constructor(cold?: Cold<Registered>) {
    this.#broadcasts = new WarmMap(cold)
    for (const [broadcast, { room, startedAt }] of this.#broadcasts.entries())
      if ((startedAt ?? '') >= (this.#rooms.get(room)?.startedAt ?? ''))
        this.#rooms.set(room, { broadcast, startedAt: startedAt ?? '' })
  }

  /** @param position of the journal, with the event before it */
  take(event: AssayEvent, position: number): void {
    const { subject } = event
    if (subject === undefined) return
    const known = this.#of(subject)
    if (known.position !== position) {
      known.position = position
      this.#broadcasts.touch(subject)
    }
    if (!known.sources.has(event.source)) this.#add(known.sources, event.source, subject)
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types say nothing here
    switch (event.type) {
      case 'live.broadcast.started':
        known.room = event.data.room
        known.beganBy ??= event.source
        known.category = event.data.category ?? ''
        known.form = event.data.form
        known.startedAt = event.time
        for (const { account } of event.data.hosts) this.#add(known.hosts, account, subject)
        this.#rooms.set(known.room, { broadcast: subject, startedAt: event.time })
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
    this.#broadcasts.touch(subject)
  }

  get(broadcast: string): Registered | undefined {
    return this.#broadcasts.get(broadcast)
  }

  /** The broadcast that a room is airing, or aired last. */
  inRoom(room: string): string | undefined {
    return this.#rooms.get(room)?.broadcast
  }

  /** In memory. */
  get size(): number {
    return this.#broadcasts.size
  }

  /** Every broadcast, and the position after the last of its events. */
  *positions(): Generator<readonly [string, number]> {
    for (const [broadcast, { position }] of this.#broadcasts.entries()) yield [broadcast, position]
  }

  /** What changed since the last call. */
  changed(): Iterable<readonly [string, Registered]> {
    return this.#broadcasts.changed()
  }

  /** The broadcast is at rest: it may leave memory once it was put away. */
  rest(broadcast: string): void {
    this.#broadcasts.rest(broadcast)
  }

  /** What changed was put away. */
  cool(): void {
    this.#broadcasts.cool()
  }

  /** Nothing is kept of the broadcast any more. */
  drop(broadcast: string): void {
    const room = this.#broadcasts.get(broadcast)?.room ?? broadcast
    if (this.#rooms.get(room)?.broadcast === broadcast) this.#rooms.delete(room)
    this.#broadcasts.drop(broadcast)
  }

  /** Takes persons out of a broadcast. */
  erase(broadcast: string, ids: ReadonlySet<string>): void {
    const known = this.#broadcasts.get(broadcast)
    if (known === undefined) return
    for (const id of ids)
      for (const set of [known.hosts, known.merchants, known.sellers]) set.delete(id)
    this.#broadcasts.touch(broadcast)
  }

  #of(broadcast: string): Registered {
    return this.#broadcasts.use(broadcast, () => ({
      room: broadcast,
      category: '',
      form: null,
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
    }))
  }

  /** An account that was erased is missing. */
  #add(set: Set<string>, value: string | undefined, broadcast: string): void {
    if (value === undefined || set.size >= MOST || set.has(value)) return
    set.add(value)
    this.#broadcasts.touch(broadcast)
  }
}
