/** What was said about goods, what is on file about them, and what was taken down: few rows. */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'

/** A product put up for sale; `event` is the id of the event that says so. Times in ms. */
export type Listing = {
  readonly event: string
  /** Empty for a listing outside any broadcast. */
  readonly broadcast: string
  readonly at: number
  readonly product: string
  readonly merchant: string
  readonly title: string
  readonly category: string
  readonly claims: readonly {
    readonly attribute: string
    readonly value: number | string
    readonly unit?: string | undefined
    readonly text: string
  }[]
  /** Undefined where the listing does not say which documents there are. */
  readonly documents: readonly FiledDocument[] | undefined
}

export type FiledDocument = {
  readonly event: string
  readonly kind: string
  readonly validUntil: number | undefined
}

export type TestReport = {
  readonly event: string
  readonly at: number
  readonly product: string
  readonly laboratory: string
  readonly attribute: string
  readonly value: number | string
  readonly unit: string
}

/** A comment taken down; its text stands in the table of comments. */
export type Removal = { readonly event: string; readonly comment: string; readonly by: string }

export type Mute = {
  readonly event: string
  readonly at: number
  /** Row of the account + 1. */
  readonly account: number
  readonly by: string
  readonly reason: string
  readonly words: readonly string[]
}

/** Numbers are + 1; 0 is "not stated" or "not seen yet". */
const REVIEW = {
  at: 'f64',
  removedAt: 'f64',
  order: 'u32',
  text: 'u32',
  reason: 'u32',
} as const

export class ReviewTable extends Table<typeof REVIEW> {
  readonly ids = new Interner({ named: true })
  readonly texts = new Interner({ named: true })
  readonly reasons = new Interner({ named: true })
  /** Known from reviews: an order that was only reviewed is no order of the ledger. */
  readonly orders = new Interner({ named: true })
  constructor() {
    super(REVIEW)
  }

  /** The row of a review, added when it is new. */
  rowOf(review: string): number {
    const row = this.ids.intern(review)
    if (row === this.length) this.add()
    return row
  }
}

/** Everything on file about goods, over all broadcasts of an audit. */
export class Files {
  readonly listings: Listing[] = []
  readonly tests: TestReport[] = []
  /** By product; documents of accounts say nothing about goods. */
  readonly documents = new Map<string, FiledDocument[]>()
  readonly prices = new Map<string, { readonly event: string; readonly priceFen: number }[]>()
  readonly reviews = new ReviewTable()
}
