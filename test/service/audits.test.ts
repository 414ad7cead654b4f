/** Files handed in on the console: judged beside the service, bounded, and everybody's own. */
import { readdir, readFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AUDIT_LIMITS, FileAudits, type AuditLimits } from '../../src/service/audits/audits.ts'
import type { Mapping } from '../../src/importers/mapping.ts'
import { EVENTS } from '../../src/vocabulary/index.ts'
import { PACK } from './rig.ts'

const folders: string[] = []
const opened: FileAudits[] = []
const failures: string[] = []

const newAudits = async (limits: Partial<AuditLimits> = {}, now = () => 0) => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-audits-'))
  folders.push(folder)
  const audits = await FileAudits.open({
    folder,
    version: 'test',
    pack: PACK.files,
    now,
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
    limits: { ...AUDIT_LIMITS, ...limits },
  })
  opened.push(audits)
  return { audits, folder }
}

const bodyOf = (...parts: readonly string[]): AsyncIterable<Uint8Array> => {
  const encoder = new TextEncoder()
  return (async function* () {
    for (const part of parts) yield encoder.encode(part)
  })()
}

const STARTED = `${JSON.stringify({
  specversion: '1.0',
  id: 'event-1',
  source: '/platforms/a',
  type: 'live.broadcast.started',
  subject: 'broadcast-a',
  time: '2026-03-01T20:00:00.000+08:00',
  data: EVENTS['live.broadcast.started'].example,
})}\n`

