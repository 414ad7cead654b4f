/** Promises on file, worked out by hand: one product at 99 yuan, and what undercuts it. */
import { describe, expect, it } from 'vitest'
import { Judge } from '../../src/service/prices/judge.ts'
import { BOUNDS, platformOf, ShopsOnFile, type Bounds } from '../../src/service/prices/on-file.ts'
import { placeOf } from '../../src/service/prices/place-of.ts'
import { Standings } from '../../src/service/prices/standing.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'

const SOURCE = '/platforms/a/rooms'
const START = Date.parse('2026-03-01T12:00:00Z')
const instant = (minute: number) => new Date(START + minute * 60_000).toISOString()

let events = 0
const event = (
  type: string,
  minute: number,
  data: object,
  more: { readonly source?: string; readonly subject?: string } = {},
): AssayEvent =>
  ({
    specversion: '1.0',
    id: `event-${(events += 1)}`,
    source: SOURCE,
    type,
    subject: 'evening-a',
    time: instant(minute),
    data,
    ...more,
  }) as unknown as AssayEvent

const started = (currency = 'CNY', more = {}) =>
  event(
    'live.broadcast.started',
    0,
    { room: 'room-a', operator: 'o', title: 't', form: 'video', currency, hosts: [] },
    more,
  )
const listed = (product = 'jacket', merchant = 'merchant-a') =>
  event('live.product.listed', 0, {
    product,
    sku: product,
    merchant,
    title: product,
    category: 'clothes',
  })
const priced = (product = 'jacket', price = 9_900, minute = 0) =>
  event('live.price.set', minute, {
    product,
    channel: 'room-a',
    kind: 'sale',
    price,
    from: instant(minute),
  })
const promised = (product = 'jacket', minute = 1) =>
  event('live.promise.made', minute, {
    promise: `lowest ${product}`,
    kind: 'lowest-price',
    by: 'host-a',
    product,
    price: 9_900,
    couponsCount: true,
    text: 'the lowest price there is',
  })
/** 20 yuan off from 99: the jacket for 79. Issued in another broadcast. */
const coupon = (more: object = {}, where: object = { subject: 'evening-b' }) =>
  event(
    'live.coupon.issued',
    10,
    {
      coupon: 'twenty',
      issuer: 'merchant-a',
      scope: { merchant: 'merchant-a' },
      kind: 'amount-off',
      threshold: 9_900,
      value: 2_000,
      from: instant(10),
      until: instant(60),
      ...more,
    },
    where,
  )
const ordered = (order: string, minute = 5, more: object = {}) => [
  event('live.order.placed', minute, {
    order,
    buyer: 'viewer-of-nobodys-business',
    merchant: 'merchant-a',
    lines: [{ product: 'jacket', quantity: 1, unitPrice: 9_900 }],
    total: 9_900,
    address: 'somewhere',
    ...more,
  }),
  event('live.order.paid', minute, { order, amount: 9_900, payer: 'purse' }),
]

const DIFFERENCE = { refund: 'r', order: 'one', amount: 2_000 }
const GOODS = [started(), listed(), priced(), promised()]

const onFile = (given: readonly AssayEvent[], bounds: Partial<Bounds> = {}) => {
  const shops = new ShopsOnFile({ ...BOUNDS, ...bounds })
  const judge = new Judge(shops, new Standings(shops))
  for (const one of given) shops.take(one)
  return { shops, judge }
}
const all = { merchant: null, limit: 50 }
const rowsOf = (given: readonly AssayEvent[], bounds: Partial<Bounds> = {}) =>
  onFile(given, bounds).judge.promises(all).promises

