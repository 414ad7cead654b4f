/** A journal in memory: durable when the test says so. */
import type { Journal } from '../../../src/engine/live/journal.ts'
import type { AssayEvent } from '../../../src/vocabulary/index.ts'

type Take = (position: number, events: readonly AssayEvent[]) => void

export class MemoryJournal implements Journal {
  readonly batches: { readonly position: number; readonly events: readonly AssayEvent[] }[] = []
  #position = 0
  #take: Take = () => {}
  /** What every append waits for. */
  gate: Promise<unknown> = Promise.resolve()

  get events(): readonly AssayEvent[] {
    return this.batches.flatMap(({ events }) => events)
  }

  readonly append = async (events: readonly AssayEvent[]): Promise<number> => {
    this.#position += events.length
    const position = this.#position
    await this.gate
    this.batches.push({ position, events })
    this.#take(position, events)
    return position
  }

  readonly follow = (take: Take) => {
    this.#take = take
  }

  replay = async function* (this: MemoryJournal, from: number) {
    yield* this.batches.filter(({ position }) => position > from)
    await Promise.resolve()
  }.bind(this)
}
