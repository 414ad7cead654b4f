/** Random small shops, and a brute force over their baskets that shares no code with the solver. */
import fc from 'fast-check'
import { shopOf, type Coupon, type Shop } from '../../src/pricing/shop.ts'
import { admit } from '../../src/vocabulary/admit.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'

export const AT = Date.UTC(2026, 2, 1, 12)
export const iso = (at: number): string => new Date(at).toISOString()

/** An event as the gate admits it. */
export const event = (type: string, id: string, data: object, at = AT - 3_600_000): AssayEvent => {
  const subject = type === 'live.broadcast.started' ? { subject: id } : {}
  const admission = admit({
    specversion: '1.0',
    id,
    source: '/test',
    type,
    time: iso(at),
    data,
    ...subject,
  })
  if (!admission.ok) throw new Error(JSON.stringify(admission.refusal))
  return admission.event
}

export type Goods = { readonly product: string; readonly merchant: string; readonly price: number }

export const goodsEvents = (goods: readonly Goods[], channel = 'room-1'): readonly AssayEvent[] =>
  goods.flatMap(({ product, merchant, price }) => [
    event('live.product.listed', `list-${product}`, {
      product,
      sku: product,
      merchant,
      title: product,
      category: 'goods',
    }),
    event('live.price.set', `price-${product}-${channel}`, {
      product,
      channel,
      kind: 'list',
      price,
      from: iso(AT - 3_600_000),
    }),
  ])

export const couponEvent = (coupon: string, data: object): AssayEvent =>
  event('live.coupon.issued', `issue-${coupon}`, {
    coupon,
    issuer: 'merchant-0',
    scope: {},
    threshold: 0,
    from: iso(AT - 1000),
    until: iso(AT + 1000),
    ...data,
  })

export type Limits = {
  readonly products: number
  readonly coupons: number
  readonly maxPrice: number
  readonly maxThreshold: number
}

/** Prices and values are small, so that remainders, ties and overshoots are frequent. */
export const shops = (limits: Limits): fc.Arbitrary<Shop> =>
  fc
    .record({
      prices: fc.array(fc.integer({ min: 1, max: limits.maxPrice }), {
        minLength: 1,
        maxLength: limits.products,
      }),
      merchants: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 10, maxLength: 10 }),
      coupons: fc.array(couponData(limits), { minLength: 1, maxLength: limits.coupons }),
    })
    .map(({ prices, merchants, coupons }) => {
      const goods = prices.map((price, i) => ({
        product: `p${i}`,
        merchant: `merchant-${merchants[i]!}`,
        price,
      }))
      const inRange = (list: readonly number[]) => [
        ...new Set(list.map((i) => `p${i % prices.length}`)),
      ]
      const events = coupons.map(({ products, exclude, merchant, group, cap, ...rest }, i) =>
        couponEvent(`c${i}`, {
          ...rest,
          ...(group !== null && { group }),
          ...(cap !== null && { cap }),
          scope: {
            ...(merchant !== null && { merchant }),
            ...(products !== null && { products: ['p0', ...inRange(products)] }),
            exclude: inRange(exclude).filter((product) => product !== 'p0'),
          },
        }),
      )
      return shopOf([...goodsEvents(goods), ...events]).shop
    })

const couponData = ({ maxPrice, maxThreshold }: Limits) =>
  fc
    .record({
      kind: fc.constantFrom('amount-off', 'amount-off', 'percent-off', 'fixed-price', 'gift'),
      threshold: fc.integer({ min: 0, max: maxThreshold }),
      amount: fc.integer({ min: 0, max: maxThreshold }),
      bps: fc.integer({ min: 0, max: 10_000 }),
      fixed: fc.integer({ min: 0, max: maxPrice }),
      cap: fc.option(fc.integer({ min: 0, max: maxPrice }), { nil: null }),
      group: fc.option(fc.constantFrom('g', 'h'), { nil: null }),
      merchant: fc.option(fc.constantFrom('merchant-0', 'merchant-1'), { nil: null, freq: 2 }),
      products: fc.option(fc.array(fc.nat(9), { maxLength: 3 }), { nil: null }),
      exclude: fc.array(fc.nat(9), { maxLength: 1 }),
    })
    .map(({ amount, bps, fixed, ...rest }) => ({
      ...rest,
      value: rest.kind === 'percent-off' ? bps : rest.kind === 'fixed-price' ? fixed : amount,
    }))

/** Least unit price of p0 over every basket, as [numerator, denominator], target first. */
export const bruteForce = (shop: Shop, maxUnits: number): readonly [bigint, bigint] => {
  const products = [...shop.products.values()]
  const prices = products.map(({ product }) =>
    BigInt(shop.prices.get(product)!.get('room-1')![0]!.price),
  )
  const coupons = [...shop.coupons.values()]
  const eligible = coupons.map(({ scope }) =>
    products.map(
      ({ product, merchant }) =>
        (scope.merchant === null || scope.merchant === merchant) &&
        (scope.products === null || scope.products.has(product)) &&
        !scope.exclude.has(product),
    ),
  )
  let best: readonly [bigint, bigint] = [prices[0]!, 1n]
  const counts = prices.map(() => 0n)
  const visit = (i: number) => {
    if (i < prices.length) {
      for (counts[i] = i === 0 ? 1n : 0n; counts[i] <= maxUnits; counts[i] += 1n) visit(i + 1)
      return
    }
    const amounts = prices.map((price, k) => price * counts[k]!)
    const shares = coupons.map((coupon, c) =>
      shareOf(coupon, eligible[c]!, amounts, counts, prices),
    )
    let off = 0n
    const byGroup = new Map<string, bigint>()
    for (const [c, share] of shares.entries()) {
      const { group } = coupons[c]!
      if (group === null) off += share
      else if (share > (byGroup.get(group) ?? 0n)) byGroup.set(group, share)
    }
    for (const share of byGroup.values()) off += share
    const net = off > amounts[0]! ? 0n : amounts[0]! - off
    if (net * best[1] < best[0] * counts[0]!) best = [net, counts[0]!]
  }
  visit(0)
  return best
}

const shareOf = (
  coupon: Coupon,
  eligible: readonly boolean[],
  amounts: readonly bigint[],
  counts: readonly bigint[],
  prices: readonly bigint[],
): bigint => {
  if (!eligible[0]!) return 0n
  const lines = amounts.flatMap((amount, i) => (eligible[i]! && amount > 0n ? [{ amount, i }] : []))
  const sum = lines.reduce((total, { amount }) => total + amount, 0n)
  if (sum < BigInt(coupon.threshold)) return 0n
  const value = BigInt(coupon.value)
  let off = 0n
  if (coupon.kind === 'amount-off') off = value < sum ? value : sum
  if (coupon.kind === 'percent-off') {
    off = (sum * value) / 10_000n
    if (coupon.cap !== null && off > BigInt(coupon.cap)) off = BigInt(coupon.cap)
  }
  if (coupon.kind === 'fixed-price')
    for (const { i } of lines) if (prices[i]! > value) off += (prices[i]! - value) * counts[i]!
  // One unit after another to the largest remainder, ties to the earlier line.
  const given = lines.map(({ amount }) => ({
    share: (off * amount) / sum,
    rest: (off * amount) % sum,
  }))
  let left = off - given.reduce((total, { share }) => total + share, 0n)
  while (left > 0n) {
    let first = 0
    for (const [k, { rest }] of given.entries()) if (rest > given[first]!.rest) first = k
    given[first]!.share += 1n
    given[first]!.rest = -1n
    left -= 1n
  }
  return given[0]!.share
}
