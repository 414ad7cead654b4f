/**
 * GUESS-2020 to the fen: every numeric row of S1-3 to S1-45 that a price, a promise or a complaint
 * decides, by its id. Rows about traffic, listings and replays (S1-7, S1-13, S1-15, S1-18, S1-35)
 * are no matter of prices and are tested where they are. Expected values are worked out by hand.
 */
import { describe, expect, it } from 'vitest'
import { parseFigure } from '../../src/importers/figures.ts'
import { complaintsAbout } from '../../src/pricing/complaints.ts'
import { fraction } from '../../src/pricing/fraction.ts'
import { payoutsOf } from '../../src/pricing/payouts.ts'
import { liabilityOf } from '../../src/pricing/preflight.ts'
import { checkPromises } from '../../src/pricing/promises.ts'
import { changeBps, referencePrice } from '../../src/pricing/reference-price.ts'
import { refundsDue } from '../../src/pricing/refunds-due.ts'
import { drawDefence, fraudClaim, intentDefence } from '../../src/pricing/remedies.ts'
import { scriptSigns } from '../../src/pricing/scripts.ts'
import { reconcileSales } from '../../src/pricing/scripts/shown-sales.ts'
import { unequalTreatment } from '../../src/pricing/unequal-treatment.ts'
import { at, line, ms, Story } from '../pricing/story.ts'
import {
  buyers,
  comparisonOrder,
  DEPOSIT,
  guess2020,
  protection,
  ROOM_PRICE,
} from './guess-2020.ts'

const lowestOf = (story: Story) =>
  checkPromises(story.shop).find(({ promise }) => promise === 'lowest')!

describe('S1-3: "sold 99 million", about to break 100 million (破亿)', () => {
  it('reads 亿 as 10^8 and 万 as 10^4', () => {
    expect(parseFigure('9900万')).toBe(99_000_000)
    expect(parseFigure('1亿')).toBe(100_000_000)
  })

  it('holds the claim against what was paid, net of what went back', () => {
    const claimed = 9_900_000_000
    const books = { paid: 9_900_000_000, refunded: 1 }
    expect(reconcileSales(claimed, books)).toEqual({
      claimed,
      net: 9_899_999_999,
      outcome: 'overstated',
    })
    expect(reconcileSales(claimed, { paid: claimed, refunded: 0 }).outcome).toBe('matches')
    expect(reconcileSales(claimed, null).outcome).toBe('insufficient-data')
  })
})

describe('S1-4: counter price 1,599 cut to 98', () => {
  const story = new Story().product('necklace', 9800, 'room-a', '10-20')
  story.price('necklace', 159_900, { kind: 'reference' })

  it('is a cut of 93.87 %', () => {
    expect(changeBps(159_900, 9800)).toBe(-9387)
  })

  it('has no transaction to stand on, and says so instead of zero', () => {
    const question = { product: 'necklace', startsAt: ms('11-01'), claimed: 159_900 }
    expect(referencePrice(story.shop, question)).toMatchObject({
      outcome: 'no-transaction',
      cap: null,
    })
    const labelled = { ...question, isRecommended: true }
    expect(referencePrice(story.shop, labelled).outcome).toBe('recommended')
  })
})

const shownEvening = (paid: number) => {
  const story = new Story()
  story.send('live.broadcast.started', '11-01 20:00', startOf('room-a'), 'b-1')
  story.send('live.display.updated', '11-01 20:10', { orders: 1500 }, 'b-1')
  story.send('live.display.updated', '11-01 20:20', { orders: 3500 }, 'b-1')
  for (let i = 0; i < paid; i += 1)
    story.order(`o${i}`, '11-01 20:15', [line('necklace', 9800)], {}, 'b-1')
  return scriptSigns(story.events)
}

describe('S1-5: 1,500 to 3,500 orders while the staff shout the price', () => {
  it('misses 1,300 orders where 700 of the 2,000 were paid', () => {
    expect(shownEvening(700)).toEqual([
      expect.objectContaining({
        script: 'shown-against-orders',
        shown: 2000,
        paid: 700,
        missing: 1300,
      }),
    ])
  })

  it('says nothing where the orders are there, or where none are known', () => {
    expect(shownEvening(2000)).toEqual([])
    expect(shownEvening(0)).toEqual([])
  })
})