describe('a promise on file', () => {
  it('is broken by a coupon of another broadcast of the platform, and the orders are owed the difference', () => {
    const [row] = rowsOf([...GOODS, ...ordered('one'), ...ordered('two', 6), coupon()])
    expect(row).toMatchObject({
      promise: 'lowest jacket',
      broadcast: 'evening-a',
      merchant: 'merchant-a',
      platform: '/platforms/a',
      currency: 'CNY',
      madeAt: instant(1),
      outcome: 'broken',
      complete: true,
      // Twice 99 − 79.
      owedOrders: 2,
      owed: 4_000,
      receipt: { unitPrice: 7_900, total: 7_900, coupons: [{ coupon: 'twenty', discount: 2_000 }] },
    })
  })

  it('owes nothing more to whom the difference was paid back', () => {
    const given = [
      ...GOODS,
      ...ordered('one'),
      ...ordered('two'),
      coupon(),
      event('live.refund.requested', 30, { ...DIFFERENCE, reason: '', goodsReturned: false }),
      event('live.refund.completed', 31, DIFFERENCE),
    ]
    expect(rowsOf(given)).toMatchObject([{ outcome: 'broken', owedOrders: 1, owed: 2_000 }])
  })

  it('is not touched by a coupon of another platform', () => {
    const elsewhere = coupon({}, { source: '/platforms/b/rooms', subject: 'evening-b' })
    expect(rowsOf([...GOODS, elsewhere])).toMatchObject([{ outcome: 'kept', complete: true }])
  })

  it('is judged anew when an event changes its shop', () => {
    const { shops, judge } = onFile(GOODS)
    expect(judge.promises(all).promises[0]?.outcome).toBe('kept')
    shops.take(coupon())
    expect(judge.promises(all).promises[0]?.outcome).toBe('broken')
  })

  it('is the same in whatever order its events came', () => {
    const given = [...GOODS, ...ordered('one'), coupon()]
    expect(rowsOf(given.toReversed())).toEqual(rowsOf(given))
  })

  it('is shown to its own merchant, by pages, newest first', () => {
    const { judge } = onFile([
      ...GOODS,
      listed('hat'),
      priced('hat'),
      promised('hat', 2),
      listed('shoe', 'merchant-b'),
      priced('shoe'),
      promised('shoe', 3),
    ])
    const names = (asked: object) =>
      judge.promises({ ...all, ...asked }).promises.map(({ product }) => product)
    expect(names({})).toEqual(['shoe', 'hat', 'jacket'])
    expect(names({ merchant: 'merchant-a' })).toEqual(['hat', 'jacket'])
    expect(names({ merchant: '' })).toEqual([])
    expect(names({ limit: 1 })).toEqual(['shoe'])
    expect(names({ before: 2 })).toEqual(['jacket'])
    expect(names({ broadcast: 'evening-b' })).toEqual([])
  })
})

describe('what cannot be known', () => {
  it('accuses nobody where two merchants list the same product', () => {
    const given = [...GOODS, listed('jacket', 'merchant-b'), coupon()]
    expect(rowsOf(given)).toMatchObject([{ outcome: 'review', complete: false, merchant: null }])
  })

  it('accuses nobody where the platform sells in two currencies', () => {
    const given = [...GOODS, started('USD', { subject: 'evening-c' }), coupon()]
    expect(rowsOf(given)).toMatchObject([{ outcome: 'review', complete: false, receipt: null }])
  })

  it('accuses nobody where a product has more prices than are kept', () => {
    const given = [...GOODS, priced('jacket', 9_800, 2), coupon()]
    expect(rowsOf(given, { eachProduct: 2 })).toMatchObject([{ outcome: 'review' }])
  })

  it('takes no coupon of limited number into account once its uses are not all known', () => {
    const discounts = [{ coupon: 'hundred-only', amount: 100 }]
    const given = [
      ...GOODS,
      listed('hat'),
      coupon({ quantity: 1 }),
      ...[1, 2, 3].flatMap((number) =>
        ordered(`order-${number}`, 20, {
          lines: [{ product: 'hat', quantity: 1, unitPrice: 10_000 }],
          discounts,
        }),
      ),
    ]
    expect(rowsOf(given)).toMatchObject([{ outcome: 'broken' }])
    expect(rowsOf(given, { orders: 2 })).toMatchObject([{ outcome: 'review', complete: false }])
  })

  it('owes nothing for an order of which not all is kept: it may have been paid back', () => {
    const again = Array.from({ length: 50 }, () =>
      event('live.order.paid', 6, { order: 'one', amount: 1 }),
    )
    const given = [...GOODS, ...ordered('one'), ...ordered('two'), ...again, coupon()]
    expect(rowsOf(given)).toMatchObject([{ complete: false, owedOrders: 1, owed: 2_000 }])
  })

  it('takes a coupon that two producers tell alike for one, and one told differently for neither', () => {
    expect(rowsOf([...GOODS, coupon(), coupon()])).toMatchObject([
      { outcome: 'broken', complete: true },
    ])
    const differently = [...GOODS, coupon(), coupon({ value: 0 })]
    expect(rowsOf(differently)).toMatchObject([{ complete: false }])
    expect(rowsOf(differently, { coupons: 1 })).toMatchObject([{ outcome: 'review' }])
  })

  it('never says kept where a coupon was left out', () => {
    const harmless = coupon({ coupon: 'nothing', value: 0 })
    expect(rowsOf([...GOODS, harmless, coupon()], { coupons: 1 })).toMatchObject([
      { outcome: 'review', complete: false },
    ])
  })

  it('says that more may be owed where orders were left out', () => {
    const given = [...GOODS, ...ordered('one'), ...ordered('two'), ...ordered('three'), coupon()]
    expect(rowsOf(given, { orders: 2 })).toMatchObject([
      { outcome: 'broken', complete: false, owed: 4_000 },
    ])
  })

  it('says so of a promise that came late, after orders were let go', () => {
    const [start, list, price, promise] = GOODS
    const given = [start!, list!, price!, ...ordered('one'), ...ordered('two'), promise!, coupon()]
    expect(rowsOf(given)).toMatchObject([{ complete: true, owed: 4_000 }])
    expect(rowsOf(given, { spare: 1 })).toMatchObject([{ complete: false, owed: 2_000 }])
  })

  it('says that the list is not whole', () => {
    const { judge } = onFile([...GOODS, promised('jacket', 2)], { promises: 1 })
    expect(judge.promises(all)).toMatchObject({ complete: false, promises: [{ number: 1 }] })
    expect(onFile(GOODS).judge.promises(all).complete).toBe(true)
  })

  it('names the platforms to be asked of, also where nothing was promised', () => {
    const { judge } = onFile(GOODS.filter(({ type }) => type !== 'live.promise.made'))
    expect(judge.promises(all)).toMatchObject({ promises: [], platforms: ['/platforms/a'] })
    expect(judge.promises({ ...all, merchant: 'merchant-z' }).platforms).toEqual([])
  })
})

