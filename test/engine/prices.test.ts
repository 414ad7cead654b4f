/** Promises as findings of an audit: one jacket at 99 yuan, each expectation worked out by hand. */
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Fold } from '../../src/engine/fold.ts'
import { weighPrices } from '../../src/engine/prices.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { POLICY } from '../detectors/policy.ts'

const START = Date.parse('2026-03-01T12:00:00Z')
const instant = (minute: number) => new Date(START + minute * 60_000).toISOString()

let events = 0
const event = (type: string, minute: number, data: object, id = `event-${(events += 1)}`) =>
  ({
    specversion: '1.0',
    id,
    source: '/platforms/a',
    type,
    subject: 'evening-a',
    time: instant(minute),
    data,
  }) as unknown as AssayEvent

const started = (currency = 'CNY', subject = 'evening-a') => ({
  ...event('live.broadcast.started', 0, {
    room: 'room-a',
    operator: 'o',
    title: '',
    form: 'video',
    currency,
    hosts: [],
  }),
  subject,
})
const listed = (merchant = 'merchant-a') =>
  event('live.product.listed', 0, {
    product: 'jacket',
    sku: 'jacket',
    merchant,
    title: 'jacket',
    category: 'clothes',
  })
const priced = (price: number, minute: number, id = `price-${price}`) =>
  event(
    'live.price.set',
    minute,
    { product: 'jacket', channel: 'room-a', kind: 'sale', price, from: instant(minute) },
    id,
  )
const promised = (more: object = {}) =>
  event(
    'live.promise.made',
    1,
    {
      promise: 'lowest',
      kind: 'lowest-price',
      by: 'host-a',
      product: 'jacket',
      scope: { from: instant(1), until: instant(60) },
      price: 9_900,
      couponsCount: true,
      text: 'the lowest price there is',
      ...more,
    },
    'the-promise',
  )
/** 20 yuan off from 99. */
const coupon = (more: object = {}) =>
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
    'the-coupon',
  )
const ordered = (order: string, minute = 5, more: object = {}) => [
  event('live.order.placed', minute, {
    order,
    buyer: `buyer of ${order}`,
    merchant: 'merchant-a',
    lines: [{ product: 'jacket', quantity: 1, unitPrice: 9_900 }],
    total: 9_900,
    ...more,
  }),
  event('live.order.paid', minute, { order, amount: 9_900 }),
]

const GOODS = [started(), listed(), priced(9_900, 0)]

const findingsOf = (given: readonly AssayEvent[]) => {
  const evidence = new Evidence()
  const fold = new Fold(evidence)
  for (const one of given) fold.take(one, Date.parse(one.time))
  fold.finish()
  const options = {
    version: 'test',
    policy: POLICY,
    at: null,
    inputs: [],
    refusedByBroadcast: new Map(),
  }
  const { report } = audit(evidence, options)
  const all = [...report.broadcasts.flatMap(({ findings }) => findings), ...report.findings]
  return all.filter(({ kind }) => kind === 'promise-broken')
}