const mistakenCoupon = (filed: boolean) => {
  const story = new Story().product('pan', 19_000, 'room-a', '10-20')
  if (filed) story.price('pan', 18_000, { when: '10-31', from: '11-01 20:30' })
  story.send('live.broadcast.started', '11-01 20:00', startOf('room-a'), 'b-1')
  story.coupon('oops', '11-01 20:20', '11-01 23:00', {
    threshold: 0,
    value: 1000,
    scope: { products: ['pan'] },
  })
  story.send('live.caption.spoken', '11-01 20:21', caption(21, '哎呀发错券了'), 'b-1')
  return scriptSigns(story.events)
}

describe('S1-9: price 190, a "mistaken" coupon of 10, paid 180', () => {
  it('is planned where 180 stood in the table filed before', () => {
    expect(mistakenCoupon(true)).toEqual([
      expect.objectContaining({ script: 'planned-mistake', verdict: 'supported', price: 18_000 }),
    ])
  })

  it('stays open where it did not', () => {
    expect(mistakenCoupon(false)).toEqual([
      expect.objectContaining({ verdict: 'undetermined', filed: null }),
    ])
  })
})

describe('S1-23: "for less than 300 yuan", perhaps "300 yuan less"', () => {
  it('computes nothing from the words: without an order there is a question, and no difference', () => {
    const story = buyers(guess2020(), ['o1'])
    story.send('live.complaint.lodged', '11-23', {
      complaint: 'c-1',
      consumer: 'consumer-1',
      against: 'merchant-a',
      product: 'jacket',
      kind: 'price',
      text: 'the same one for less than 300 yuan',
      amount: 30_000,
    })
    // One piece does not reach the threshold; three do, at 899 − 1,000 ÷ 3 = 565.66….
    const check = lowestOf(story)
    expect(check).toMatchObject({ outcome: 'review', missingClause: 'couponsCount' })
    expect(check.orders.map(({ difference }) => difference)).not.toContain(30_000)
    expect(refundsDue(story.shop, story.events).refunds).toEqual([])
  })
})

describe('S1-24: 162 collective complaints, none handled', () => {
  const story = buyers(guess2020(), ['o1'])
  for (let i = 0; i < 162; i += 1) {
    story.send('live.complaint.lodged', '11-23', {
      complaint: `c-${i}`,
      consumer: `consumer-${i}`,
      against: 'merchant-a',
      ...(i % 2 === 0 ? { product: 'jacket' } : { order: 'o1' }),
      kind: 'price-protection',
      text: '价保不兑现',
    })
    story.send('live.complaint.answered', '11-24', {
      complaint: `c-${i}`,
      by: 'merchant-a',
      text: '活动力度不同',
    })
  }

  it('are linked to the product, by name or by order, and an answer alone is no handling', () => {
    const twice = [...story.events, ...story.events]
    expect(complaintsAbout('jacket', twice, new Set(['o1']))).toEqual({
      product: 'jacket',
      complaints: 162,
      consumers: 162,
      handled: 0,
      handledBps: 0,
      passedOn: [],
    })
  })
})

describe('S1-26: deposit 150, balance more than 700', () => {
  it('keeps deposit and balance with the order: 899 − 150 = 749', () => {
    const order = buyers(guess2020(), ['o1']).shop.orders.get('o1')!
    expect(order.deposit).toBe(15_000)
    expect(order.total - DEPOSIT).toBe(74_900)
  })
})

describe('S1-28, S1-29: a coupon of 2,000 − 1,000 for the whole shop', () => {
  it.each([
    [200_000, 44_950],
    [225_000, 49_944],
    [250_000, 53_940],
  ])('at a basket of %i fen the jacket costs %i', (basket, price) => {
    // 899 × (1 − 1,000 ÷ basket), the share rounded to the fen: 399.555… at 2,250 is 399.56.
    const story = buyers(guess2020({ filler: basket - ROOM_PRICE, couponsCount: true }), ['o1'])
    const check = lowestOf(story)
    expect(check.outcome).toBe('broken')
    expect(check.counterexample!.unitPrice).toEqual(fraction(price))
    expect(check.counterexample!.basket.map(({ product }) => product)).toEqual(['jacket', 'filler'])
    expect(check.responsible).toBe('issue-president')
    expect(check.orders).toEqual([{ order: 'o1', difference: ROOM_PRICE - price }])
  })
})

