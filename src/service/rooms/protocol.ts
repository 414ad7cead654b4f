/**
 * What the main thread and the rooms' thread say to one another. Events cross as bytes that are
 * handed over, never as objects; positions are those of the journal and only grow.
 */
import type { ErasedPersons } from '../../engine/fold.ts'
import type { Poison } from '../../engine/live/rooms.ts'

export type ToRooms =
  /** A list by `v8.serialize`: admitted events, none a repeat; everything before `position` is sent. */
  | { readonly type: 'take'; readonly position: number; readonly bytes: Uint8Array }
  /** Put everything away, so that a restart replays only what comes after. */
  | { readonly type: 'snapshot' }
  /** The audit of one broadcast as things stand, in full. */
  | { readonly type: 'audit'; readonly ask: number; readonly broadcast: string }
  /** Judges whatever is owed a judgement before it answers. */
  | { readonly type: 'settle'; readonly ask: number }
  /** What is shown of these is older than what happened: they are judged when nothing presses more. */
  | { readonly type: 'owe'; readonly broadcasts: readonly string[] }
  /**
   * Takes persons out of these broadcasts and of what all share, in memory and on disk. Answered when
   * it is durable.
   */
  | {
      readonly type: 'erase'
      readonly ask: number
      readonly broadcasts: readonly string[]
      readonly persons: ErasedPersons
    }
  /** Nothing is kept of these any more. Answered when they are off the disk. */
  | { readonly type: 'drop'; readonly ask: number; readonly broadcasts: readonly string[] }
  | { readonly type: 'stop' }

export type FromRooms =
  /** State was read back; events from `position` on are wanted. */
  | { readonly type: 'ready'; readonly position: number }
  | { readonly type: 'took'; readonly position: number; readonly bytes: number }
  /**
   * `json` is a BroadcastAudit of every event before `position`; it was owed for so long, and so
   * many rooms are in memory.
   */
  | {
      readonly type: 'judged'
      readonly broadcast: string
      readonly json: string
      readonly position: number
      readonly waitedMs: number
      readonly rooms: number
    }
  | { readonly type: 'answer'; readonly ask: number; readonly json: string | null }
  | ({ readonly type: 'poisoned' } & Poison)
  /** These rooms were put away and left memory. */
  | { readonly type: 'left'; readonly broadcasts: readonly string[] }
  | { readonly type: 'saved'; readonly position: number; readonly rooms: number }

/** What the thread is started with. */
export type RoomsStart = {
  readonly folder: string
  readonly version: string
  /** Contents of the law pack's files, as `parsePolicy` takes them. */
  readonly pack: readonly [provisions: unknown, findings: unknown, market: unknown]
  /** Contents of the pack's word lists and tables; null for a pack without words. */
  readonly words: {
    readonly lists: readonly { readonly name: string; readonly json: unknown }[]
    readonly claims: unknown
    readonly stance: unknown
  } | null
  /** A room without an event for so long may leave memory. */
  readonly idleMs: number
}
