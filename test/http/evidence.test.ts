/** The evidence of a finding through the door: who is shown what of it, and whose it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedRows, ProvedEvidence } from '../../src/http/contract.ts'
import { checkEvidence } from '../../src/ledger/check-evidence.ts'
import { EVENT_TYPES, type EventType } from '../../src/vocabulary/index.ts'
import { findingExample } from '../../src/vocabulary/finding-schema.ts'
import { newApiRig, type ApiRig } from './api-rig.ts'

const broadcast = 'broadcast-1'
const seeded = (type: EventType) => `seed-${EVENT_TYPES.indexOf(type)}`
/** A leaf of its own, a row of a chunk, an order by its own name, and what nobody logged. */
const NAMES = [
  seeded('live.broadcast.started'),
  seeded('live.like.sent'),
  'order-1',
  'nothing',
] as const
const PATH = '/v1/findings/finding-proved/evidence'

let rig: ApiRig
beforeAll(async () => {
  rig = await newApiRig()
  await rig.service.store.findings.save([
    {
      finding: 'finding-proved',
      broadcast,
      position: 1,
      kind: findingExample.kind,
      verdict: findingExample.verdict,
      raisedAt: Date.parse('2026-03-01T12:00:00Z'),
      withdrawnAt: null,
      document: { ...findingExample, broadcast, evidence: NAMES },
    },
  ])
}, 60_000)
afterAll(() => rig.close())

const ask = async (as: string, path = PATH) => {
  const { status, body } = await rig.ask(as, 'GET', path)
  return { status, evidence: body as unknown as ProvedEvidence }
}
const reachesOf = (evidence: ProvedEvidence) =>
  checkEvidence(evidence, { broadcast }).map((one) =>
    one.state === 'proved' ? one.reach : one.state,
  )

describe('the evidence of a finding', () => {
  it('is proved to whoever investigates, with the entries', async () => {
    for (const role of ['inspector', 'adjudicator', 'regulator', 'admin']) {
      const { status, evidence } = await ask(role)
      expect(status, role).toBe(200)
      expect(reachesOf(evidence), role).toEqual(['event', 'row', 'event', 'missing'])
      expect(evidence.pieces.map(({ name }) => name)).toEqual(NAMES)
      expect(evidence.count).toBe(4)
    }
  })

  it('names nobody: what is personal stands in no entry and in no row', async () => {
    const { body } = await rig.ask('inspector', 'GET', PATH)
    const text = JSON.stringify(body)
    // Who liked and who bought, by the examples of the vocabulary.
    for (const person of ['viewer-1', 'host-a']) expect(text).not.toContain(person)
    const { body: rows } = await rig.ask('inspector', 'GET', `${PATH}/rows`)
    const opened = (rows as unknown as OpenedRows).rows
    expect(opened.map(({ name }) => name)).toEqual([NAMES[1]])
    expect(Buffer.from(opened[0]!.salted, 'base64').toString()).toContain('viewer-1')
  })

  it('is proved to its merchant by hashes: without names, entries and rows', async () => {
    const { status, evidence } = await ask('merchant')
    expect(status).toBe(200)
    expect(reachesOf(evidence)).toEqual(['entry', 'entry', 'entry', 'missing'])
    for (const { name, place } of evidence.pieces)
      expect([name, place?.entry, place?.row]).toEqual([undefined, undefined, undefined])
    const text = JSON.stringify(evidence)
    for (const name of NAMES) expect(text).not.toContain(name)
  })

  it('of a finding about another merchant is not found, and none is for anybody else', async () => {
    expect((await ask('merchant/merchant-b')).status).toBe(404)
    expect((await ask('inspector', '/v1/findings/nobody-s/evidence')).status).toBe(404)
    for (const other of ['consumer', 'producer']) expect((await ask(other)).status).toBe(403)
    for (const other of ['admin', 'merchant', 'consumer', 'producer'])
      expect((await ask(other, `${PATH}/rows`)).status, other).toBe(403)
    expect(rig.failures).toEqual([])
  })
})
