/** Likes, comments, clicks and banners of one broadcast, a row an event. */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'

/** `account` and `view` are rows + 1 of the account and view tables; 0 is "not stated". */
const LIKE = { at: 'f64', account: 'u32', view: 'u32', count: 'u32' } as const

export class LikeTable extends Table<typeof LIKE> {
  /** Event ids by row: a like has no other name. */
  readonly ids = new Interner({ named: true })
  constructor() {
    super(LIKE)
  }
}

/** Removal: 0 for one that stands, else 1 + index of the reason. */
const COMMENT = { at: 'f64', account: 'u32', view: 'u32', text: 'u32', reply: 'u8' } as const

export class CommentTable extends Table<typeof COMMENT> {
  /** Comment ids by row. */
  readonly ids = new Interner({ named: true })
  /** Distinct texts; the column `text` is a number here. */
  readonly texts = new Interner({ named: true })
  constructor() {
    super(COMMENT)
  }
}

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
  readonly ids = new Interner({ named: true })
  constructor() {
    super(DISPLAY)
  }
}