describe('a coupon asked against the shop on file', () => {
  const { data } = coupon() as { data: object }
  const asked = { merchant: null, platform: null, coupon: data as Record<string, unknown> }

  it('is answered with the receipt, and issues nothing', () => {
    const { judge } = onFile(GOODS)
    expect(judge.preflight(asked)).toMatchObject({
      products: [{ product: 'jacket' }],
      coupon: { outcome: 'breaks', complete: true, breaks: [{ receipt: { unitPrice: 7_900 } }] },
    })
    expect(judge.promises(all).promises[0]?.outcome).toBe('kept')
  })

  it('is held against the own promises only where the role reaches no others', () => {
    const { judge } = onFile(GOODS)
    expect(judge.preflight({ ...asked, merchant: 'merchant-b' })).toMatchObject({
      products: [],
      coupon: { outcome: 'safe', breaks: [] },
    })
  })

  it('needs to know of which platform it is where there are several', () => {
    const { judge } = onFile([...GOODS, started('CNY', { source: 'https://b.example/rooms' })])
    expect(judge.preflight(asked)).toBe('which')
    expect(judge.preflight({ ...asked, platform: '/nowhere' })).toBe('which')
    // The merchant sells on one of them only.
    expect(judge.preflight({ ...asked, merchant: 'merchant-a' })).toMatchObject({
      coupon: { outcome: 'breaks' },
    })
    const named = { ...asked, platform: '/platforms/a' }
    expect(judge.preflight(named)).toMatchObject({ coupon: { outcome: 'breaks' } })
  })
})

describe('what a finding of a promise names', () => {
  it('is where and when it was told', () => {
    const [promise, issued] = [promised(), coupon()]
    const given = [started(), listed(), priced(), promise, issued, ...ordered('one', 7)]
    const { shops } = onFile(given)
    const [first, tenth, seventh] = [1, 10, 7].map((minute) => START + minute * 60_000)
    expect(placeOf(shops, promise.id)).toEqual({ broadcast: 'evening-a', at: first })
    expect(placeOf(shops, issued.id)).toEqual({ broadcast: 'evening-b', at: tenth })
    expect(placeOf(shops, 'one')).toEqual({ broadcast: 'evening-a', at: seventh })
    expect(placeOf(shops, 'unknown')).toBeUndefined()
  })
})

describe('what is kept', () => {
  it('says nothing of people, and comes back as it was put away', () => {
    const given = [...GOODS, ...ordered('one'), coupon()]
    const { shops, judge } = onFile(given)
    const saved = structuredClone([...shops.changed()])
    expect([...shops.changed()]).toEqual([])
    const seen: unknown[] = []
    const again = new ShopsOnFile()
    const judgedAgain = new Judge(again, new Standings(again))
    for (const [platform, shop] of saved) {
      again.load(platform, shop)
      seen.push([...shop.orders.promised.values()], [...shop.promises.values()])
    }
    expect(JSON.stringify(seen)).not.toMatch(/viewer-of|somewhere|purse|host-a/)
    expect(judgedAgain.promises(all)).toEqual(judge.promises(all))
    again.take(promised('jacket', 9))
    expect(judgedAgain.promises(all).promises[0]?.number).toBe(2)
  })

  it.each([
    ['/platforms/a/rooms', '/platforms/a'],
    ['/samples', '/samples'],
    ['https://live.example/rooms/1', 'https://live.example'],
    ['urn:shop:1', 'urn:shop:1'],
  ])('of %s belongs to %s', (source, platform) => expect(platformOf(source)).toBe(platform))
})
