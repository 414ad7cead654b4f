import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broadcastTotals, merchantFigures } from '../../src/detectors/order-figures.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { addOrders, type OrderLine } from './build-orders.ts'

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
