/**
 * Orders and what became of them, over all broadcasts of an audit: a row an order. Order-free: a
 * refund may be read before the order that it belongs to.
 */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'

/** Numbers of names are + 1; 0 is "not stated". Money in minor units. */
const SCHEMA = {
  placedAt: 'f64',
  paidAt: 'f64',
  cancelledAt: 'f64',
  shippedAt: 'f64',
  deliveredAt: 'f64',
  refundRequestedAt: 'f64',
  refundedAt: 'f64',
  total: 'f64',
  paid: 'f64',
  refunded: 'f64',
  quantity: 'u32',
  broadcast: 'u32',
  buyer: 'u32',
  merchant: 'u32',
  payer: 'u32',
  address: 'u32',
  device: 'u32',
  ip: 'u32',
  host: 'u32',
  /** First listed product. */
  product: 'u32',
  /** Reason given for the refund. */
  reason: 'u32',
  goodsReturned: 'u8',
} as const

export class OrderTable extends Table<typeof SCHEMA> {
  readonly ids = new Interner({ named: true })
  readonly broadcasts = new Interner({ named: true })
  readonly buyers = new Interner({ named: true })
  readonly merchants = new Interner({ named: true })
  readonly payers = new Interner({ named: true })
  readonly addresses = new Interner({ named: false })
  readonly devices = new Interner({ named: false })
  readonly ips = new Interner({ named: false })
  readonly hosts = new Interner({ named: true })
  readonly products = new Interner({ named: true })
  readonly reasons = new Interner({ named: true })

  constructor() {
    super(SCHEMA)
  }

  rowOf(order: string): number {
    const row = this.ids.intern(order)
    if (row === this.length) this.add()
    return row
  }
}
