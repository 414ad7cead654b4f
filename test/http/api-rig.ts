/** The whole application over a real service, where a header says who asks; nothing listens. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Hono } from 'hono'
import { openAccess } from '../../src/http/access/access.ts'
import { ANYONE, type Actor, type Role } from '../../src/http/access/actor.ts'
import { guard } from '../../src/http/access/guard.ts'
import { answerHeaders } from '../../src/http/access/headers.ts'
import { ownersIn } from '../../src/http/access/owners.ts'
import { createApp } from '../../src/http/app.ts'
import type { AppEnv } from '../../src/http/door.ts'
import type { MeasureView, NoteView } from '../../src/http/contract.ts'
import { FileAudits } from '../../src/service/audits/audits.ts'
import type { Service } from '../../src/service/open.ts'
import { routesOf } from '../../src/service/routes.ts'
import { openWebhooks, senderOf } from '../../src/service/webhooks/open.ts'
import { EVENTS, EVENT_TYPES } from '../../src/vocabulary/index.ts'
import { findingExample } from '../../src/vocabulary/finding-schema.ts'
import { newRig, PACK, type Rig } from '../service/rig.ts'

export const ORIGIN = 'http://assay.test'
export const SOURCE = '/platforms/a'

export type ApiRig = {
  readonly app: Hono<AppEnv>
  readonly service: Service
  readonly rig: Rig
  /** Everything that nobody foresaw. */
  readonly failures: readonly string[]
  /** @param role or `producer`; a consumer is the buyer of `order-1`, a merchant sold it */
  readonly ask: (
    as: string,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: Record<string, never> }>
  /** Brings back what was deleted or done with. */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

const PARTIES: Readonly<Record<string, string>> = { merchant: 'merchant-a', consumer: 'viewer-1' }

/** `role`, or `role/party`. */
const actorOf = (header: string | null): Actor => {
  if (header === null) return ANYONE
  const [role = '', party = PARTIES[role] ?? null] = header.split('/')
  if (role === 'producer')
    return { kind: 'producer', key: 'key-1', source: SOURCE, scopes: ['ingest', 'read', 'record'] }
  return { kind: 'person', id: `${role}-1`, role: role as Role, party }
}

export const newApiRig = async (): Promise<ApiRig> => {
  const rig = await newRig()
  const service = await rig.open()
  const failures: string[] = []
  const failed = (what: string, error: unknown) =>
    void failures.push(`${what}: ${error instanceof Error ? error.stack : String(error)}`)
  const access = await openAccess({
    store: rig.store,
    origin: ORIGIN,
    append: async () => {},
    known: () => undefined,
    source: SOURCE,
    addressOf: () => '',
  })
  const webhooks = await openWebhooks(service, {
    isPrivateAllowed: false,
    wake: async () => {},
    failed: (error) => failed('webhooks', error),
  })
  const audits = await FileAudits.open({
    folder: join(rig.folder, 'audits'),
    version: 'test',
    pack: PACK.files,
    now: Date.now,
    failed,
  })
  // Limits are tested elsewhere: here an hour passes between any two requests.
  let nowMs = Date.now()
  const app = createApp(service, {
    middleware: [
      answerHeaders(ORIGIN),
      guard({
        origin: ORIGIN,
        identify: async (headers) => actorOf(headers.get('x-as')),
        ownersOf: ownersIn(rig.store, (broadcast) => service.register.get(broadcast)),
        recordRead: async () => {},
        addressOf: () => '',
        now: () => (nowMs += 3_600_000),
      }),
    ] as never,
    routes: routesOf(service, {
      access: access.routes,
      sender: senderOf(webhooks, false),
      audits,
      version: 'test',
      failed,
    }),
    failed,
  })
  await seed(service)
  await renewed(service)
  return {
    app,
    service,
    rig,
    failures,
    renew: () => renewed(service),
    ask: async (as, method, path, body) => {
      const answer = await app.request(path, {
        method,
        headers: { 'x-as': as, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    },
    close: async () => {
      await audits.close()
      await webhooks.close()
      await service.close()
      await rig.remove()
    },
  }
}

/** One event of every type, as the vocabulary has it for an example. */
const seed = async (service: Service): Promise<void> => {
  const startedAt = service.now() - 60_000
  const offering = service.ingest.open()
  for (const [index, type] of EVENT_TYPES.entries())
    offering.value({
      specversion: '1.0',
      id: `seed-${index}`,
      source: SOURCE,
      type,
      subject: 'broadcast-1',
      time: new Date(startedAt + index * 100).toISOString(),
      data: EVENTS[type].example,
    })
  const { refused } = await offering.end()
  if (refused.length > 0) throw new Error(JSON.stringify(refused))
  while (service.desk.figures('broadcast-1') === undefined) await sleep(20)
  await service.desk.settled()
  // What the desk said is written twice a second.
  while ((await service.store.progress.get()) < service.archive.logged.size) await sleep(20)
}

/** One of everything that has an id, in the state in which something can be done with it. */
const renewed = async ({ store }: Service): Promise<void> => {
  const { webhooks, deliveries, evidenceRequests, findings, measures, notes } = store
  const at = Date.parse('2026-03-01T12:00:00Z')
  const time = new Date(at).toISOString()
  const of = { broadcast: 'broadcast-1', position: 1 }
  if ((await webhooks.get('hook-1')) === undefined)
    await webhooks.add({
      webhook: 'hook-1',
      owner: 'merchant-1',
      merchant: 'merchant-a',
      topics: ['finding'],
      createdAt: at,
      url: 'https://receiver.invalid/',
      secrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`],
    })
  await deliveries.add({
    delivery: 'letter-1',
    webhook: 'hook-1',
    topic: 'finding',
    createdAt: at,
    body: '{}',
  })
  await deliveries.tried('letter-1', { outcome: 'dead', status: 500, error: null })
  if ((await evidenceRequests.get('request-1')) === undefined)
    await evidenceRequests.ask({
      request: 'request-1',
      consumer: 'viewer-1',
      kind: 'complaint',
      matter: 'complaint-9',
      askedAt: at,
      document: { about: '', facts: null },
    })
  const { kind, verdict } = findingExample
  await findings.save([
    {
      ...of,
      finding: 'finding-1',
      kind,
      verdict,
      raisedAt: at,
      withdrawnAt: null,
      document: findingExample,
    },
  ])
  const measure: MeasureView = {
    measure: 'measure-1',
    broadcast: 'broadcast-1',
    name: 'mark',
    step: 'mark',
    of: null,
    finding: 'finding-1',
    kind,
    facts: { en: 'facts', zh: '事实' },
    reasons: { en: 'reasons', zh: '理由' },
    basis: [],
    appealTo: 'appeals',
    automatic: true,
    imposedBy: null,
    imposedAt: time,
    liftedAt: null,
    liftedBy: null,
    signed: null,
    appeal: null,
  }
  await measures.save([
    {
      ...of,
      measure: 'measure-1',
      step: 'mark',
      action: 'mark',
      imposedAt: at,
      until: null,
      liftedAt: null,
      document: measure,
    },
  ])
  const note: NoteView = {
    note: 'note-1',
    broadcast: 'broadcast-1',
    finding: 'finding-1',
    text: { en: 'note', zh: '提示' },
    writtenAt: time,
    closedAt: null,
  }
  await notes.write([
    { note: 'note-1', broadcast: 'broadcast-1', kind: 'finding', writtenAt: at, document: note },
  ])
}
