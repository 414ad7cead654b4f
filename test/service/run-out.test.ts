/** The running service as its users meet it, over a real connection. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run, type Running } from '../../src/service/run.ts'
import { EVENTS } from '../../src/vocabulary/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-run-'))
const failures: string[] = []
let running: Running
let url: string

beforeAll(async () => {
  running = await run({
    data: folder,
    host: '127.0.0.1',
    port: 0,
    isBehindProxy: false,
    isWebhookPrivateAllowed: true,
    pack: fileURLToPath(new URL('../../policies/cn', import.meta.url)),
    version: 'test',
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
  })
  url = `http://127.0.0.1:${running.port}`
})
afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true, force: true })
  expect(failures).toEqual([])
})

const handIn = async (events: readonly unknown[]) => {
  const { secret } = await running.service.store.ingestKeys.issue(
    { source: '/platforms/a', scopes: ['ingest'], label: '', createdBy: 'test', expiresAt: null },
    Date.now(),
  )
  const answer = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${secret}` },
    body: events.map((event) => JSON.stringify(event)).join('\n'),
  })
  expect(await answer.json()).toMatchObject({ accepted: events.length, refusedCount: 0 })
}

const started = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/platforms/a',
  type: 'live.broadcast.started',
  subject: 'broadcast-1',
  time: new Date().toISOString(),
  data: EVENTS['live.broadcast.started'].example,
})

it('serves its documents under a policy that lets nothing else in', async () => {
  const page = await fetch(`${url}/docs`)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe')
  const { openapi } = (await (await fetch(`${url}/openapi.json`)).json()) as { openapi: string }
  expect(openapi).toBe('3.1.0')
  const script = await fetch(`${url}/embed.js`)
  expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
})

it('tells a player on any page what the public may know of a room', async () => {
  await handIn([started('start-1')])
  const { room } = EVENTS['live.broadcast.started'].example as { room: string }
  const stream = await fetch(`${url}/v1/embed/${room}/stream`, {
    headers: { origin: 'https://shop.example' },
  })
  expect(stream.headers.get('access-control-allow-origin')).toBe('*')
  const reader = stream.body!.getReader()
  let text = ''
  while (!text.includes('evidenceUri')) {
    const { value, done } = await reader.read()
    if (done) break
    text += Buffer.from(value).toString()
  }
  await reader.cancel()
  expect(text).toContain('event: figures')
  expect(text).toContain(`"room":"${room}"`)
})

it('signs what it sends to a webhook, and a job tries again what failed', async () => {
  const heard: { headers: Record<string, string>; body: string }[] = []
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      heard.push({ headers: request.headers as Record<string, string>, body })
      response.writeHead(heard.length === 1 ? 503 : 204).end()
    })
  })
  receiver.listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { port } = receiver.address() as AddressInfo
  const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`
  const { store, hub } = running.service
  await store.webhooks.add({
    webhook: 'hook-1',
    owner: 'person-1',
    merchant: null,
    topics: ['room'],
    createdAt: Date.now(),
    url: `http://127.0.0.1:${port}/`,
    secrets: [secret],
  })
  await running.jobs.webhooks.changed()
  const data = { broadcast: 'broadcast-1', state: 'poisoned', error: 'an example' }
  hub.publish({ topic: 'room', broadcast: 'broadcast-1', data })
  // The first wait of the schedule is five seconds and at most a fifth more.
  await expect.poll(() => heard).toHaveLength(2)
  const [first, second] = heard
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
  const verified = new Verifier(secret).verify(second!.body, second!.headers)
  expect(verified).toMatchObject({ type: 'room.poisoned', data })
  receiver.close()
})
