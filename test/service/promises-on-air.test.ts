/**
 * A promise that is broken is a finding of its room on air: one jacket at 99 yuan, by hand. Each scene
 * is a platform of its own, so that all are played to one service.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import type { LiveMessage } from '../../src/http/contract.ts'
import { checkEvidence } from '../../src/ledger/check-evidence.ts'
import type { Service } from '../../src/service/open.ts'
import type { Finding } from '../../src/vocabulary/finding.ts'
import { newRig, PACK, type Rig } from './rig.ts'

const START = Date.parse('2026-03-01T12:00:00Z')
const instant = (minute: number) => new Date(START + minute * 60_000).toISOString()

type Event = Readonly<
  Record<'specversion' | 'id' | 'source' | 'type' | 'subject' | 'time', string>
> & { readonly data: object }

/** The events of one platform, with the room of the promise and another. */
const sceneOf = (platform: string) => {
  const [room, other] = [`${platform}-1`, `${platform}-2`]
  const event = (
    name: string,
    type: string,
    minute: number,
    data: object,
    subject = room,
  ): Event => ({
    specversion: '1.0',
    id: `${platform} ${name}`,
    source: `/platforms/${platform}/rooms`,
    type,
    subject,
    time: instant(minute),
    data,
  })
  const started = (subject: string) => {
    const stated = { operator: 'o', title: 't', form: 'video', currency: 'CNY', hosts: [] }
    const data = { room: `room of ${subject}`, ...stated }
    return event(`start of ${subject}`, 'live.broadcast.started', 0, data, subject)
  }
  const jacket = { product: 'jacket', sku: 'jacket', merchant: platform, title: 'jacket' }
  const listed = event('listing', 'live.product.listed', 0, { ...jacket, category: 'clothes' })
  const priced = (price: number, minute: number) => {
    const data = { product: 'jacket', channel: 'shop', kind: 'sale', from: instant(minute) }
    return event(`price ${price}`, 'live.price.set', minute, { ...data, price })
  }
  return {
    room,
    other,
    event,
    priced,
    goods: [started(room), started(other), listed, priced(9_900, 0)],
    promised: (more: object = {}) =>
      event('promise', 'live.promise.made', 1, {
        promise: 'lowest',
        kind: 'lowest-price',
        by: 'host-a',
        product: 'jacket',
        scope: { from: instant(1), until: instant(60) },
        price: 9_900,
        couponsCount: true,
        text: 'the lowest price there is',
        ...more,
      }),
    /** 20 yuan off from 99, issued in the other room. */
    coupon: event(
      'coupon',
      'live.coupon.issued',
      30,
      {
        coupon: 'twenty',
        issuer: platform,
        scope: { merchant: platform },
        kind: 'amount-off',
        threshold: 9_900,
        value: 2_000,
        from: instant(30),
        until: instant(60),
      },
      other,
    ),
    ordered: (name: string, minute = 5) => {
      const order = `${platform}-${name}`
      const lines = [{ product: 'jacket', quantity: 1, unitPrice: 9_900 }]
      const data = { order, buyer: name, merchant: platform, lines, total: 9_900 }
      return [
        event(`${name} placed`, 'live.order.placed', minute, data),
        event(`${name} paid`, 'live.order.paid', minute, { order, amount: 9_900 }),
      ]
    },
    refunded: (name: string) => {
      const refund = { refund: `${platform}-r`, order: `${platform}-${name}`, amount: 2_000 }
      const asked = { ...refund, reason: 'the difference', goodsReturned: false }
      return [
        event('asked', 'live.refund.requested', 40, asked),
        event('paid back', 'live.refund.completed', 41, refund),
      ]
    },
  }
}

const isPromise = ({ kind }: Finding) => kind === 'promise-broken'

