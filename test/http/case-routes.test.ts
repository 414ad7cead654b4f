/** Files and prices through the door: whose an audit is, what is refused, what comes back. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVENTS } from '../../src/vocabulary/index.ts'
import { newApiRig, type ApiRig } from './api-rig.ts'

let rig: ApiRig
beforeAll(async () => {
  rig = await newApiRig()
})
afterAll(() => rig.close())

const BATCH = [
  {
    specversion: '1.0',
    id: 'event-1',
    source: '/platforms/a',
    type: 'live.broadcast.started',
    subject: 'broadcast-z',
    time: '2026-03-01T20:00:00.000+08:00',
    data: EVENTS['live.broadcast.started'].example,
  },
]

describe('an erasure', () => {
  it('is asked for by an admin, who is told what went and what is kept until when', async () => {
    const wish = { ids: ['viewer-of-nowhere'], ground: 'consent withdrawn' }
    const { status, body } = await rig.ask('admin', 'POST', '/v1/erasures', wish)
    expect(status).toBe(200)
    expect(body).toEqual({
      disclosures: 0,
      chunkEvents: 0,
      held: 0,
      kept: 0,
      keptUntil: null,
      finding: null,
    })
    // On air this evening: the law wants it kept, and the clock is open.
    const viewer = EVENTS['live.viewer.joined'].example.viewer
    const kept = await rig.ask('admin', 'POST', '/v1/erasures', { ...wish, ids: [viewer] })
    expect(kept.body).toMatchObject({ disclosures: 0, chunkEvents: 0, keptUntil: null })
    expect(Number(kept.body['kept']) + Number(kept.body['held'])).toBeGreaterThan(0)
    for (const bad of [{ ids: [], ground: 'g' }, { ids: ['a'] }, { ids: ['a'], ground: ' ' }])
      expect((await rig.ask('admin', 'POST', '/v1/erasures', bad)).status).toBe(400)
    expect((await rig.ask('inspector', 'POST', '/v1/erasures', wish)).status).toBe(403)
    expect(rig.failures).toEqual([])
  })
})

describe('a file that a merchant hands in', () => {
  it('is answered at once, audited, and nobody else finds it', async () => {
    const taken = await rig.ask('merchant', 'POST', '/v1/audits?name=evening.json', BATCH)
    expect(taken.status).toBe(202)
    const path = `/v1/audits/${String(taken.body['audit'])}`
    // A report that is not there yet is not there.
    expect((await rig.ask('merchant', 'GET', `${path}/report`)).status).toBe(404)
    await expect
      .poll(async () => (await rig.ask('merchant', 'GET', path)).body['state'])
      .toBe('done')
    const report = await rig.ask('merchant', 'GET', `${path}/report`)
    expect(report.body).toMatchObject({ broadcasts: [{ broadcast: 'broadcast-z' }] })
    const page = await rig.app.request(`${path}/page`, { headers: { 'x-as': 'merchant' } })
    // It has a script of its own: it is saved, and never runs on our origin.
    expect(page.headers.get('content-disposition')).toContain('attachment')
    for (const other of ['inspector', 'admin'])
      for (const what of [path, `${path}/report`, `${path}/page`])
        expect((await rig.ask(other, 'GET', what)).status, `${other} ${what}`).toBe(404)
    expect((await rig.ask('inspector', 'GET', '/v1/audits')).body).toEqual({ audits: [] })
    expect((await rig.ask('consumer', 'GET', '/v1/audits')).status).toBe(403)
    expect(rig.failures).toEqual([])
  })

  it('waits as a table until its columns are told apart, by its owner alone', async () => {
    const table = 'who,how much,when\nu1,5,2026-03-01T12:00:00Z\n'
    const taken = await rig.app.request('/v1/audits?name=t.csv', {
      method: 'POST',
      headers: { 'x-as': 'merchant', 'content-type': 'application/octet-stream' },
      body: table,
    })
    const { audit } = (await taken.json()) as { audit: string }
    const path = `/v1/audits/${audit}`
    const stateOf = async () => (await rig.ask('merchant', 'GET', path)).body['state']
    await expect.poll(stateOf).toBe('unmapped')
    const mapping = {
      source: '/t',
      events: [
        { type: 'live.order.paid', time: 'when', data: { order: 'who', amount: 'how much' } },
      ],
    }
    const tell = (as: string, what: unknown) => rig.ask(as, 'POST', `${path}/mapping`, what)
    expect((await tell('inspector', mapping)).status).toBe(404)
    expect((await tell('merchant', { ...mapping, events: [] })).status).toBe(400)
    expect((await tell('merchant', mapping)).status).toBe(202)
    await expect.poll(stateOf).toBe('done')
    expect((await tell('merchant', mapping)).status).toBe(404)
  })

  it('needs a name and a body', async () => {
    expect((await rig.ask('merchant', 'POST', '/v1/audits', BATCH)).status).toBe(400)
    expect((await rig.ask('merchant', 'POST', '/v1/audits?name=a')).status).toBe(400)
  })
})

const read = (name: string) =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8')
const events = read('shop.ndjson')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown)
const coupon = JSON.parse(read('coupon.json')) as unknown

/** A merchant asks whether the sample's coupon may be issued. */
const ask = () => rig.ask('merchant', 'POST', '/v1/prices/preflight', { events, coupon })

