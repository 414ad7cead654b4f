/** Every account seen in one broadcast: what it did, order-free. */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'

const SCHEMA = {
  createdAt: 'f64',
  firstAt: 'f64',
  lastAt: 'f64',
  views: 'u32',
  /** Taps and the events that carried them. */
  taps: 'u32',
  likes: 'u32',
  comments: 'u32',
  clicks: 'u32',
  /** Follows, fan-group joins, gifts and shares. */
  social: 'u32',
  orders: 'u32',
} as const

export class AccountTable extends Table<typeof SCHEMA> {
  readonly ids = new Interner({ named: true })

  constructor() {
    super(SCHEMA)
  }

  /** The row of an account, added when it is new. */
  rowOf(account: string): number {
    const row = this.ids.intern(account)
    if (row === this.length) this.add()
    return row
  }
}
