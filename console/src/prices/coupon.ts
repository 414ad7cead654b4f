/** The coupon form's text as the data of a `live.coupon.issued`; sums in major units become minor ones. */
import { minorOf } from '../audit/slot-fee.tsx'

export type CouponKind = 'amount-off' | 'percent-off' | 'fixed-price' | 'gift'

/** As typed; instants as `datetime-local` gives them, in the reader's own time. */
export type CouponForm = {
  readonly coupon: string
  readonly issuer: string
  readonly merchant: string
  readonly products: readonly string[]
  readonly exclude: readonly string[]
  readonly kind: CouponKind
  readonly threshold: string
  readonly value: string
  readonly quantity: string
  readonly from: string
  readonly until: string
}

export const EMPTY_COUPON: CouponForm = {
  coupon: '',
  issuer: '',
  merchant: '',
  products: [],
  exclude: [],
  kind: 'amount-off',
  threshold: '0',
  value: '',
  quantity: '',
  from: '',
  until: '',
}

/** Null until enough is filled in to ask; what is wrong with it the service says. */
export const couponData = (form: CouponForm): Readonly<Record<string, unknown>> | null => {
  const { coupon, issuer, merchant, products, exclude, kind, quantity, from, until } = form
  const threshold = minorOf(form.threshold)
  // A percentage is in basis points, and 12.5 % are 1,250 of them: two digits, as with money.
  const value = kind === 'gift' ? 0 : minorOf(form.value)
  const begins = Date.parse(from)
  const ends = Date.parse(until)
  const isCountable = quantity.trim() === '' || /^\d{1,9}$/.test(quantity.trim())
  if (coupon.trim() === '' || threshold === null || value === null || !isCountable) return null
  if (Number.isNaN(begins) || Number.isNaN(ends)) return null
  return {
    coupon: coupon.trim(),
    issuer: issuer.trim() || merchant.trim() || 'issuer',
    scope: {
      ...(merchant.trim() === '' ? {} : { merchant: merchant.trim() }),
      ...(products.length === 0 ? {} : { products }),
      ...(exclude.length === 0 ? {} : { exclude }),
    },
    kind,
    threshold,
    value,
    from: new Date(begins).toISOString(),
    until: new Date(ends).toISOString(),
    ...(quantity.trim() === '' ? {} : { quantity: Number(quantity.trim()) }),
  }
}

/** Events of a shop in a file: one a line, or an array of them. @throws SyntaxError */
export const eventsIn = (text: string): readonly unknown[] => {
  const trimmed = text.trim()
  if (trimmed.startsWith('[')) return JSON.parse(trimmed) as unknown[]
  return trimmed
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown)
}
