import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderAnomaly } from '../../src/detectors/orders/anomaly.ts'
import { orderConcentration } from '../../src/detectors/orders/concentration.ts'
import { broadcastTotals, merchantFigures } from '../../src/detectors/orders/figures.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { addOrders, addVisits, type OrderLine } from './build-orders.ts'

const figuresOf = (lines: readonly OrderLine[], slotFee?: number) => {
  const evidence = new Evidence()
  addOrders(
    evidence.orders,
    lines.map((line) => ({ merchant: 'brand-x', broadcast: 'b', buyer: 'u', ...line })),
  )
  if (slotFee !== undefined)
    evidence.fees.push({ broadcast: 'b', merchant: 'brand-x', slotFee, commissionBps: 0 })
  return { figures: merchantFigures(evidence)[0]!, orders: evidence.orders }
}

const paid = (amount: number): OrderLine => ({
  placedAt: 0,
  paidAt: 1,
  total: amount,
  paid: amount,
})

describe('the figures of a merchant', () => {
  it('count paid orders before refunds, and keep net what neither came back nor was cancelled', () => {
    const { figures } = figuresOf([
      paid(100),
      { ...paid(200), refundRequestedAt: 2, refundedAt: 3, refunded: 200 },
      { ...paid(400), cancelledAt: 2 },
      { ...paid(800), refundRequestedAt: 2 },
      { placedAt: 0, total: 1600 },
    ])
    expect(figures).toMatchObject({ orders: 4, sales: 1500, refundedOrders: 1 })
    // 100 and the 800 whose refund was asked for but not completed.
    expect(figures).toMatchObject({ netOrders: 2, netSales: 900, refundRateBps: 2500 })
  })

  it('keep an order whose price difference was paid back, and lessen the sales by it', () => {
    const { figures } = figuresOf([{ ...paid(1000), refundedAt: 3, refunded: 150 }])
    expect(figures).toMatchObject({ netOrders: 1, netSales: 850, refundedOrders: 0 })
  })

  it('count placed orders where the file knows no payments, and then know no refund rate', () => {
    const { figures } = figuresOf([{ placedAt: 0, total: 100 }, { placedAt: 1 }])
    expect(figures).toMatchObject({ orders: 2, sales: 100, refundRateBps: null })
  })

  it('round the fee per kept order half up, and give none where nothing was kept', () => {
    expect(figuresOf([paid(1), paid(1)], 5).figures.feePerKeptOrder).toBe(3)
    expect(figuresOf([paid(1), paid(1), paid(1)], 100).figures.feePerKeptOrder).toBe(33)
    const none = figuresOf([{ ...paid(1), refundedAt: 2, refunded: 1 }], 100).figures
    expect(none).toMatchObject({ slotFee: 100, feePerKeptOrder: null })
    expect(figuresOf([paid(1)]).figures).toMatchObject({ slotFee: null, feePerKeptOrder: null })
  })
})

describe('S3-18: a fee not proportional to its effect', () => {
  it('is stated as the fee over net sales in basis points, half up', () => {
    // 30 / 800 = 3.75 %; 5 / 3 = 166.666… %; more than 10,000 means that the fee exceeds the sales.
    const kept = { ...paid(1000), refundedAt: 3, refunded: 200 }
    expect(figuresOf([kept], 30).figures.feeOfNetSalesBps).toBe(375)
    expect(figuresOf([paid(1), paid(2)], 5).figures.feeOfNetSalesBps).toBe(16_667)
  })

  it('is not known without a fee, nor where nothing was kept', () => {
    expect(figuresOf([paid(100)]).figures.feeOfNetSalesBps).toBeNull()
    const none = figuresOf([{ ...paid(100), refundedAt: 2, refunded: 100 }], 5).figures
    expect(none).toMatchObject({ netSales: 0, feeOfNetSalesBps: null })
  })
})

describe('S4-12: a fee of 50,000 yuan, about a thousand viewers and nothing sold', () => {
  const evidence = new Evidence()
  const viewers = Array.from({ length: 1000 }, (_, i) => `viewer-${i}`)
  addVisits(evidence, 'broadcast-1', viewers, 0)
  evidence.fees.push({
    broadcast: 'broadcast-1',
    merchant: 'tea-shop',
    slotFee: 5_000_000,
    commissionBps: 0,
  })
  evidence.orders.merchants.intern('tea-shop')

  it('is no finding: low sales alone are no data fraud', () => {
    expect(orderAnomaly.weigh(evidence)).toEqual([])
    expect(orderConcentration.weigh(evidence)).toEqual([])
  })

  it('is a fee that bought no sale', () => {
    expect(merchantFigures(evidence)).toMatchObject([
      { orders: 0, netSales: 0, slotFee: 5_000_000, feePerKeptOrder: null, feeOfNetSalesBps: null },
    ])
  })
})

describe('the totals of a broadcast', () => {
  it('leave out of the filtered level what is suspected at one half or more', () => {
    const { orders } = figuresOf([paid(100), paid(200), paid(400)])
    const totals = broadcastTotals(orders, Float64Array.of(0.5, 0.49, 0.9)).get('b')!
    expect(totals.gross).toEqual({ orders: 3, sales: 700 })
    expect(totals.filtered).toEqual({ orders: 1, sales: 200 })
    expect(broadcastTotals(orders).get('b')!.filtered).toBeNull()
  })

  it('never have more net than gross, nor anything negative', () => {
    const line = fc.record({
      amount: fc.nat(10_000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      refunds: fc.boolean(),
      cancels: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const { orders } = figuresOf(
          lines.map(({ amount, share, refunds, cancels }) => ({
            ...paid(amount),
            ...(refunds ? { refundedAt: 5, refunded: Math.floor(amount * share) } : {}),
            ...(cancels ? { cancelledAt: 4 } : {}),
          })),
        )
        const { gross, net } = broadcastTotals(orders).get('b')!
        expect(net.sales).toBeLessThanOrEqual(gross.sales)
        expect(net.orders).toBeLessThanOrEqual(gross.orders)
        expect(Math.min(net.sales, net.orders)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
