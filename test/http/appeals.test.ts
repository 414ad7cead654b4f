/** Appeals through the door: who may lodge, who reads which, who decides, and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appealView } from '../../src/http/routes/appeals.ts'
import { EVENTS } from '../../src/vocabulary/index.ts'
import { newApiRig, type ApiRig } from './api-rig.ts'

let rig: ApiRig
beforeAll(async () => {
  rig = await newApiRig()
  await impose('measure-1', 'adjudicator-1')
  await impose('measure-2', 'adjudicator-9')
})
afterAll(async () => {
  expect(rig.failures).toEqual([])
  await rig.close()
})

/** On record; the database of the rig has the first as well. */
const impose = (restriction: string, by: string) => {
  const data = { ...EVENTS['live.restriction.imposed'].example, restriction, decidedBy: [by] }
  return rig.service.record([
    {
      specversion: '1.0',
      id: restriction,
      source: '/assay',
      type: 'live.restriction.imposed',
      subject: 'broadcast-1',
      time: new Date(rig.service.now()).toISOString(),
      data: { ...data, automatic: false },
    },
  ])
}

const lodge = (as: string, body: unknown) => rig.ask(as, 'POST', '/v1/appeals', body)
const NEW = { restriction: 'measure-1', grounds: '当晚有首页推荐，请复核' }
const VERDICT = { outcome: 'reversed', reasons: { zh: '推荐位有记录' } }

describe('an appeal', () => {
  let path = ''
  it('is lodged by a merchant of the broadcast, and by nobody else', async () => {
    for (const as of ['inspector', 'adjudicator', 'admin', 'regulator', 'consumer', 'producer'])
      expect((await lodge(as, NEW)).status, as).toBe(403)
    // Somebody else's measure is answered as none.
    const theirs = await lodge('merchant/merchant-z', NEW)
    const none = await lodge('merchant', { ...NEW, restriction: 'measure-of-nowhere' })
    expect([theirs.status, theirs.body]).toEqual([404, none.body])
    const { status, body } = await lodge('merchant', NEW)
    expect([status, body['grounds'], body['party']]).toEqual([201, NEW.grounds, 'merchant-a'])
    path = `/v1/appeals/${String(body['appeal'])}`
  })

  it('needs grounds, of some length and no more than 4,000 characters', async () => {
    for (const grounds of ['', '  \n ', 'x'.repeat(4001), undefined, 7])
      expect((await lodge('merchant', { restriction: 'measure-2', grounds })).status).toBe(400)
    expect(
      (await lodge('merchant', { restriction: 'measure-2', grounds: 'x'.repeat(4000) })).status,
    ).toBe(201)
  })

  it('is one at a time: a second is refused with a code', async () => {
    const { status, body } = await lodge('merchant', NEW)
    expect([status, body['code']]).toEqual([409, 'appeal-refused'])
    expect(JSON.stringify(body['text'])).toContain('待决定')
  })

  it('is read by judges and by the merchant who lodged it, and by nobody else', async () => {
    for (const as of ['inspector', 'adjudicator', 'merchant']) {
      const one = await rig.ask(as, 'GET', path)
      expect(appealView.parse(one.body)).toMatchObject({ restriction: 'measure-1', number: 1 })
      const all = await rig.ask(as, 'GET', '/v1/appeals')
      expect(all.body).toMatchObject({ appeals: [{ number: 1 }, { number: 2 }] })
    }
    expect((await rig.ask('merchant/merchant-z', 'GET', path)).status).toBe(404)
    const nobodys = await rig.ask('merchant/merchant-z', 'GET', '/v1/appeals')
    expect(nobodys.body).toEqual({ appeals: [] })
    for (const as of ['admin', 'consumer', 'producer', 'regulator'])
      expect((await rig.ask(as, 'GET', '/v1/appeals')).status).toBe(403)
  })

  it('is marked on the measure, without its grounds', async () => {
    const { body } = await rig.ask('merchant', 'GET', '/v1/measures/measure-1')
    expect(body['appeal']).toMatchObject({ decidedAt: null, outcome: null })
    expect(JSON.stringify(body)).not.toContain(NEW.grounds)
  })

  it('is decided by an adjudicator who did not impose the measure, with reasons', async () => {
    const deciding = `${path}/decision`
    for (const as of ['inspector', 'merchant', 'admin', 'consumer'])
      expect((await rig.ask(as, 'POST', deciding, VERDICT)).status, as).toBe(403)
    for (const body of [{ ...VERDICT, outcome: 'varied' }, { outcome: 'upheld', reasons: {} }, {}])
      expect((await rig.ask('adjudicator', 'POST', deciding, body)).status).toBe(400)
    const nowhere = '/v1/appeals/nothing/decision'
    expect((await rig.ask('adjudicator', 'POST', nowhere, VERDICT)).status).toBe(404)
    // The rig's adjudicator imposed the first measure, and somebody else the second.
    const own = await rig.ask('adjudicator', 'POST', deciding, VERDICT)
    expect([own.status, own.body['code']]).toEqual([409, 'appeal-refused'])
    const { appeals } = (await rig.ask('adjudicator', 'GET', '/v1/appeals')).body as unknown as {
      appeals: { appeal: string; restriction: string }[]
    }
    const second = appeals.find(({ restriction }) => restriction === 'measure-2')!
    const other = `/v1/appeals/${second.appeal}/decision`
    const decided = await rig.ask('adjudicator', 'POST', other, VERDICT)
    expect([decided.status, decided.body['outcome']]).toEqual([200, 'reversed'])
    expect(decided.body['reasons']).toEqual({ en: '推荐位有记录', zh: '推荐位有记录' })
    expect((await rig.ask('adjudicator', 'POST', other, VERDICT)).status).toBe(409)
    // What is open comes first, whatever came first.
    const list = await rig.ask('inspector', 'GET', '/v1/appeals')
    expect(list.body).toMatchObject({
      appeals: [{ restriction: 'measure-1' }, { restriction: 'measure-2' }],
    })
  })
})
