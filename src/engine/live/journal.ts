/**
 * Where events become durable before they are acknowledged, and from where they can be read again.
 * The ledger implements it (ledger-journal.ts); tests have one in memory.
 */
import type { AssayEvent } from '../../vocabulary/index.ts'

export type Journal = {
  /** Resolves when every event is durable, with a position after all of them. */
  readonly append: (events: readonly AssayEvent[]) => Promise<number>
  /**
   * Durable events in the order of the journal. When `take` is called with a position, every event
   * before it has been handed over: what is put away then needs nothing from before it.
   */
  readonly follow: (take: (position: number, events: readonly AssayEvent[]) => void) => void
  /** The events from a position on, with the position after each part. */
  readonly replay: (
    from: number,
  ) => AsyncIterable<{ readonly position: number; readonly events: readonly AssayEvent[] }>
}
