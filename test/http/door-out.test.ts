/** What goes out on request: receivers of webhooks, and evidence for consumers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endOfWorkingDay } from '../../src/law/working-days.ts'
import { shapeOf } from '../../src/service/webhooks/open.ts'
import { newApiRig, type ApiRig } from './api-rig.ts'

let rig: ApiRig
beforeAll(async () => {
  rig = await newApiRig()
})
afterAll(() => rig.close())

describe('receivers of webhooks', () => {
  it('are set up, rotated, listed without secrets, and removed', async () => {
    const set = await rig.ask('admin', 'POST', '/v1/webhooks', {
      url: 'https://receiver.example/hook',
      topics: ['finding', 'note'],
    })
    expect(set.status).toBe(201)
    expect(set.body).toMatchObject({ merchant: null, secrets: 1 })
    // The specification wants 24 to 64 bytes.
    const { webhook, secret } = set.body as unknown as { webhook: string; secret: string }
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32)

    const rotated = await rig.ask('admin', 'POST', `/v1/webhooks/${webhook}/rotate`)
    expect(rotated.status).toBe(201)
    expect(rotated.body['secret']).not.toBe(secret)
    expect((await rig.rig.store.webhooks.get(webhook))!.secrets).toEqual([
      rotated.body['secret'],
      secret,
    ])
    await rig.ask('admin', 'POST', `/v1/webhooks/${webhook}/rotate`, { keepOld: false })
    expect((await rig.rig.store.webhooks.get(webhook))!.secrets).toHaveLength(1)

    const list = await rig.ask('admin', 'GET', '/v1/webhooks')
    expect(JSON.stringify(list.body)).toContain('receiver.example')
    expect(JSON.stringify(list.body)).not.toContain('whsec_')
    expect((await rig.ask('admin', 'DELETE', `/v1/webhooks/${webhook}`)).status).toBe(204)
    expect((await rig.ask('admin', 'DELETE', `/v1/webhooks/${webhook}`)).status).toBe(404)
  })

  it.each([
    'http://receiver.example/',
    'https://127.0.0.1/',
    'https://10.0.0.1/x',
    'https://[::1]/',
    'https://user:word@receiver.example/',
    'ftp://receiver.example/',
    'nonsense',
  ])('cannot be set up at %s', async (url) => {
    const { status, body } = await rig.ask('admin', 'POST', '/v1/webhooks', { url })
    expect([status, body['code']]).toEqual([400, 'bad-request'])
  })

  it('of a merchant hear of its own broadcasts, as facts, and of no notes', async () => {
    const url = 'https://merchant.example/'
    const notes = await rig.ask('merchant', 'POST', '/v1/webhooks', { url, topics: ['note'] })
    expect(notes.status).toBe(400)
    const { status, body } = await rig.ask('merchant', 'POST', '/v1/webhooks', { url })
    expect([status, body['merchant']]).toEqual([201, 'merchant-a'])
    const hook = (await rig.rig.store.webhooks.get(String(body['webhook'])))!
    const figures = rig.service.desk.figures('broadcast-1')!
    const message = { topic: 'figures', broadcast: 'broadcast-1', data: figures } as const
    const told = shapeOf(rig.service, hook, message) as Record<string, unknown>
    expect(told['figures']).toEqual(figures.figures)
    expect(told).not.toHaveProperty('risk')
    expect(told).not.toHaveProperty('keyTriggers')
    const theirs = { ...message, broadcast: 'broadcast-2' }
    expect(shapeOf(rig.service, hook, theirs)).toBeNull()
    expect(shapeOf(rig.service, hook, { ...message, topic: 'note' })).toBeNull()
    expect(shapeOf(rig.service, { ...hook, merchant: null }, message)).toBe(figures)
  })

  it('have dead letters, which are sent again on request and belong to them alone', async () => {
    const path = '/v1/webhooks/hook-1/dead-letters'
    const before = await rig.ask('merchant', 'GET', path)
    expect(before.body['deliveries']).toMatchObject([{ delivery: 'letter-1', state: 'dead' }])
    expect((await rig.ask('consumer', 'GET', path)).status).toBe(403)
    expect((await rig.ask('merchant', 'POST', `${path}/letter-2/retry`)).status).toBe(404)
    expect((await rig.ask('merchant', 'POST', `${path}/letter-1/retry`)).status).toBe(202)
    const after = await rig.ask('merchant', 'GET', path)
    expect(after.body['deliveries']).toEqual([])
  })

  it('are twenty a person at most', async () => {
    const url = 'https://receiver.example/'
    const statuses: number[] = []
    for (let n = 0; n < 21; n += 1)
      statuses.push((await rig.ask('admin', 'POST', '/v1/webhooks', { url })).status)
    expect(statuses.slice(0, 20)).toEqual(Array<number>(20).fill(201))
    expect(statuses[20]).toBe(400)
  })
})

describe('evidence on request', () => {
  it('tells a buyer at once who sold and what was promised, and by when a person answers', async () => {
    const path = '/v1/orders/order-1/evidence-requests'
    const asked = await rig.ask('consumer', 'POST', path, { about: '主播说全网最低价' })
    expect(asked.status).toBe(201)
    expect(asked.body).toMatchObject({
      kind: 'order',
      matter: 'order-1',
      about: '主播说全网最低价',
      facts: { broadcast: 'broadcast-1', merchants: ['merchant-a'] },
      answeredAt: null,
    })
    const { askedAt, dueAt, request } = asked.body as unknown as Record<string, string>
    expect(Date.parse(dueAt!)).toBe(endOfWorkingDay(Date.parse(askedAt!), 3))
    // Asked twice is asked once.
    const again = await rig.ask('consumer', 'POST', path)
    expect([again.status, again.body['request']]).toEqual([200, request])

    const answer = { zh: '证据包已备好', evidence: 'https://assay.example/bundles/1' }
    const answering = `/v1/evidence-requests/${request}/answer`
    expect((await rig.ask('consumer', 'POST', answering, answer)).status).toBe(403)
    expect((await rig.ask('inspector', 'POST', answering, {})).status).toBe(400)
    expect((await rig.ask('inspector', 'POST', answering, answer)).status).toBe(204)
    expect((await rig.ask('inspector', 'POST', answering, answer)).status).toBe(404)
    const read = await rig.ask('consumer', 'GET', `/v1/evidence-requests/${request}`)
    expect(read.body['answer']).toEqual({
      text: { en: '证据包已备好', zh: '证据包已备好' },
      evidence: answer.evidence,
    })
  })

  it('is for whose the matter is: anybody else is told that there is none', async () => {
    for (const as of ['consumer/viewer-9', 'consumer/merchant-a'])
      for (const path of ['/v1/orders/order-1', '/v1/complaints/complaint-1'])
        expect((await rig.ask(as, 'POST', `${path}/evidence-requests`)).status).toBe(404)
    const own = await rig.ask('consumer', 'POST', '/v1/complaints/complaint-1/evidence-requests')
    const { request } = own.body as unknown as { request: string }
    const path = `/v1/evidence-requests/${request}`
    expect((await rig.ask('consumer/viewer-9', 'GET', path)).status).toBe(404)
    const theirs = await rig.ask('consumer/viewer-9', 'GET', '/v1/evidence-requests')
    expect(theirs.body).toEqual({ requests: [] })
    const all = await rig.ask('inspector', 'GET', '/v1/evidence-requests')
    expect(JSON.stringify(all.body)).toContain(request)
  })
})

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('three working days', () => {
  it.each([
    // A Monday: Tuesday, Wednesday, Thursday.
    ['2026-03-02T10:00:00', '2026-03-06T00:00:00'],
    // A Friday: Monday, Tuesday, Wednesday.
    ['2026-03-06T10:00:00', '2026-03-12T00:00:00'],
    // A Saturday is as the Friday before it.
    ['2026-03-07T10:00:00', '2026-03-12T00:00:00'],
    // Just past midnight in Beijing it is Tuesday, though not in Greenwich.
    ['2026-03-03T00:30:00', '2026-03-07T00:00:00'],
  ])('from %s end before %s', (from, until) => {
    expect(endOfWorkingDay(at(from), 3)).toBe(at(until))
  })
})
