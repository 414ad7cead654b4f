/**
 * Who was issued which coupon, when, and where it was used (scenario S1-38, obligations §12 item 5):
 * the data a shop can publish when it is asked how its coupons were handed out.
 *
 * Accounts appear as keyed digests only. How they are made comes in through the door: this layer
 * knows no hash, and whoever exports holds the salt that makes guessing an account costly.
 */
import type { Shop } from './shop.ts'

export type CouponEntry = {
  readonly coupon: string
  readonly account: string
  /** ms; null for a coupon that needed no claiming. */
  readonly claimedAt: number | null
  readonly order: string | null
  readonly usedAt: number | null
  /** What it took off that order, minor units; null while unused. */
  readonly amount: number | null
}

/** @param digest of an account, salted by the caller; equal accounts give equal digests */
export const couponLedger = (shop: Shop, digest: (account: string) => string): CouponEntry[] => {
  const entries: CouponEntry[] = []
  const waiting = new Map<string, number[]>()
  for (const { coupon, viewer, at } of shop.claims) {
    const key = JSON.stringify([coupon, viewer])
    const own = waiting.get(key)
    if (own === undefined) waiting.set(key, [entries.length])
    else own.push(entries.length)
    entries.push({
      coupon,
      account: digest(viewer),
      claimedAt: at,
      order: null,
      usedAt: null,
      amount: null,
    })
  }
  for (const { order, buyer, at, discounts } of shop.orders.values())
    for (const { coupon, amount } of discounts) {
      const use = { order, usedAt: at, amount }
      // The earliest claim of the account that is not used yet, if it claimed at all.
      const claim = waiting.get(JSON.stringify([coupon, buyer]))?.shift()
      if (claim !== undefined) entries[claim] = { ...entries[claim]!, ...use }
      else entries.push({ coupon, account: digest(buyer), claimedAt: null, ...use })
    }
  return entries.sort(byCouponThenTime)
}

export type CouponTotals = {
  readonly coupon: string
  readonly claimed: number
  readonly used: number
  readonly accounts: number
  readonly amount: number
}

/** One row a coupon, for publication without any account. */
export const couponTotals = (entries: readonly CouponEntry[]): readonly CouponTotals[] => {
  const totals = new Map<string, Omit<CouponTotals, 'accounts'> & { accounts: Set<string> }>()
  for (const { coupon, account, claimedAt, order, amount } of entries) {
    const known = totals.get(coupon) ?? {
      coupon,
      claimed: 0,
      used: 0,
      amount: 0,
      accounts: new Set(),
    }
    totals.set(coupon, {
      coupon,
      claimed: known.claimed + (claimedAt === null ? 0 : 1),
      used: known.used + (order === null ? 0 : 1),
      amount: known.amount + (amount ?? 0),
      accounts: known.accounts.add(account),
    })
  }
  return [...totals.values()].map((total) => ({ ...total, accounts: total.accounts.size }))
}

const byCouponThenTime = (a: CouponEntry, b: CouponEntry) =>
  compareText(a.coupon, b.coupon) ||
  (a.claimedAt ?? a.usedAt ?? 0) - (b.claimedAt ?? b.usedAt ?? 0) ||
  compareText(a.order ?? '', b.order ?? '') ||
  compareText(a.account, b.account)

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
