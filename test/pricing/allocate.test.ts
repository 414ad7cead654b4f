/** Shares of a discount, frozen with the order, and what a partial return gives back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate } from '../../src/pricing/allocate.ts'
import { refundable, returnOf } from '../../src/pricing/orders.ts'
import { shopOf } from '../../src/pricing/shop.ts'
import { AT, couponEvent, event, goodsEvents } from './random-shop.ts'

describe('a discount spread over lines', () => {
  it('gives the units left over to the largest remainders, ties to the earlier line', () => {
    // 100 over three equal lines: 33.3 each, and the unit left goes to the first.
    expect(allocate(100, [5, 5, 5])).toEqual([34, 33, 33])
    // 10 over 1 : 2 : 4 is 1.43, 2.86, 5.71: the two left go to the second and the third.
    expect(allocate(10, [1, 2, 4])).toEqual([1, 3, 6])
  })

  it('sums to the discount exactly, nothing negative, each share within one of its proportion', () => {
    const weights = fc.array(fc.nat(1_000_000_000_000), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(weights, fc.nat(1_000_000_000_000), (parts, amount) => {
        const sum = parts.reduce((total, part) => total + BigInt(part), 0n)
        fc.pre(sum > 0n)
        const shares = allocate(amount, parts)
        expect(shares.reduce((total, share) => total + share, 0)).toBe(amount)
        for (const [i, share] of shares.entries()) {
          const whole = Number((BigInt(amount) * BigInt(parts[i]!)) / sum)
          expect(share === whole || share === whole + 1).toBe(true)
        }
      }),
    )
  })

  it('refuses a discount that no line can carry', () => {
    expect(() => allocate(1, [0, 0])).toThrow(RangeError)
  })
})

const order = (data: object, id = 'order-1') =>
  event('live.order.placed', id, {
    order: id,
    buyer: 'b',
    merchant: 'merchant-a',
    total: 0,
    ...data,
  })

const refund = (id: string, name: string, amount: number) =>
  event('live.refund.completed', id, { refund: name, order: 'order-1', amount }, AT)

describe('an order', () => {
  const goods = goodsEvents([
    { product: 'coat', merchant: 'merchant-a', price: 30_000 },
    { product: 'hat', merchant: 'merchant-a', price: 10_000 },
  ])

  it('keeps its shares when the coupon or the prices change afterwards', () => {
    const placed = order({
      lines: [
        { product: 'coat', quantity: 1, unitPrice: 30_000 },
        { product: 'hat', quantity: 1, unitPrice: 10_000 },
      ],
      discounts: [{ coupon: 'c', amount: 2000 }],
      total: 38_000,
    })
    const coupon = couponEvent('c', { kind: 'amount-off', threshold: 0, value: 2000 })
    const later = event('live.price.set', 'later', {
      product: 'hat',
      channel: 'room-1',
      kind: 'sale',
      price: 1,
      from: '2026-03-02T00:00:00Z',
    })
    const before = shopOf([...goods, coupon, placed]).shop.orders.get('order-1')
    expect(before!.lines.map(({ discount }) => discount)).toEqual([1500, 500])
    expect(shopOf([later, placed, coupon, ...goods]).shop.orders.get('order-1')).toEqual(before)
  })

  it('spreads a coupon over the lines that its scope covers only', () => {
    const placed = order({
      lines: [
        { product: 'coat', quantity: 1, unitPrice: 30_000 },
        { product: 'hat', quantity: 1, unitPrice: 10_000 },
      ],
      discounts: [{ coupon: 'c', amount: 2000 }],
    })
    const scope = { products: ['hat'] }
    const coupon = couponEvent('c', { kind: 'amount-off', threshold: 0, value: 2000, scope })
    const { lines } = shopOf([...goods, coupon, placed]).shop.orders.get('order-1')!
    expect(lines.map(({ net }) => net)).toEqual([30_000, 8000])
  })

  it('gives back exactly what a line cost, in whatever portions it is returned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 500 }),
        fc.nat(500),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 9, maxLength: 9 }),
        (quantity, unitPrice, off, portions) => {
          const amount = Math.min(off, quantity * unitPrice)
          const lines = [{ product: 'coat', quantity, unitPrice }]
          const placed = order({ lines, discounts: [{ coupon: 'c', amount }] })
          const {
            lines: [line],
          } = shopOf([...goods, placed]).shop.orders.get('order-1')!
          let back = 0
          let gone = 0
          for (const portion of portions) {
            const pieces = Math.min(portion, quantity - gone)
            const refund = returnOf(line!, pieces, gone)
            expect(refund).toBeGreaterThanOrEqual(0)
            back += refund
            gone += pieces
          }
          expect(back).toBe(gone === quantity ? quantity * unitPrice - amount : back)
          expect(back).toBeLessThanOrEqual(line!.net)
        },
      ),
    )
  })

  it('never pays back more than was paid, and counts a refund told twice once', () => {
    const lines = [{ product: 'coat', quantity: 1, unitPrice: 30_000 }]
    const { shop, refused } = shopOf([
      ...goods,
      order({ lines, total: 30_000 }),
      event('live.order.paid', 'paid', { order: 'order-1', amount: 30_000 }),
      refund('r1', 'one', 20_000),
      refund('r1-again', 'one', 20_000),
      refund('r2', 'two', 10_001),
    ])
    expect(refundable(shop.orders.get('order-1')!)).toBe(10_000)
    expect(refused).toMatchObject([{ event: 'r2', code: 'refund-exceeds', field: 'data.amount' }])
  })
})