describe('a price promise', () => {
  it('that a coupon undercuts is found, with who is owed and which events say so', () => {
    const given = [...GOODS, promised(), ...ordered('one'), ...ordered('two', 6), coupon()]
    const [finding, ...others] = findingsOf(given)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      broadcast: 'evening-a',
      subject: 'jacket: lowest',
      verdict: 'supported',
      // 0.8 for a promise with its scope, 0.9 for a basket within reach, 0.5 for orders that paid more.
      weightBans: 2.2,
      families: ['content', 'public', 'transaction'],
      evidence: ['the-promise', 'the-coupon'],
      from: instant(1),
      until: instant(10),
    })
    expect(finding!.hypotheses.map(({ name }) => name)).toEqual(['unkept-promise', 'other-offer'])
    // Twice 99 − 79.
    expect(finding!.summary.en).toContain('2 order(s) are owed 40.00 CNY')
    expect(finding!.reasons.map(({ observed }) => observed)).toEqual([9_900, 7_900, 2])
    expect(finding!.provisions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['PR22-19', 'CPLR24-12']),
    )
    expect(findingsOf(given.toReversed())).toEqual([finding])
  })

  it('that a posted price undercuts is found whatever it says about coupons', () => {
    const { couponsCount: _, ...said } = promised().data as Record<string, unknown>
    const promise = { ...promised(), data: said } as unknown as AssayEvent
    expect(findingsOf([...GOODS, promise, priced(8_000, 20)])).toMatchObject([
      { verdict: 'supported', evidence: ['the-promise', 'price-8000'], weightBans: 2 },
    ])
  })

  it('owes nothing more to whom the difference was paid back', () => {
    const refund = { refund: 'r', order: 'one', amount: 2_000 }
    const given = [...GOODS, promised(), ...ordered('one'), ...ordered('two', 6), coupon()]
    const paidBack = [
      event('live.refund.requested', 30, { ...refund, reason: '', goodsReturned: false }),
      event('live.refund.completed', 31, refund),
    ]
    const [finding] = findingsOf([...given, ...paidBack])
    expect(finding).toMatchObject({ verdict: 'supported', weightBans: 2.2 })
    expect(finding!.summary.en).toContain('1 order(s) are owed 20.00 CNY')
  })

  it('that an order undercuts names the order', () => {
    const protection = promised({ kind: 'price-protection', price: undefined })
    const line = { product: 'jacket', quantity: 1, unitPrice: 7_900 }
    const cheap = event('live.order.placed', 7, {
      order: 'cheap',
      buyer: 'b',
      merchant: 'merchant-a',
      lines: [line],
      total: 7_900,
    })
    const paid = event('live.order.paid', 7, { order: 'cheap', amount: 7_900 })
    const [finding] = findingsOf([...GOODS, protection, ...ordered('one'), cheap, paid])
    expect(finding!.evidence).toEqual(['the-promise', 'cheap'])
  })

  it('that is kept is no finding', () => {
    expect(findingsOf([...GOODS, promised(), ...ordered('one')])).toEqual([])
    const excluding = coupon({ scope: { exclude: ['jacket'] } })
    expect(findingsOf([...GOODS, promised(), ...ordered('one'), excluding])).toEqual([])
  })

  it.each([
    ['does not say whether coupons count', [promised({ couponsCount: undefined })]],
    [
      'is about goods that two merchants list under one id',
      [promised(), listed('merchant-b'), priced(8_000, 20)],
    ],
    ['is given where amounts are of two currencies', [promised(), started('USD', 'evening-b')]],
  ])('that %s stays undetermined and accuses nobody', (_, more) => {
    const [finding] = findingsOf([...GOODS, ...more, ...ordered('one'), coupon()])
    expect(finding).toMatchObject({ verdict: 'undetermined', weightBans: 0, strength: 'none' })
  })

  it('of a present stays undetermined: orders need not list what is in the parcel', () => {
    const gift = promised({ kind: 'gift', text: 'a hat with it' })
    expect(findingsOf([...GOODS, gift, ...ordered('one')])).toMatchObject([
      { verdict: 'undetermined', weightBans: 0 },
    ])
  })
})

describe('price protection', () => {
  const protection = promised({ kind: 'price-protection', price: undefined })
  const cheaper = priced(8_900, 20)
  const later = event('live.like.sent', 90, { viewer: 'v', count: 1 })

  it('is undetermined while the difference can still be claimed, and found when that is over', () => {
    const given = [...GOODS, protection, ...ordered('one'), cheaper]
    const [pending] = findingsOf(given)
    expect(pending).toMatchObject({ verdict: 'undetermined', weightBans: 0 })
    expect(pending!.hypotheses.map(({ name }) => name)).toContain('payment-pending')
    // 99 − 89 for the one order.
    const [over] = findingsOf([...given, later])
    expect(over).toMatchObject({ verdict: 'supported' })
    expect(over!.summary.en).toContain('1 order(s) are owed 10.00 CNY')
  })

  it('is kept once the difference was paid back', () => {
    const refund = [
      event('live.refund.requested', 30, {
        refund: 'r',
        order: 'one',
        amount: 1_000,
        reason: 'the difference',
        goodsReturned: false,
      }),
      event('live.refund.completed', 31, { refund: 'r', order: 'one', amount: 1_000 }),
    ]
    const given = [...GOODS, protection, ...ordered('one'), cheaper, ...refund, later]
    expect(findingsOf(given)).toEqual([])
  })
})

describe('where nothing was promised', () => {
  it('nothing is weighed, whatever was sold', () => {
    const evidence = new Evidence()
    const fold = new Fold(evidence)
    const { events: simulated } = simulateWhole({ scenario: 'ordinary', seed: 1, viewers: 100 })
    for (const one of simulated) fold.take(one as unknown as AssayEvent, Date.parse(one.time))
    expect(weighPrices(evidence)).toEqual([])
    expect(evidence.offers!.baskets.size).toBe(0)
  })
})

describe('orders of several lines', () => {
  it('are owed by what the promised goods cost in them', () => {
    const lines = [
      { product: 'jacket', quantity: 2, unitPrice: 9_900 },
      { product: 'hat', quantity: 1, unitPrice: 5_000 },
    ]
    const hat = {
      ...listed(),
      id: 'hat',
      data: { ...listed().data, product: 'hat' },
    } as AssayEvent
    const given = [...GOODS, hat, promised(), ...ordered('one', 5, { lines, total: 24_800 })]
    // The posted 80 breaks it: two jackets at 99 are owed 2 × 19, limited by nothing else.
    const [finding] = findingsOf([...given, priced(8_000, 20)])
    expect(finding!.summary.en).toContain('1 order(s) are owed 38.00 CNY')
  })
})