const settled = async (audits: FileAudits, owner: string, audit: string) => {
  for (;;) {
    const view = audits.get(owner, audit)
    if (view !== undefined && ['unmapped', 'done', 'failed'].includes(view.state)) return view
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const TABLE = `单号,买家,金额,时间,状态
A1,u1,19.90,2026-03-01 20:05:00,已支付
A2,u2,29.90,2026-03-01 20:06:00,待支付
`
const MAPPING: Mapping = {
  source: '/tables/orders',
  zone: '+08:00',
  events: [
    {
      type: 'live.order.paid',
      when: { column: '状态', is: ['已支付'] },
      id: '单号',
      subject: { value: 'broadcast-a' },
      time: '时间',
      data: { order: '单号', amount: { column: '金额', times: 100 } },
    },
  ],
}

afterAll(async () => {
  for (const audits of opened) await audits.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('a file that is handed in', () => {
  it('is audited, told to its owner alone, and deleted', async () => {
    const { audits, folder } = await newAudits()
    const file = { name: '../../etc/evening.ndjson', language: 'zh' } as const
    const { audit, name } = await audits.take('inspector-1', file, bodyOf(STARTED))
    expect(name).toBe('../../etc/evening.ndjson')
    expect(await settled(audits, 'inspector-1', audit)).toMatchObject({
      state: 'done',
      failure: null,
    })
    const text = await audits.read('inspector-1', audit, 'report.json')
    const report = JSON.parse(text!) as { broadcasts: { broadcast: string }[] }
    expect(report.broadcasts.map(({ broadcast }) => broadcast)).toEqual(['broadcast-a'])
    expect(text).not.toContain(folder)
    expect(await audits.read('inspector-1', audit, 'report.html')).toContain('<html')
    // Somebody else's is not there at all.
    expect(audits.get('merchant-1', audit)).toBeUndefined()
    expect(await audits.read('merchant-1', audit, 'report.json')).toBeUndefined()
    expect(audits.list('merchant-1')).toEqual([])
    expect((await readdir(join(folder, audit))).sort()).toEqual(['report.html', 'report.json'])
  })

  it('that cannot be read fails with the reason, without our paths, and the next one goes on', async () => {
    const { audits, folder } = await newAudits()
    const take = (text: string) =>
      audits.take('inspector-1', { name: 'capture', language: 'en' }, bodyOf(text))
    const bad = await settled(audits, 'inspector-1', (await take('no events here')).audit)
    expect(bad.state).toBe('failed')
    expect(bad.failure?.en).toContain('capture')
    expect(JSON.stringify(bad)).not.toContain(folder)
    const good = await settled(audits, 'inspector-1', (await take(STARTED)).audit)
    expect(good.state).toBe('done')
    expect(failures).toEqual([])
  })

  it('is refused where it is too large, and nothing of it is kept', async () => {
    const { audits, folder } = await newAudits({ bytes: 100 })
    const file = { name: 'a', language: 'en' } as const
    await expect(
      audits.take('a', file, bodyOf('x'.repeat(60), 'x'.repeat(60))),
    ).rejects.toMatchObject({ code: 'too-large' })
    expect(await readdir(folder)).toEqual([])
    expect(audits.list('a')).toEqual([])
  })

  it('that breaks off on its way leaves nothing, and counts for nothing', async () => {
    const { audits, folder } = await newAudits({ perOwner: 1 })
    const broken = (async function* () {
      yield* bodyOf(STARTED)
      throw new Error('aborted')
    })()
    const file = { name: 'a.ndjson', language: 'en' } as const
    await expect(audits.take('a', file, broken)).rejects.toMatchObject({ code: 'bad-request' })
    expect(await readdir(folder)).toEqual([])
    const { audit } = await audits.take('a', file, bodyOf(STARTED))
    expect((await settled(audits, 'a', audit)).state).toBe('done')
  })

  it('is refused where its owner has enough here, until the old ones are gone', async () => {
    let now = 0
    const { audits } = await newAudits({ perOwner: 1, keptMs: 1_000 }, () => now)
    const file = { name: 'a.ndjson', language: 'en' } as const
    const { audit } = await audits.take('a', file, bodyOf(STARTED))
    await expect(audits.take('a', file, bodyOf(STARTED))).rejects.toMatchObject({ code: 'busy' })
    await settled(audits, 'a', audit)
    now = 1_001
    const second = await audits.take('a', file, bodyOf(STARTED))
    expect(audits.list('a').map((view) => view.audit)).toEqual([second.audit])
    await settled(audits, 'a', second.audit)
  })

  it('that takes too long is stopped and says so', async () => {
    const { audits } = await newAudits({ withinMs: 1 })
    const { audit } = await audits.take('a', { name: 'a', language: 'en' }, bodyOf(STARTED))
    const view = await settled(audits, 'a', audit)
    expect([view.state, view.failure?.en.includes('too long')]).toEqual(['failed', true])
  })

  it('leaves nothing behind when the service starts again', async () => {
    const { audits, folder } = await newAudits()
    const { audit } = await audits.take('a', { name: 'a', language: 'en' }, bodyOf(STARTED))
    await settled(audits, 'a', audit)
    expect(await readFile(join(folder, audit, 'report.json'), 'utf8')).not.toBe('')
    await FileAudits.open({ folder, version: '', pack: PACK.files, now: () => 0, failed: () => {} })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a table whose columns nobody knows', () => {
  const file = { name: 'orders.csv', language: 'zh' } as const

  it('waits with what its columns hold, and is audited once its owner has said what they are', async () => {
    const { audits, folder } = await newAudits()
    const { audit } = await audits.take('merchant-1', file, bodyOf(TABLE))
    const waiting = await settled(audits, 'merchant-1', audit)
    expect(waiting).toMatchObject({ state: 'unmapped', failure: null })
    expect(waiting.columns).toEqual([
      { name: '单号', values: ['A1', 'A2'], isAll: true },
      { name: '买家', values: ['u1', 'u2'], isAll: true },
      { name: '金额', values: ['19.90', '29.90'], isAll: true },
      { name: '时间', values: ['2026-03-01 20:05:00', '2026-03-01 20:06:00'], isAll: true },
      { name: '状态', values: ['已支付', '待支付'], isAll: true },
    ])
    expect(await readdir(join(folder, audit, 'upload'))).toEqual(['orders.csv'])
    expect(audits.map('merchant-2', audit, MAPPING)).toBeUndefined()
    expect(audits.map('merchant-1', audit, MAPPING)?.state).toBe('waiting')
    // It is under way: nobody says it twice.
    expect(audits.map('merchant-1', audit, MAPPING)).toBeUndefined()
    const done = await settled(audits, 'merchant-1', audit)
    expect(done).toMatchObject({ state: 'done', failure: null, columns: null })
    const report = JSON.parse((await audits.read('merchant-1', audit, 'report.json'))!) as {
      inputs: { events: number; refused: { code: string; count: number }[] }[]
    }
    expect(report.inputs[0]).toMatchObject({
      events: 1,
      refused: [{ code: 'not-in-mapping', count: 1 }],
    })
    expect((await readdir(join(folder, audit))).sort()).toEqual(['report.html', 'report.json'])
  })

  it('waits on where what was said does not fit, and says why', async () => {
    const { audits, folder } = await newAudits()
    const { audit } = await audits.take('a', file, bodyOf(TABLE))
    await settled(audits, 'a', audit)
    const [rule] = MAPPING.events
    audits.map('a', audit, { ...MAPPING, events: [{ ...rule!, time: '下单时间' }] })
    const view = await settled(audits, 'a', audit)
    expect(view.state).toBe('unmapped')
    expect(view.failure?.zh).toContain('下单时间')
    expect(view.columns).toHaveLength(5)
    expect(JSON.stringify(view)).not.toContain(folder)
    audits.map('a', audit, MAPPING)
    expect((await settled(audits, 'a', audit)).state).toBe('done')
  })

  it('is gone after an hour, whether somebody answered or not', async () => {
    let now = 0
    const { audits, folder } = await newAudits({ keptMs: 1_000 }, () => now)
    const { audit } = await audits.take('a', file, bodyOf(TABLE))
    await settled(audits, 'a', audit)
    now = 1_001
    const other = await audits.take('b', { name: 'a.ndjson', language: 'en' }, bodyOf(STARTED))
    expect(audits.get('a', audit)).toBeUndefined()
    await settled(audits, 'b', other.audit)
    expect(await readdir(folder)).toEqual([other.audit])
  })
})
