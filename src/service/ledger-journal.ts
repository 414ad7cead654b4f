/**
 * The ledger as the journal of the service. What arrives within a beat is recorded together, and
 * handed to the rooms together when all of it is durable: telemetry waits in chunks and a counter of
 * the page does not, and a room that saw the counter before the joins behind it would be accused.
 */
import { readEvents } from '../archive/read-log.ts'
import { ARCHIVE_SOURCE, type Archive } from '../archive/archive.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import type { Journal } from '../engine/live/journal.ts'

type Take = (position: number, events: readonly AssayEvent[]) => void

/** Events of one part of a replay: bounds its memory. */
const PART = 2_000

/** What arrives in so long becomes durable together; longer while the one before is under way. */
const BEAT_MS = 40

type Waiting = {
  readonly events: readonly AssayEvent[]
  readonly resolve: (position: number) => void
  readonly reject: (error: unknown) => void
}

export class LedgerJournal implements Journal {
  readonly #archive: Archive
  readonly #takers: Take[] = []
  /** Leaves whose events were handed over. */
  #position: number
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(archive: Archive) {
    this.#archive = archive
    this.#position = archive.logged.size
  }

  append(events: readonly AssayEvent[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject })
      if (this.#isRunning) return
      this.#isRunning = true
      setTimeout(() => void this.#run(), BEAT_MS)
    })
  }

  follow(take: Take): void {
    this.#takers.push(take)
  }

  async *replay(from: number): ReturnType<Journal['replay']> {
    const { log, vault } = this.#archive.logged
    // What comes later is handed over by `follow`, and begins with the next leaf.
    const size = this.#position
    let events: AssayEvent[] = []
    let last = from
    for await (const { index, event } of readEvents({ log, vault, size }, from)) {
      // Holds that the archive places by itself are no news of a room.
      if (event.source === ARCHIVE_SOURCE) continue
      if (index !== last && events.length >= PART) {
        yield { position: index, events }
        events = []
      }
      last = index
      events.push(event)
    }
    if (size > from) yield { position: size, events }
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0))
    this.#isRunning = false
  }

  /** Rejects those whose own events failed; the others of the beat are durable all the same. */
  async #commit(waiting: readonly Waiting[]): Promise<void> {
    const recorded = waiting.map(({ events }) => this.#archive.recordAll(events))
    const flushed = await this.#archive.flush().then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    const failures = await Promise.all(recorded)
    const durable = waiting.flatMap(({ events }, i) =>
      events.filter((_, place) => failures[i]![place] === undefined),
    )
    this.#position = this.#archive.logged.size
    if (durable.length > 0) for (const take of this.#takers) take(this.#position, durable)
    for (const [i, { resolve, reject }] of waiting.entries()) {
      const failure = failures[i]!.find((one) => one !== undefined) ?? flushed
      if (failure === undefined) resolve(this.#position)
      else reject(failure.error)
    }
  }
}
