/**
 * What a simulation speaks of. Instants are ms from the epoch, money is in fen. The events it
 * writes follow the vocabulary; labels and true figures go to the truth alone, and no id, order of
 * ids or field of an event gives a label away.
 */
import type { ScenarioName } from './scenarios.ts'

export type Label = 'genuine' | 'bot' | 'paid-crowd' | 'brushed' | 'attack'
export type TruthKind = 'view' | 'account' | 'comment' | 'like' | 'order'

/** One line of truth.ndjson. Likes are known by the id of their event. */
export type TruthLine = {
  readonly kind: TruthKind
  readonly id: string
  readonly broadcast?: string
  readonly label: Label
}

/** CloudEvents 1.0, structured mode. */
export type SimulatedEvent = {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject?: string
  /** RFC 3339 with offset and milliseconds. */
  readonly time: string
  readonly data: Readonly<Record<string, unknown>>
}

export type Batch = {
  readonly events: readonly SimulatedEvent[]
  readonly truth: readonly TruthLine[]
}

export type Settings = {
  readonly scenario: ScenarioName
  readonly seed: number
  /** People per broadcast, hired ones included; the scenario's own number where absent. */
  readonly viewers?: number
  /** Share, 0 to 1, of the falsified quantity that is false; drawn by seed where absent. */
  readonly contamination?: number
  /** Mean interval of the clients' heartbeats; drawn by seed where absent. */
  readonly heartbeatSeconds?: number
}

export type Tally = {
  /** Distinct people: by account, or by device for guests. */
  viewers: number
  views: number
  /** Taps, the sum of `count`. */
  likes: number
  comments: number
  /** Paid, before refunds. */
  orders: number
  /** Paid, before refunds, in fen. */
  sales: number
  refundedOrders: number
  /** Paid less refunded, in fen. */
  netSales: number
}

/** What scenario.json holds. */
export type Outcome = {
  readonly scenario: ScenarioName
  readonly seed: number
  readonly guilty: boolean
  readonly viewers: number
  /** As asked for or drawn; null in an innocent scenario. */
  readonly contamination: number | null
  readonly events: number
  readonly broadcasts: readonly {
    readonly broadcast: string
    readonly room: string
    readonly startedAt: string
    readonly endedAt: string
    readonly genuine: Tally
    /** The same of everybody, hired ones included. */
    readonly all: Tally
    /** Who was hired, in the order of hiring. */
    readonly hired: readonly { readonly service: string; readonly count: number }[]
  }[]
}

/** How one build of the app keeps time and tells of itself. */
export type Build = {
  readonly app: string
  readonly beatMs: number
  /** `exact` timers fire on the grid, `loose` ones around it, `drifting` ones add their errors up. */
  readonly timer: 'exact' | 'loose' | 'drifting'
  readonly jitterMs: number
  /** Reports the nominal interval, or what it measured to the millisecond. */
  readonly reports: 'nominal' | 'measured'
  /** Share of visits that end without `live.viewer.left` (app killed, battery, tunnel). */
  readonly silentEnd: number
  /** Reports the last, incomplete interval. */
  readonly flushes: boolean
}

export type Person = {
  /** Absent for a guest. */
  readonly account: string | undefined
  readonly device: string
  readonly ip: string
  readonly network: string | undefined
  readonly createdAt: number | undefined
  readonly build: Build
  readonly label: Label
  /** Comments and bursts of likes a minute while present. */
  readonly talk: number
  readonly taps: number
  /** Multiplies the room's propensity to click and buy; mean 1. */
  readonly appetite: number
  /** Delivery address and payment account, made at the first order. */
  address: string | undefined
  payer: string | undefined
  /** The account has its line of truth. */
  told: boolean
  /** The broadcast attended last, by which distinct people are counted. */
  attended: string | undefined
}

export const ENTRIES = ['follow', 'feed', 'search', 'share', 'push', 'paid', 'direct'] as const
export type Entry = (typeof ENTRIES)[number] | 'unknown'
export type EntryMix = readonly (readonly [Entry, number])[]
