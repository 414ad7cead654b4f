/** Likes, comments, clicks and banners of one broadcast, a row an event. */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'
import { TextColumn } from '../../sketches/text-column.ts'

/** `account` and `view` are rows + 1 of the account and view tables; 0 is "not stated". */
const LIKE = { at: 'f64', account: 'u32', view: 'u32', count: 'u32' } as const

export class LikeTable extends Table<typeof LIKE> {
  /** Event ids by row: a like has no other name. */
  readonly ids = new TextColumn()
  constructor() {
    super(LIKE)
  }
}

/** Codes of the `removed` column, 1-based; 0 is a comment that stands. */
export const REMOVALS = ['privacy', 'abuse', 'spam', 'illegal', 'off-topic', 'none'] as const

/**
 * `text` is a number of `texts` + 1: 0 while only the removal of the comment has been read. `at` is
 * NaN then. `reply` is 1 for an answer to another comment.
 */
const COMMENT = {
  at: 'f64',
  removedAt: 'f64',
  account: 'u32',
  view: 'u32',
  text: 'u32',
  reply: 'u8',
  removed: 'u8',
} as const

export class CommentTable extends Table<typeof COMMENT> {
  /** Comment ids by row. */
  readonly ids = new Interner({ named: true })
  readonly texts = new Interner({ named: true })
  constructor() {
    super(COMMENT)
  }

  /** The row of a comment, added when it is new. */
  rowOf(comment: string): number {
    const row = this.ids.intern(comment)
    if (row === this.length) this.add()
    return row
  }
}

/** `product` is a number + 1 of `Evidence.orders.products`, here and in banners. */
const CLICK = { at: 'f64', account: 'u32', view: 'u32', product: 'u32' } as const

export class ClickTable extends Table<typeof CLICK> {
  constructor() {
    super(CLICK)
  }
}

/** `kind` 1 is "going to buy", 2 "just bought"; `count` the number of people it speaks of. */
const BANNER = { at: 'f64', kind: 'u8', account: 'u32', product: 'u32', count: 'u32' } as const

export class BannerTable extends Table<typeof BANNER> {
  constructor() {
    super(BANNER)
  }
}

/** What the page showed; NaN where an update did not name the figure. */
const DISPLAY = {
  at: 'f64',
  concurrent: 'f64',
  viewers: 'f64',
  likes: 'f64',
  orders: 'f64',
  sales: 'f64',
} as const

export class DisplayTable extends Table<typeof DISPLAY> {
  /** Event ids by row, for the evidence of a finding. */
  readonly ids = new TextColumn()
  constructor() {
    super(DISPLAY)
  }
}
