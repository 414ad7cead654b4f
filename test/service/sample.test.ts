/** The sample evening: one promise, kept when it begins and broken two minutes later. */
import { describe, expect, it } from 'vitest'
import { Judge } from '../../src/service/prices/judge.ts'
import { ShopsOnFile } from '../../src/service/prices/on-file.ts'
import { Standings } from '../../src/service/prices/standing.ts'
import { sampleEvening } from '../../src/service/sample.ts'
import { admit } from '../../src/vocabulary/index.ts'

const START = Date.parse('2026-03-01T12:00:00Z')
const { events: evening } = sampleEvening(START, 'first', 1, '/samples')

const promiseAt = (minute: number) => {
  const shops = new ShopsOnFile()
  const judge = new Judge(shops, new Standings(shops))
  for (const { at, event } of evening) {
    const admission = admit(event)
    if (admission.ok && at <= START + minute * 60_000) shops.take(admission.event)
  }
  return judge.promises({ merchant: null, limit: 50 }).promises
}

describe('the sample evening', () => {
  it('breaks one promise, and owes whoever paid the promised price for the goods', () => {
    const made = evening.find(({ event }) => event.type === 'live.promise.made')!
    const { product, price } = made.event.data as { product: string; price: number }
    const [coupon] = evening.filter(({ event }) => event.type === 'live.coupon.issued')
    const value = Number(coupon!.event.data['value'])
    const until = START + 2 * 60_000
    const before = evening.filter(({ at }) => at <= until).map(({ event }) => event)
    const idsOf = (...types: string[]) =>
      new Set(before.filter(({ type }) => types.includes(type)).map((one) => one.data['order']))
    const paid = idsOf('live.order.paid')
    const undone = idsOf('live.order.cancelled', 'live.refund.completed')
    const pieces = before.flatMap(({ type, time, data }) => {
      const [line] = (data['lines'] ?? []) as { product: string; quantity: number }[]
      const isOwed =
        type === 'live.order.placed' &&
        line?.product === product &&
        Date.parse(time) >= made.at &&
        paid.has(data['order']) &&
        !undone.has(data['order'])
      return isOwed ? [line.quantity] : []
    })
    expect(pieces.length).toBeGreaterThan(0)
    expect(promiseAt(0)).toMatchObject([{ outcome: 'kept', complete: true }])
    expect(promiseAt(2)).toMatchObject([
      {
        outcome: 'broken',
        complete: true,
        owedOrders: pieces.length,
        // A piece alone reaches the threshold: all of the coupon is its share.
        owed: pieces.reduce((sum, quantity) => sum + quantity * value, 0),
        receipt: { unitPrice: price - value, gross: price },
      },
    ])
  })

  it('is another under another name: no id of its trade comes again', () => {
    const { events: other } = sampleEvening(START, 'second', 1, '/samples')
    const idsOf = (of: typeof evening) =>
      of
        .filter(({ event: { type } }) => /order|refund|product|promise|coupon/.test(type))
        .flatMap(({ event: { id, data } }) => [id, data['order'], data['product'], data['coupon']])
    const known = new Set(idsOf(evening))
    expect(idsOf(other).filter((id) => id !== undefined && known.has(id))).toEqual([])
  })
})
