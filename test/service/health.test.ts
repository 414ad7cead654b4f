/** What whoever runs the service is told: alive, ready, figures, log lines and traces. */
import { context, propagation, trace, type Span, type Tracer } from '@opentelemetry/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLog } from '../../src/service/log.ts'
import { tracedJournal } from '../../src/service/tracing.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { MemoryJournal } from '../engine/live/memory-journal.ts'
import { joined, lines, newHarness, type Harness } from './harness.ts'

const NOW = Date.now()

let door: Harness
let mine: { authorization: string }
beforeAll(async () => {
  door = await newHarness()
  mine = await door.producer('/mine')
})
afterAll(() => door.close(), 60_000)

const metrics = async (): Promise<Map<string, number>> => {
  const answer = await fetch(`${door.url}/metrics`, { headers: mine })
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await answer.text()
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

describe('health', () => {
  it('is told to everybody, metrics to those who are known', async () => {
    expect(await (await fetch(`${door.url}/health`)).json()).toEqual({ status: 'alive' })
    expect(await (await fetch(`${door.url}/ready`)).json()).toEqual({ status: 'ready' })
    expect((await fetch(`${door.url}/metrics`)).status).toBe(401)
  })

  it('is not ready while the rooms are away, though alive, and is again when they are back', async () => {
    await door.service.rooms.kill()
    const answer = await fetch(`${door.url}/ready`)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect(await answer.json()).toMatchObject({ code: 'not-ready' })
    expect((await fetch(`${door.url}/health`)).status).toBe(200)
    await expect.poll(() => door.isAlive()).toBe(true)
  })
})

describe('metrics', () => {
  it('count what came in by what became of it, and name no room, source or person', async () => {
    const before = await metrics()
    const events = Array.from({ length: 5 }, () => joined('/mine', 'metered-room', NOW))
    await door.post(mine, lines([...events, events[0], joined('/theirs', 'metered-room', NOW)]))
    await door.post(mine, 'nonsense\n')
    await door.service.rooms.settle()
    const after = await metrics()
    const grew = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
    expect(grew('assay_events_total{outcome="accepted"}')).toBe(5)
    expect(grew('assay_events_total{outcome="repeats"}')).toBe(1)
    expect(grew('assay_events_total{outcome="refused"}')).toBe(2)
    expect(grew('assay_refusals_total{code="wrong-source"}')).toBe(1)
    expect(grew('assay_refusals_total{code="not-json"}')).toBe(1)
    expect(grew('assay_judgement_lag_seconds_count')).toBeGreaterThan(0)
    expect(grew('assay_rooms_in_memory')).toBe(1)
    expect(grew('assay_broadcasts')).toBe(1)
    expect(after.get('assay_ledger_leaves')).toBeGreaterThan(before.get('assay_ledger_leaves')!)
    expect(after.get('assay_ready')).toBe(1)
    expect(after.get('assay_snapshot_age_seconds')).toBeLessThan(300)
    expect(after.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
    const text = [...after.keys()].join('\n')
    expect(text).not.toMatch(/metered-room|\/mine|viewer-/)
  })

  it('count listeners while they listen', async () => {
    const socket = await door.socket('/v1/socket', { 'x-role': 'inspector' })
    const abort = new AbortController()
    const stream = await fetch(`${door.url}/v1/stream`, { headers: mine, signal: abort.signal })
    const { value } = await stream.body!.getReader().read()
    expect(new TextDecoder().decode(value)).toContain('retry: ')
    const during = await metrics()
    expect(during.get('assay_listeners{kind="socket"}')).toBe(1)
    expect(during.get('assay_listeners{kind="stream"}')).toBe(1)
    socket.terminate()
    abort.abort()
    await expect
      .poll(async () => [...(await metrics())].filter(([name]) => name.startsWith('assay_listen')))
      .toEqual([
        ['assay_listeners{kind="stream"}', 0],
        ['assay_listeners{kind="socket"}', 0],
      ])
  })
})

describe('the log', () => {
  it('has a line of each request, with patterns for paths and kinds for people', async () => {
    door.requests.length = 0
    await fetch(`${door.url}/v1/broadcasts/secret-room/figures?token=secret`, { headers: mine })
    await fetch(`${door.url}/secret-path`)
    expect(door.requests).toEqual([
      {
        method: 'GET',
        route: '',
        status: 404,
        ms: expect.any(Number) as number,
        standing: '',
      },
      { method: 'GET', route: '', status: 404, ms: expect.any(Number) as number, standing: '' },
    ])
    await fetch(`${door.url}/v1/broadcasts`, { headers: mine })
    expect(door.requests[2]).toMatchObject({
      route: '/v1/broadcasts',
      status: 200,
      standing: 'producer',
    })
    expect(JSON.stringify(door.requests)).not.toContain('secret')
  })

  it('is JSON lines: failures with their cause, quiet about what comes all the time', () => {
    const written: Record<string, unknown>[] = []
    const log = openLog('info', {
      write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>),
    })
    const line = { method: 'POST', route: '/v1/events', ms: 1, standing: 'producer' }
    log.request({ ...line, status: 200 })
    log.request({ ...line, status: 429 })
    log.failed('snapshot', new Error('the disk is full'))
    expect(written).toMatchObject([
      { level: 30, message: 'request', status: 429, route: '/v1/events' },
      { level: 50, message: 'failed', what: 'snapshot', err: { message: 'the disk is full' } },
    ])
    expect(Object.keys(written[0]!)).not.toContain('hostname')
  })
})

type Seen = { name: string; readonly attributes: Record<string, unknown>; ended: boolean }
const seen: Seen[] = []

/** The least that an SDK does: remembers what it is told. */
const startSpan = (name: string): Span => {
  const one: Seen = { name, attributes: {}, ended: false }
  seen.push(one)
  return {
    updateName: (to: string) => void (one.name = to),
    setAttributes: (more: object) => void Object.assign(one.attributes, more),
    setAttribute: (key: string, value: unknown) => void (one.attributes[key] = value),
    setStatus: () => {},
    end: () => void (one.ended = true),
  } as unknown as Span
}
const startActiveSpan = (name: string, ...rest: unknown[]) =>
  (rest.at(-1) as (span: Span) => unknown)(startSpan(name))
const TRACER: Tracer = { startSpan, startActiveSpan }

describe('traces', () => {
  afterAll(() => {
    trace.disable()
    context.disable()
    propagation.disable()
  })

  it('have a span for a request by its route, and one for a commit', async () => {
    trace.setGlobalTracerProvider({ getTracer: () => TRACER })
    await fetch(`${door.url}/v1/broadcasts?secret=1`, { headers: mine })
    const journal = tracedJournal(new MemoryJournal())
    await journal.append([{} as AssayEvent, {} as AssayEvent])
    expect(seen).toEqual([
      {
        name: 'GET /v1/broadcasts',
        attributes: { 'http.route': '/v1/broadcasts', 'http.response.status_code': 200 },
        ended: true,
      },
      { name: 'ledger commit', attributes: { 'assay.events': 2 }, ended: true },
    ])
  })
})