describe('S1-30: store and room each pass the consumer on', () => {
  it('is a breach after two hand-overs, and a link is no handling', () => {
    const story = new Story()
    const lodge = { complaint: 'c-1', consumer: 'x', against: 'm', kind: 'price', text: '差价' }
    story.send('live.complaint.lodged', '11-03', { ...lodge, product: 'jacket' })
    for (const by of ['store', 'room'])
      story.send('live.complaint.answered', '11-04', {
        complaint: 'c-1',
        by,
        text: '请点链接登记',
        handsOverTo: 'other',
      })
    expect(complaintsAbout('jacket', story.events)).toMatchObject({ handled: 0, passedOn: ['c-1'] })
  })
})

describe('S1-31: some got the difference back and others did not', () => {
  const story = comparisonOrder(
    protection(buyers(guess2020({ filler: 160_100 }), ['a', 'b', 'c']), true),
  )
  story.refund('a', 35_960, '11-05', false)

  it('is open while the others may simply not have asked', () => {
    const { refunds } = refundsDue(story.shop, story.events)
    expect(unequalTreatment(refunds, payoutsOf(story.shop, story.events))).toMatchObject([
      { verdict: 'undetermined', compensated: ['a'], uncompensated: ['b', 'c'] },
    ])
  })

  it('stands as soon as one of them did', () => {
    story.send('live.refund.requested', '11-05', {
      refund: 'refund-b',
      order: 'b',
      amount: 35_960,
      reason: '差价',
      goodsReturned: false,
    })
    const { refunds } = refundsDue(story.shop, story.events)
    expect(unequalTreatment(refunds, payoutsOf(story.shop, story.events))).toMatchObject([
      { verdict: 'supported', asked: ['b'] },
    ])
  })
})

const protectedOrders = (couponsCount?: boolean) =>
  comparisonOrder(protection(buyers(guess2020({ filler: 160_100 }), ['o1']), couponsCount))

describe('S1-32, S1-33: full price protection, 1 to 26 November', () => {
  it('owes 359.60 to an order of 899 beside one of 539.40', () => {
    const story = protectedOrders(true)
    const { refunds, total } = refundsDue(story.shop, story.events)
    expect(total).toBe(35_960)
    expect(refunds).toMatchObject([
      { order: 'o1', paid: 89_900, fair: 53_940, difference: 35_960, due: 35_960, status: 'due' },
    ])
    expect(refunds[0]!.arithmetic.map(({ en }) => en)).toEqual([
      'paid: 899.00 CNY − discounts 0.00 CNY = 899.00 CNY',
      'comparison: 539.40 CNY × 1 = 539.40 CNY',
      'difference: 899.00 CNY − 539.40 CNY = 359.60 CNY',
      'due: 359.60 CNY',
    ])
  })

  it('owes nothing yet, and names the clause, where coupons are not mentioned', () => {
    const story = protectedOrders()
    const check = checkPromises(story.shop).find(({ promise }) => promise === 'protected')!
    expect(check).toMatchObject({ outcome: 'review', missingClause: 'couponsCount' })
    expect(check.ifCounted!.orders).toEqual([{ order: 'o1', difference: 35_960 }])
    expect(check.ifNotCounted).toMatchObject({ outcome: 'kept', orders: [] })
    expect(refundsDue(story.shop, story.events)).toMatchObject({
      total: 0,
      refunds: [{ status: 'open', due: 0, ifCounted: 35_960 }],
    })
  })

  it('owes nothing where a coupon-made price was excluded before the purchase', () => {
    expect(refundsDue(protectedOrders(false).shop).refunds).toEqual([])
  })

  it('lets nobody claim who ordered after 11 November', () => {
    const story = protectedOrders(true).order('late', '11-12 00:00', [line('jacket', ROOM_PRICE)])
    expect(refundsDue(story.shop).refunds.map(({ order }) => order)).toEqual(['o1'])
  })
})

describe('S1-36: "limited, of the nature of a lucky draw"', () => {
  it('asks for the rules of the draw that had to be published before', () => {
    const story = buyers(guess2020({ filler: 110_100, couponsCount: true, draw: true }), ['o1'])
    expect(lowestOf(story)).toMatchObject({ outcome: 'review', missingClause: 'drawRules' })
    expect(drawDefence(false).standing).toBe('review')
  })
})