describe('prices', () => {
  it('are worked out in a thread, the same each time it is asked', async () => {
    const [first, second] = await Promise.all([ask(), ask()])
    expect(first.status).toBe(200)
    expect(first.body).toEqual(second.body)
    const priced = { receipt: { unitPrice: 53_940 } }
    expect(first.body).toMatchObject({ coupon: { breaks: [priced, priced] } })
  })

  it('are refused in one line where the question is none', async () => {
    const none = await rig.ask('merchant', 'POST', '/v1/prices/preflight', { events: 5 })
    expect([none.status, none.body['code']]).toEqual([400, 'bad-request'])
    const many = { events: Array.from({ length: 5_001 }, () => ({})) }
    expect((await rig.ask('merchant', 'POST', '/v1/prices/preflight', many)).status).toBe(400)
    const large = { events: ['x'.repeat(5 << 20)] }
    expect((await rig.ask('merchant', 'POST', '/v1/prices/preflight', large)).status).toBe(413)
  })

  it('of the shop on file are asked without bringing events along', async () => {
    const listed = await rig.ask('merchant', 'GET', '/v1/promises')
    expect(listed.body['promises']).toEqual([
      expect.objectContaining({ ...ON_FILE, merchant: 'merchant-a', platform: '/platforms/a' }),
    ])
    const tried = await rig.ask('merchant', 'POST', '/v1/prices/preflight', {})
    expect([tried.status, tried.body['products']]).toEqual([
      200,
      [{ product: EVENT.data.product, title: EVENTS['live.product.listed'].example.title }],
    ])
    // Somebody else's promises, and somebody who may see none.
    expect((await rig.ask('merchant/other', 'GET', '/v1/promises')).body['promises']).toEqual([])
    expect((await rig.ask('consumer', 'GET', '/v1/promises')).status).toBe(403)
    const page = '/v1/promises?before=1&limit=1'
    expect((await rig.ask('inspector', 'GET', page)).body['promises']).toEqual([])
    expect((await rig.ask('inspector', 'GET', '/v1/promises?before=x')).status).toBe(400)
  })

  it('name the promises of a broadcast to whoever may see it', async () => {
    const { subject } = EVENT
    const asked = await rig.ask('merchant', 'GET', `/v1/broadcasts/${subject}/promises`)
    expect(asked.body['promises']).toEqual([
      expect.objectContaining({ promise: EVENT.data.promise, text: EVENT.data.text }),
    ])
    expect((await rig.ask('merchant', 'GET', '/v1/broadcasts/nowhere/promises')).status).toBe(404)
    expect(
      (await rig.ask('merchant/other', 'GET', `/v1/broadcasts/${subject}/promises`)).status,
    ).toBe(404)
  })
})

/** As the rig seeds it. */
const ON_FILE = { promise: 'promise-1', product: 'product-1', broadcast: 'broadcast-1', number: 1 }
const EVENT = { subject: 'broadcast-1', data: EVENTS['live.promise.made'].example }
