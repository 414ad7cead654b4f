/**
 * The audit as data: what `assay audit --json` prints and every report is drawn from. Field by
 * field in docs/audit-json.md. Instants are RFC 3339 in UTC, money is in minor units.
 */
import type { Sentence } from '../language/sentence.ts'
import type { Figure, Finding, SuspectKind } from '../vocabulary/finding.ts'

/** What was refused of one input or broadcast: every reason counted, at most ten examples kept. */
export type Refused = {
  readonly code: string
  readonly count: number
  readonly text: Sentence
  readonly examples: readonly {
    /** File and line (from 1) or row, where there is one. */
    readonly where: string
    readonly field?: string
    readonly expected?: string
    readonly got?: string
  }[]
}

export type InputSummary = {
  readonly path: string
  readonly format: string
  readonly bytes: number
  readonly lines: number
  readonly events: number
  readonly repeats: number
  readonly refused: readonly Refused[]
}

/** From where the broadcast was seen; fewer kinds of events, wider intervals. */
export type Vantage = 'telemetry' | 'capture' | 'orders'

/** Sales keep the three levels of the Media Rating Council: gross, filtered and net. */
export type SalesFigure = Figure & {
  /** Gross less what is suspected of not being a sale. */
  readonly filtered: number | null
  /** After completed refunds and cancellations. */
  readonly net: number | null
}

/** Points of a curve: `at` in ms from the epoch, null where nothing was known. */
export type Series = {
  readonly at: readonly number[]
  readonly values: Readonly<Record<string, readonly (number | null)[]>>
}

export type BroadcastAudit = {
  readonly broadcast: string
  readonly room: string
  readonly operator: string
  readonly title: string
  readonly currency: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly vantage: Vantage
  readonly figures: {
    readonly viewers: Figure
    readonly views: Figure
    /** At its peak; the curve is in `series`. */
    readonly concurrent: Figure
    readonly likes: Figure
    readonly comments: Figure
    readonly orders: SalesFigure
    readonly sales: SalesFigure
  }
  /** What as many counterfeit viewers and likes are sold for, where the pack knows; see `costOf`. */
  readonly market: readonly {
    readonly what: 'viewers' | 'likes'
    readonly count: number
    readonly low: number
    readonly high: number
    readonly currency: string
  }[]
  readonly findings: readonly Finding[]
  readonly refused: readonly Refused[]
  readonly series: {
    /** displayed, observed, genuine: people present. */
    readonly audience: Series
    /** One curve an entry source: joins per bucket. */
    readonly arrivals: Series
    /** taps per bucket: observed, genuine. */
    readonly likes: Series
    readonly comments: Series
    readonly orders: Series
  }
  /** Dwell of views with a known end: count by bucket, genuine and suspected. */
  readonly dwell: readonly {
    readonly fromSeconds: number
    readonly untilSeconds: number
    readonly genuine: number
    readonly suspected: number
  }[]
  readonly contents: Readonly<Record<string, number>>
  /** How many of each kind are suspected at a probability of one half or more, and the first of them. */
  readonly suspects: Readonly<
    Partial<
      Record<
        SuspectKind,
        {
          readonly count: number
          readonly first: readonly { readonly id: string; readonly probability: number }[]
        }
      >
    >
  >
}

export type MerchantAudit = {
  readonly merchant: string
  /** The one-hour rule of the Shopee Code League 2020. */
  readonly concentration: {
    readonly brushing: boolean
    /** Highest orders ÷ unique buyers over all one-hour windows. */
    readonly rate: number
    readonly from: string | null
    readonly until: string | null
    /** Ascending: by number where ids are decimal numbers, else by code unit. Empty where clean. */
    readonly suspects: readonly string[]
  }
  readonly figures: {
    readonly orders: number
    readonly sales: number
    readonly refundedOrders: number
    readonly netOrders: number
    readonly netSales: number
    readonly refundRateBps: number | null
    readonly slotFee: number | null
    /** Slot fee per order kept, minor units, half up; null where nothing was kept. */
    readonly feePerKeptOrder: number | null
    /** Slot fee ÷ net sales, basis points, half up; null where it is unknown or nothing was kept. */
    readonly feeOfNetSalesBps: number | null
  }
  readonly findings: readonly Finding[]
}

export type AuditReport = {
  readonly assay: string
  readonly policy: { readonly id: string; readonly at: string | null }
  readonly inputs: readonly InputSummary[]
  readonly broadcasts: readonly BroadcastAudit[]
  readonly merchants: readonly MerchantAudit[]
  /** Findings that belong to no single broadcast: crowds, suppliers of traffic. */
  readonly findings: readonly Finding[]
}