const offline = (events: readonly Event[]): readonly Finding[] => {
  const intake = new Intake(new Evidence())
  intake.open('recording', 'ndjson')
  for (const [line, one] of events.entries()) intake.offer(one, line + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  const options = { version: 'test', policy: PACK.policy, at: null, inputs, refusedByBroadcast }
  const { broadcasts } = audit(intake.evidence, options).report
  return broadcasts.flatMap(({ findings }) => findings.filter(isPromise))
}

let rig: Rig
let service: Service
let told: LiveMessage[]
const open = async () => {
  service = await rig.open()
  told = []
  service.hub.subscribe({}, (message) => void told.push(message))
}
const offer = async (events: readonly Event[]) => {
  const offering = service.ingest.open()
  for (const one of events) offering.value(one)
  await offering.end()
}
const onAir = (broadcast: string) =>
  (service.desk.audit(broadcast)?.findings ?? []).filter(isPromise)
const inDatabase = async (broadcast: string, merchant?: string) => {
  const asked = { broadcast, limit: 50, ...(merchant === undefined ? {} : { merchant }) }
  const rows = await rig.store.findings.list(asked)
  return rows.map(({ document, withdrawnAt }) => ({
    finding: document as Finding,
    isWithdrawn: withdrawnAt !== null,
  }))
}
const toldOf = (topic: string, broadcast: string) =>
  told.filter((message) => message.topic === topic && message.broadcast === broadcast)

beforeAll(async () => {
  rig = await newRig()
  await open()
})
afterAll(async () => {
  await service.close()
  await rig.remove()
  expect(rig.failures).toEqual([])
})

describe('a promise that a coupon of another room undercuts', () => {
  const scene = sceneOf('coupons')
  const { room, other } = scene
  const events = [
    ...scene.goods,
    scene.promised(),
    ...scene.ordered('one'),
    ...scene.ordered('two', 6),
    scene.coupon,
  ]
  const name = `promise-broken:${room}:jacket: lowest`

  it('is a finding of its own room, as an audit has it, with the prompt that the ladder names', async () => {
    await offer(events)
    // To the byte.
    await expect.poll(() => JSON.stringify(onAir(room))).toBe(JSON.stringify(offline(events)))
    const [finding] = onAir(room)
    // 0.8 for a promise with its scope, 0.9 for a basket within reach, 0.5 for orders that paid more.
    expect(finding).toMatchObject({
      broadcast: room,
      verdict: 'supported',
      weightBans: 2.2,
      evidence: ['coupons promise', 'coupons coupon'],
      from: instant(1),
      until: instant(30),
    })
    // Twice 99 − 79.
    expect(finding!.summary.zh).toContain('40.00')
    expect(onAir(other)).toEqual([])
    await expect
      .poll(() => service.desk.figures(room)?.gravest)
      .toMatchObject({ finding: name, kind: 'promise-broken' })
    await expect.poll(() => inDatabase(room)).toHaveLength(1)
    const [row] = await inDatabase(room)
    // The same but for the name: the times in an audit's own move as more is known.
    expect(JSON.stringify(row!.finding)).toBe(JSON.stringify({ ...finding, finding: name }))
    expect(toldOf('finding', room)).toMatchObject([{ data: { finding: name, isWithdrawn: false } }])
    expect(service.desk.measures(room).map(({ name: measure }) => measure)).toEqual(['prompt'])
    expect(await inDatabase(room, 'coupons')).toHaveLength(1)
    expect(await inDatabase(room, 'another')).toEqual([])
  })

  it('has every piece of its evidence proved, whichever room it was told in', async () => {
    const [finding] = onAir(room)
    const proved = await service.evidence.prove(finding!)
    expect(proved.pieces.map(({ place }) => place?.type)).toEqual([
      'live.promise.made',
      'live.coupon.issued',
    ])
    expect(checkEvidence(proved, finding)).toMatchObject([
      { state: 'proved', reach: 'event' },
      { state: 'proved', reach: 'elsewhere' },
    ])
  })

  it('stands after a restart, and when what was put away is lost, and is not told again', async () => {
    for (const [isLost, order, owed] of [
      [false, 'three', '3 order(s)'],
      [true, 'four', '4 order(s)'],
    ] as const) {
      await service.close()
      if (isLost) rmSync(join(rig.folder, 'state'), { recursive: true })
      await open()
      // One more who is owed: so it was weighed in this life.
      await offer(scene.ordered(order, 31))
      await expect.poll(() => onAir(room)[0]?.summary.en).toContain(owed)
      await service.desk.settled()
      expect(toldOf('finding', room)).toEqual([])
      expect(await inDatabase(room)).toMatchObject([{ isWithdrawn: false }])
    }
  })
})

describe('price protection', () => {
  const scene = sceneOf('protection')
  const { room } = scene
  const late = scene.event('late', 'live.order.placed', 61, {
    order: 'late',
    buyer: 'b',
    merchant: 'protection',
    lines: [{ product: 'hat', quantity: 1, unitPrice: 1_000 }],
    total: 1_000,
  })

  it('is a note to a person while it can be claimed, then found, and taken back when it is paid', async () => {
    const promise = scene.promised({ kind: 'price-protection', price: undefined })
    await offer([...scene.goods, promise, ...scene.ordered('one'), scene.priced(7_900, 20)])
    await expect.poll(() => toldOf('note', room)).toHaveLength(1)
    expect(onAir(room)).toMatchObject([{ verdict: 'undetermined', weightBans: 0 }])
    expect(service.desk.measures(room)).toEqual([])
    expect(toldOf('finding', room)).toEqual([])
    await offer([late])
    await expect.poll(() => inDatabase(room)).toMatchObject([{ isWithdrawn: false }])
    await offer(scene.refunded('one'))
    await expect.poll(() => inDatabase(room)).toMatchObject([{ isWithdrawn: true }])
    expect(onAir(room)).toEqual([])
  })
})

describe('a promise of which the records do not agree', () => {
  it('accuses nobody: two coupons under one id, one of which must be wrong', async () => {
    const scene = sceneOf('twice')
    const { room, coupon } = scene
    const again = { ...coupon, id: `${coupon.id}, put right`, data: { ...coupon.data, value: 0 } }
    const events = [...scene.goods, scene.promised(), ...scene.ordered('one'), coupon, again]
    await offer(events)
    await expect.poll(() => onAir(room)).toEqual(offline(events))
    expect(onAir(room)).toMatchObject([{ verdict: 'undetermined', weightBans: 0 }])
    expect(toldOf('finding', room)).toEqual([])
    expect(service.desk.measures(room)).toEqual([])
  })
})