describe('S1-40: registered at 1,499 on 25 October, 899 in the room', () => {
  const story = guess2020()
  const question = { product: 'jacket', startsAt: ms('11-01'), claimed: 149_900 }

  it('is a cut of 40.0 %', () => {
    // 600 ÷ 1,499 = 40.026… %
    expect(Math.trunc(changeBps(149_900, ROOM_PRICE) / 10)).toBe(-400)
  })

  it('may be shown only up to what somebody paid in the 7 days before', () => {
    expect(referencePrice(story.shop, question).outcome).toBe('no-transaction')
    story.order('before', '10-26', [line('jacket', 149_900)])
    expect(referencePrice(story.shop, question)).toMatchObject({
      outcome: 'allowed',
      cap: fraction(149_900),
      isFallback: false,
    })
    story.order('cheaper', '10-27', [line('jacket', 129_900)])
    expect(referencePrice(story.shop, question)).toMatchObject({
      outcome: 'not-allowed',
      cap: fraction(129_900),
      evidence: 'cheaper',
    })
  })
})

describe('S1-41: 1,000 coupons of 1,000', () => {
  it('can cost a million yuan', () => {
    expect(liabilityOf(guess2020().shop.coupons.get('president')!)).toBe(100_000_000)
  })
})

describe('S1-42: the threshold "was meant to exclude" the jacket', () => {
  it('leaves the breach standing without an exclusion, whatever was meant', () => {
    expect(lowestOf(guess2020({ filler: 110_100, couponsCount: true })).outcome).toBe('broken')
    expect(intentDefence(false)).toMatchObject({ standing: 'mitigation' })
  })

  it('is no breach where the exclusion was written down', () => {
    const story = guess2020({ filler: 110_100, couponsCount: true, exclude: ['jacket'] })
    expect(lowestOf(story).outcome).toBe('kept')
    expect(intentDefence(true)).toMatchObject({ standing: 'exoneration' })
  })
})

describe('S1-43: a garbled sentence about a coupon of "< gqi < 300"', () => {
  it('is no compensation: what nobody recorded as completed stays unknown and is still due', () => {
    const story = comparisonOrder(protection(buyers(guess2020({ filler: 160_100 }), ['o1']), true))
    story.send('live.complaint.lodged', '11-09', {
      complaint: 'c-1',
      consumer: 'consumer-1',
      against: 'merchant-a',
      order: 'o1',
      kind: 'price',
      text: '差价',
    })
    story.send('live.complaint.answered', '11-10', {
      complaint: 'c-1',
      by: 'merchant-a',
      text: 'discount coupon of < gqi < 300, accepted by both parties on the 10th',
    })
    expect(refundsDue(story.shop, story.events).refunds).toMatchObject([
      { compensated: 0, due: 35_960 },
    ])
    expect(complaintsAbout('jacket', story.events, new Set(['o1'])).handled).toBe(0)
  })
})

describe('S1-45: "minimum price" promised, then a lower one: suspected fraud', () => {
  it('shows three times 899 as a possible claim, suspected and not owed', () => {
    expect(fraudClaim(89_900)).toMatchObject({
      kind: 'possible-claim',
      status: 'suspected',
      isOwed: false,
      amount: 269_700,
      provision: 'CPL-55',
    })
  })

  it('never falls below 500 yuan', () => {
    expect(fraudClaim(9800).amount).toBe(50_000)
    // 3 × 166.67 = 500.01
    expect(fraudClaim(16_667).amount).toBe(50_001)
  })
})

function startOf(room: string) {
  return {
    room,
    operator: 'operator-a',
    title: 'evening',
    form: 'video',
    currency: 'CNY',
    hosts: [{ account: 'host-a', role: 'host' }],
  }
}

function caption(minute: number, text: string) {
  const startMs = minute * 60_000
  return { speaker: 'host-a', text, language: 'zh-CN', startMs, endMs: startMs + 2000 }
}

describe('the moment that is asked about', () => {
  it('is outside the promise before it begins and from its end on', () => {
    const story = guess2020({ filler: 110_100, couponsCount: true })
    const asked = (when: string) =>
      checkPromises(story.shop, { at: Date.parse(at(when)) })[0]!.outcome
    expect(asked('10-31 23:59')).toBe('outside')
    expect(asked('11-12')).toBe('outside')
    expect(asked('11-01 21:00')).toBe('broken')
    // The coupon is over.
    expect(asked('11-03')).toBe('kept')
  })
})
