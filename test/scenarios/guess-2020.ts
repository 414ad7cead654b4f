/**
 * The jacket of November 2020 (scenarios S1-23 to S1-45) under neutral names, amounts in fen. What
 * the articles leave open (which filler, who said how much) is an argument of the tests.
 */
import { at, line, Story } from '../pricing/story.ts'

export const REGISTERED = 149_900
export const ROOM_PRICE = 89_900
export const DEPOSIT = 15_000

export type Told = {
  /** Price of the one filler that a basket can be completed with, fen. */
  readonly filler?: number
  readonly couponsCount?: boolean
  readonly exclude?: readonly string[]
  readonly draw?: boolean
}

/** Registered on 25 October at 1,499, sold from 1 November in the room at 899. */
export const guess2020 = ({ filler, couponsCount, exclude, draw }: Told = {}): Story => {
  const story = new Story()
  story.list('jacket', '10-25')
  story.price('jacket', REGISTERED, { channel: 'store', kind: 'list', when: '10-25' })
  story.price('jacket', ROOM_PRICE, { channel: 'room-a', when: '10-25', from: '11-01' })
  if (filler !== undefined) story.product('filler', filler, 'room-a', '10-25')
  story.promise('lowest', 'lowest-price', {
    scope: { from: at('11-01'), until: at('11-12') },
    price: ROOM_PRICE,
    ...(couponsCount !== undefined && { couponsCount }),
    saidAt: 3_600_000,
  })
  story.coupon('president', '11-01 20:00', '11-02', {
    quantity: 1000,
    scope: { merchant: 'merchant-a', ...(exclude !== undefined && { exclude }) },
    ...(draw !== undefined && { draw }),
  })
  return story
}

/** Orders in the room at 899, deposit 150 paid at once and the balance of 749 on 1 November. */
export const buyers = (story: Story, ids: readonly string[]): Story => {
  for (const id of ids)
    story.order(id, '11-01 20:10', [line('jacket', ROOM_PRICE)], { deposit: DEPOSIT })
  return story
}

/** "Full price protection", 1 to 26 November, for orders of 1 to 11 November. */
export const protection = (story: Story, couponsCount?: boolean): Story =>
  story.promise('protected', 'price-protection', {
    scope: { from: at('11-01'), until: at('11-27') },
    orders: { from: at('11-01'), until: at('11-12') },
    ...(couponsCount !== undefined && { couponsCount }),
    text: '全程价保',
  })

/** Somebody who completed the basket to 2,500 and used the coupon: 539.40 for the jacket. */
export const comparisonOrder = (story: Story, order = 'with-coupon'): Story =>
  story.order(order, '11-01 20:30', [line('jacket', ROOM_PRICE), line('filler', 160_100)], {
    discounts: [{ coupon: 'president', amount: 100_000 }],
  })
