/**
 * The part of an event that prices need, and nothing of the people in it: a buyer is known by the
 * order alone. What a person had erased is missing, whatever the types say.
 */
import { MOST_SAID } from '../../engine/prices/signal.ts'
import type { AssayEvent, DataOf, EventOf, EventType } from '../../vocabulary/index.ts'

/** Texts are shown in a list; what was promised is told in a finding, which cuts it there. */
const MOST_TEXT = MOST_SAID
/** Lines of an order, names in a coupon's scope: beyond that an event is not kept. */
const MOST_NAMES = 1_000

/** One of these types, told apart by it. */
export type OneOf<T extends EventType> = { [K in T]: EventOf<K> }[T]

export type GoodsEvent = OneOf<'live.product.listed' | 'live.product.withdrawn' | 'live.price.set'>
export type OrderEvent = OneOf<
  | 'live.order.placed'
  | 'live.order.paid'
  | 'live.order.cancelled'
  | 'live.refund.requested'
  | 'live.refund.completed'
>
export type ShopEvent = GoodsEvent | OrderEvent | OneOf<'live.coupon.issued' | 'live.promise.made'>

/** `null` for an event of another type; `too-long` for one with too many names to be kept. */
export const trimmed = (event: AssayEvent): ShopEvent | 'too-long' | null => {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are no trade
  switch (event.type) {
    case 'live.product.listed': {
      const { product, sku, merchant, title, category } = event.data
      return { ...envelope(event), data: { product, sku, merchant, title: cut(title), category } }
    }
    case 'live.product.withdrawn':
      return { ...envelope(event), data: { product: event.data.product } }
    case 'live.price.set': {
      const { product, channel, kind, price, from, until } = event.data
      const data = { product, channel, kind, price, from, ...present({ until }) }
      return { ...envelope(event), data }
    }
    case 'live.coupon.issued':
      return couponOnly(event)
    case 'live.promise.made': {
      const { data } = event
      if ((data.scope?.channels?.length ?? 0) > MOST_NAMES) return 'too-long'
      return { ...envelope(event), data: promiseOnly(data) }
    }
    case 'live.order.placed':
      return orderOnly(event)
    case 'live.order.paid': {
      const { order, amount } = event.data
      return { ...envelope(event), data: { order, amount } }
    }
    case 'live.order.cancelled': {
      const { order, by } = event.data
      return { ...envelope(event), data: { order, by } }
    }
    case 'live.refund.requested': {
      const { refund, order, amount, goodsReturned } = event.data
      return { ...envelope(event), data: { refund, order, amount, goodsReturned, reason: '' } }
    }
    case 'live.refund.completed': {
      const { refund, order, amount } = event.data
      return { ...envelope(event), data: { refund, order, amount } }
    }
    default:
      return null
  }
}

const envelope = <E extends AssayEvent>({ id, source, type, subject, time }: E) => ({
  specversion: '1.0' as const,
  id,
  source,
  type: type as E['type'],
  ...(subject === undefined ? {} : { subject }),
  time,
})

const couponOnly = (event: EventOf<'live.coupon.issued'>): ShopEvent | 'too-long' => {
  const { coupon, issuer, scope, kind, threshold, value, from, until } = event.data
  const { cap, quantity, perBuyer, group, draw } = event.data
  const { merchant, products, channels, exclude } = scope
  if ([products, channels, exclude].some((names = []) => names.length > MOST_NAMES))
    return 'too-long'
  return {
    ...envelope(event),
    data: {
      coupon,
      issuer,
      scope: present({ merchant, products, channels, exclude }),
      kind,
      threshold,
      value,
      from,
      until,
      ...present({ cap, quantity, perBuyer, group, draw }),
    },
  }
}

const promiseOnly = (data: DataOf<'live.promise.made'>): DataOf<'live.promise.made'> => {
  const { promise, kind, product, scope, price, quantity, orders, couponsCount } = data
  return {
    promise,
    kind,
    // Who said it is a person, and prices do not ask.
    by: '',
    product,
    text: cut(data.text),
    ...present({ scope, price, quantity, orders, couponsCount }),
  }
}

const orderOnly = (event: EventOf<'live.order.placed'>): ShopEvent | 'too-long' => {
  const { data } = event
  const { order, merchant, discounts, deposit, total } = data
  if (data.lines.length > MOST_NAMES || (discounts?.length ?? 0) > MOST_NAMES) return 'too-long'
  const channel = 'channel' in data && typeof data.channel === 'string' ? data.channel : undefined
  const lines = data.lines.map(({ product, quantity, unitPrice }) => ({
    product,
    quantity,
    unitPrice,
  }))
  return {
    ...envelope(event),
    data: {
      order,
      buyer: order,
      merchant,
      lines,
      total,
      ...present({ discounts, deposit, channel }),
    },
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>

const cut = (text: string | undefined): string => (text ?? '').slice(0, MOST_TEXT)
