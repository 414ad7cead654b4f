/** A shop told event by event: ids are given, times are instants in China, everything is admitted. */
import { shopOf, type Shop } from '../../src/pricing/shop.ts'
import { admit, type AssayEvent, type EventType } from '../../src/vocabulary/index.ts'

/** `'11-01 20:00'` in 2020, China. */
export const at = (text: string): string => {
  const [day, clock = '00:00'] = text.split(' ')
  return `2020-${day}T${clock}:00.000+08:00`
}

export const ms = (text: string): number => Date.parse(at(text))

type Data = Record<string, unknown>

export class Story {
  readonly events: AssayEvent[] = []
  #next = 0

  send(type: EventType, when: string, data: Data, subject?: string, id?: string): string {
    this.#next += 1
    const name = id ?? `e${String(this.#next).padStart(5, '0')}`
    const value = {
      specversion: '1.0',
      id: name,
      source: '/platforms/example',
      type,
      time: at(when),
      ...(subject !== undefined && { subject }),
      data,
    }
    const admission = admit(value)
    if (!admission.ok) throw new Error(`${type}: ${JSON.stringify(admission.refusal)}`)
    this.events.push(admission.event)
    return name
  }

  product(product: string, price: number, channel = 'room-a', when = '10-20'): this {
    this.list(product, when)
    this.price(product, price, { channel, when })
    return this
  }

  list(product: string, when = '10-20', merchant = 'merchant-a'): this {
    this.send('live.product.listed', when, {
      product,
      sku: product,
      merchant,
      title: product,
      category: 'clothing',
    })
    return this
  }

  price(
    product: string,
    price: number,
    {
      channel = 'room-a',
      kind = 'sale',
      when = '10-20',
      from = when,
      until,
    }: { channel?: string; kind?: string; when?: string; from?: string; until?: string } = {},
  ): string {
    return this.send('live.price.set', when, {
      product,
      channel,
      kind,
      price,
      from: at(from),
      ...(until !== undefined && { until: at(until) }),
    })
  }

  coupon(coupon: string, from: string, until: string, data: Data = {}): string {
    return this.send(
      'live.coupon.issued',
      from,
      {
        coupon,
        issuer: 'merchant-a',
        scope: { merchant: 'merchant-a' },
        kind: 'amount-off',
        threshold: 200_000,
        value: 100_000,
        from: at(from),
        until: at(until),
        ...data,
      },
      undefined,
      `issue-${coupon}`,
    )
  }

  promise(promise: string, kind: string, data: Data = {}, when = '11-01 20:00'): this {
    this.send('live.promise.made', when, {
      promise,
      kind,
      by: 'merchant-a',
      product: 'jacket',
      text: '这就是最低价',
      ...data,
    })
    return this
  }

  order(
    order: string,
    when: string,
    lines: readonly Data[],
    data: Data = {},
    subject?: string,
  ): this {
    const gross = lines.reduce(
      (sum, line) => sum + (line['quantity'] as number) * (line['unitPrice'] as number),
      0,
    )
    const discounts = (data['discounts'] ?? []) as readonly { amount: number }[]
    const off = discounts.reduce((sum, { amount }) => sum + amount, 0)
    this.send(
      'live.order.placed',
      when,
      {
        order,
        buyer: `buyer-${order}`,
        merchant: 'merchant-a',
        lines,
        total: gross - off,
        ...data,
      },
      subject,
    )
    return this
  }

  refund(order: string, amount: number, when: string, goodsReturned?: boolean): this {
    const refund = `refund-${order}-${when}`
    if (goodsReturned !== undefined)
      this.send('live.refund.requested', when, {
        refund,
        order,
        amount,
        reason: '差价',
        goodsReturned,
      })
    this.send('live.refund.completed', when, { refund, order, amount })
    return this
  }

  get shop(): Shop {
    const { shop, refused } = shopOf(this.events)
    if (refused.length > 0) throw new Error(JSON.stringify(refused))
    return shop
  }
}

export const line = (product: string, unitPrice: number, quantity = 1): Data => ({
  product,
  quantity,
  unitPrice,
})
