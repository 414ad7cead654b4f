/**
 * What the door remembers of every broadcast: who belongs to it, what was decided, what was seen and
 * what was said lately; and the shops, promises and coupons included. All of it follows the ledger; what changed is put away with each snapshot,
 * and what is at rest is read back from there (engine/live/warm-map.ts).
 */
import { deserialize, serialize } from 'node:v8'
import { ARCHIVE_SOURCE } from '../archive/archive.ts'
import { Moments } from '../engine/live/moments.ts'
import { Register, type Registered } from '../engine/live/register.ts'
import { broadcastOfCell, Repeats, type SavedCell } from '../engine/live/repeats.ts'
import type { Cold } from '../engine/live/warm-map.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { Decisions, type DecidedOf } from './decided.ts'
import { ShopsOnFile, type ShopOnFile } from './prices/on-file.ts'
import { Shelf } from './shelf.ts'

/** What lies on the shelf, by key: `cell:`, `register:`, `decided:` or `shop:` and a name. */
type Kept = SavedCell | Registered | DecidedOf | SerializedShop
/** By `v8.serialize`: a shop can be large, and is copied once. */
type SerializedShop = Uint8Array
const SHOP = 'shop:'

export class Memory {
  readonly register: Register
  readonly decisions: Decisions
  readonly moments = new Moments()
  readonly repeats: Repeats
  readonly shops = new ShopsOnFile()
  readonly #shelf: Shelf<Kept>
  readonly #now: () => number
  /** Changed and not yet put away: stays so where the disk is full. */
  readonly #changed = new Map<string, Kept>()

  private constructor(shelf: Shelf<Kept>, sign: (text: string) => string, now: () => number) {
    const cold = <T extends Kept>(prefix: string): Cold<T> => ({
      take: (name) =>
        (this.#changed.get(prefix + name) ?? shelf.take(prefix + name)) as T | undefined,
      keys: function* () {
        for (const key of shelf.keys) if (key.startsWith(prefix)) yield key.slice(prefix.length)
      },
    })
    this.#shelf = shelf
    this.#now = now
    this.register = new Register(cold<Registered>('register:'))
    this.decisions = new Decisions(sign, cold<DecidedOf>('decided:'))
    this.repeats = new Repeats(cold<SavedCell>('cell:').take)
    const shops = cold<SerializedShop>(SHOP)
    for (const platform of shops.keys())
      this.shops.load(platform, deserialize(shops.take(platform)!) as ShopOnFile)
  }

  static async open(
    folder: string,
    sign: (text: string) => string,
    now: () => number,
  ): Promise<Memory> {
    return new Memory(await Shelf.open<Kept>(folder), sign, now)
  }

  /** Everything before this position of the ledger was put away. */
  get position(): number {
    return this.#shelf.position
  }

  /** One event of the ledger. @param until position with it */
  take(event: AssayEvent, until: number): void {
    // Holds that the archive places by itself are no news of a room.
    if (event.source === ARCHIVE_SOURCE) return
    this.register.take(event, until)
    this.decisions.take(event)
    this.moments.take(event)
    this.shops.take(event)
  }

  /** The same from a replay: the event was not seen coming in. */
  recall(event: AssayEvent, until: number): void {
    if (event.source === ARCHIVE_SOURCE) return
    this.take(event, until)
    this.repeats.know(event, Date.parse(event.time), this.#now())
  }

  /** The broadcast is at rest. */
  rest(broadcast: string): void {
    this.register.rest(broadcast)
    this.decisions.rest(broadcast)
  }

  /** Takes persons out; off the disk once it was put away `anew`. */
  erase(broadcast: string, ids: ReadonlySet<string>): void {
    this.register.erase(broadcast, ids)
    this.decisions.erase(broadcast, ids)
    this.moments.forget(broadcast)
  }

  /**
   * Puts away what changed, with everything before `until` in it. Copies as of now: events go on
   * coming while they are written.
   * @param anew what was replaced leaves the disk
   */
  async putAway(until: number, anew = false): Promise<void> {
    this.#collect()
    if (this.#changed.size > 0 || anew) await this.#shelf.put(until, this.#changed, { anew })
    this.#cool()
  }

  /** Nothing is kept of these broadcasts any more. */
  async drop(broadcasts: ReadonlySet<string>, until: number): Promise<void> {
    for (const broadcast of broadcasts) {
      this.register.drop(broadcast)
      this.decisions.drop(broadcast)
      this.moments.forget(broadcast)
    }
    this.repeats.drop(broadcasts)
    this.#collect()
    const isTheirs = (key: string) => !key.startsWith(SHOP) && broadcasts.has(broadcastOfKey(key))
    for (const key of this.#changed.keys()) if (isTheirs(key)) this.#changed.delete(key)
    const gone = [...this.#shelf.keys].filter(isTheirs)
    await this.#shelf.put(until, this.#changed, { gone, anew: true })
    this.#cool()
  }

  #collect(): void {
    for (const [cell, saved] of this.repeats.changed()) this.#changed.set(`cell:${cell}`, saved)
    for (const [broadcast, registered] of this.register.changed())
      this.#changed.set(`register:${broadcast}`, structuredClone(registered))
    for (const [broadcast, decided] of this.decisions.changed())
      this.#changed.set(`decided:${broadcast}`, structuredClone(decided))
    for (const [platform, shop] of this.shops.changed())
      this.#changed.set(SHOP + platform, serialize(shop))
  }

  #cool(): void {
    this.#changed.clear()
    this.register.cool()
    this.decisions.cool()
  }
}

const broadcastOfKey = (key: string): string => {
  const name = key.slice(key.indexOf(':') + 1)
  return key.startsWith('cell:') ? broadcastOfCell(name) : name
}
