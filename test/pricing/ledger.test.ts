/** S1-38: how a shop's coupons were handed out, without telling whose accounts they were. */
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { couponLedger, couponTotals } from '../../src/pricing/coupon-ledger.ts'
import { line, ms, Story } from './story.ts'

const digest = (account: string) => createHmac('sha256', 'pepper').update(account).digest('hex')

const told = () => {
  const story = new Story().product('jacket', 10_000)
  story.coupon('c', '11-01', '11-05', { threshold: 0, value: 500 })
  for (const viewer of ['buyer-a', 'buyer-b'])
    story.send('live.coupon.claimed', '11-01 10:00', { coupon: 'c', viewer })
  const used = { discounts: [{ coupon: 'c', amount: 500 }] }
  story.order('a', '11-02', [line('jacket', 10_000)], used)
  story.order('unclaimed', '11-03', [line('jacket', 10_000)], used)
  return story
}

describe('the coupon ledger', () => {
  it('says who was issued what, when, and where it was used', () => {
    const claimedAt = ms('11-01 10:00')
    const unused = { order: null, usedAt: null, amount: null }
    expect(couponLedger(told().shop, (account) => account)).toEqual([
      { coupon: 'c', account: 'buyer-b', claimedAt, ...unused },
      { coupon: 'c', account: 'buyer-a', claimedAt, order: 'a', usedAt: ms('11-02'), amount: 500 },
      {
        coupon: 'c',
        account: 'buyer-unclaimed',
        claimedAt: null,
        order: 'unclaimed',
        usedAt: ms('11-03'),
        amount: 500,
      },
    ])
  })

  it('holds digests only, and other ones under another salt', () => {
    const text = JSON.stringify(couponLedger(told().shop, digest))
    expect(text).not.toContain('buyer')
    expect(text).toContain(digest('buyer-a'))
    expect(createHmac('sha256', 'salt').update('buyer-a').digest('hex')).not.toBe(digest('buyer-a'))
  })

  it('adds up by coupon, and counts repeated events once', () => {
    const story = told()
    story.events.push(...story.events.slice())
    const { shop } = story
    expect(couponTotals(couponLedger(shop, digest))).toEqual([
      { coupon: 'c', claimed: 2, used: 2, accounts: 3, amount: 1000 },
    ])
  })
})
