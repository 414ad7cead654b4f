/** One affair: the orders of a broadcast in which some merchants show a pattern. */
import type { Marked } from './marks.ts'
import type { RefundBaseline } from './refunds.ts'
import type { Room } from '../room.ts'

/** One merchant's orders in one affair. */
export type Cell = {
  /** Number of the merchant + 1. */
  readonly merchant: number
  readonly orders: number
  readonly givenBack: number
  /** Weight of the refund share for staged orders; 0 where there is no surge. */
  readonly surgeBans: number
}

/** The arrays stand side by side, an order each. */
export type Affair = Marked & {
  readonly room: Room | undefined
  /** Sold orders of the broadcast (or, without one, of one host's or merchant's day). */
  readonly rows: Uint32Array
  /** 1 for an order of a ring or given back in a surge. */
  readonly suspected: Uint8Array
  /** The merchants that show the pattern. */
  readonly cells: readonly Cell[]
  readonly baseline: RefundBaseline
}
