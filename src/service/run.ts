/**
 * `assay serve` from configuration to a running server: opens or creates what is not there yet
 * (ledger, database, master key), starts the door, and stops in order.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { openAccess } from '../http/access/access.ts'
import type { Auth, OidcConfig } from '../http/access/auth.ts'
import { createApp } from '../http/app.ts'
import type { AppEnv } from '../http/door.ts'
import { observeRequests, type RequestLine } from '../http/observe.ts'
import { createLedger } from '../store/create-ledger.ts'
import { CONFIG_FILE } from '../store/ledger-folder.ts'
import type { IssuedKey } from '../store/sql/ingest-keys.ts'
import { FileAudits } from './audits/audits.ts'
import { follow } from './follow.ts'
import { startServiceJobs, type ServiceJobs } from './jobs.ts'
import { addressOf, listen, type Listening } from './listen.ts'
import { OUR_SOURCE } from './our-events.ts'
import { openData } from './open-data.ts'
import type { Pace, Service } from './open.ts'
import { recordSources, type RecordedSource } from './record-sources.ts'
import { routesOf } from './routes.ts'
import { sampleAccounts, type SampleAccount } from './sample-accounts.ts'
import { play, sampleEvening } from './sample.ts'
import { recordSample } from './sample-recording.ts'
import { senderOf } from './webhooks/open.ts'

export type RunOptions = {
  readonly data: string
  readonly host: string
  readonly port: number
  /** Where people reach it; `http://HOST:PORT` unless given. */
  readonly origin?: string | undefined
  /** Postgres; the embedded database unless given. */
  readonly database?: string | undefined
  /** Folder of the ledger; `ledger` in `data` unless given. */
  readonly ledger?: string | undefined
  readonly masterKey?: string | undefined
  readonly isBehindProxy: boolean
  readonly oidc?: OidcConfig | undefined
  /** Folder of the law pack. */
  readonly pack: string
  readonly version: string
  /** Plays a sample evening with this seed. */
  readonly sample?: number | undefined
  /** When one of the sample's rooms is inflated, ms after the start. */
  readonly inflatedAfterMs?: number | undefined
  /** Files and folders whose new lines go in; whoever may write them is believed. */
  readonly follow?: readonly string[] | undefined
  /** Broadcasts whose HLS playlists are recorded. */
  readonly record?: readonly RecordedSource[] | undefined
  /** Hosts that pieces may come from beside those of the playlists. */
  readonly recordHosts?: readonly string[] | undefined
  /** Webhooks may go to private addresses and by plain HTTP: for receivers of the own network. */
  readonly isWebhookPrivateAllowed?: boolean | undefined
  readonly pace?: Partial<Pace> | undefined
  readonly failed: (what: string, error: unknown) => void
  readonly onRequest?: (line: RequestLine) => void
  /** Told what is being opened, for whoever waits. */
  readonly onStep?: (step: 'database' | 'ledger' | 'rooms' | 'door') => void
}

export type Running = Listening & {
  readonly service: Service
  readonly app: Hono<AppEnv>
  readonly jobs: ServiceJobs
  /** A key that hands in and reads the sample's events; null where none is played. */
  readonly sampleKey: string | null
  /** Whom one may sign in as; empty where no sample is played or others use the service. */
  readonly sampleAccounts: readonly SampleAccount[]
}

export const SAMPLE_SOURCE = '/samples'
const SAMPLE_KEY_MS = 30 * 24 * 3_600_000

export const run = async (options: RunOptions): Promise<Running> => {
  const { data, failed, onStep = () => {}, onRequest = () => {} } = options
  const ledger = options.ledger ?? join(data, 'ledger')
  if (!existsSync(join(ledger, CONFIG_FILE)))
    await createLedger(ledger, { origin: originOf(options), seed: randomBytes(32) })
  const { service, store, pack, close: closeData } = await openData({ ...options, onStep })
  const closers: (() => Promise<void>)[] = [closeData]
  try {
    const { isWebhookPrivateAllowed = false } = options
    const jobs = await startServiceJobs(service, isWebhookPrivateAllowed, failed)
    closers.unshift(jobs.stop)
    onStep('door')
    const access = await openAccess({
      store,
      origin: options.origin ?? `http://${options.host}:${options.port}`,
      ...(options.oidc === undefined ? {} : { oidc: options.oidc }),
      append: async (event) => void (await service.record([event])),
      known: (broadcast) => service.register.get(broadcast),
      source: OUR_SOURCE,
      onError: (message) => failed('access', message),
      addressOf: addressOf(options.isBehindProxy),
    })
    const audits = await FileAudits.open({
      folder: join(data, 'audits'),
      version: options.version,
      pack: pack.files,
      now: service.now,
      failed,
    })
    closers.unshift(() => audits.close())
    const app = createApp(service, {
      middleware: [
        observeRequests(onRequest, () => performance.now()),
        ...access.middleware,
      ] as never,
      routes: routesOf(service, {
        access: access.routes,
        sender: senderOf(jobs.webhooks, isWebhookPrivateAllowed),
        audits,
        version: options.version,
        failed,
      }),
      failed,
    })
    const listening = await listen(app, options, failed)
    closers.unshift(() => {
      // Whoever listens would keep the server from closing.
      service.streams.close()
      service.sockets.producers.close()
      service.sockets.listeners.close()
      return listening.close()
    })
    if (options.follow !== undefined && options.follow.length > 0) {
      const following = await follow({
        paths: options.follow,
        ingest: service.ingest,
        state: join(data, 'state', 'follow.json'),
        failed,
      })
      closers.unshift(() => following.stop())
    }
    const { record: sources = [], recordHosts: hosts = [] } = options
    const { recordings, now } = service
    closers.unshift(recordSources({ sources, hosts, recordings, now, failed }).stop)
    const sample =
      options.sample === undefined
        ? null
        : await playSample(service, access.auth, { ...options, sample: options.sample })
    if (sample !== null) closers.unshift(sample.stop)
    return {
      ...listening,
      service,
      app,
      jobs,
      sampleKey: sample?.key.secret ?? null,
      sampleAccounts: sample?.accounts ?? [],
      close: async () => {
        for (const close of closers.splice(0)) await close()
      },
    }
  } catch (error) {
    for (const close of closers) await close().catch((reason: unknown) => failed('stop', reason))
    throw error
  }
}

/** By custom a schema-less URL, and the name of the log's key: no spaces, no plus. */
const originOf = ({ origin, host }: RunOptions): string =>
  `${origin === undefined ? host : new URL(origin).host}/assay`.replace(/[\s+]/g, '-')

/** Its events go in by the same way as anybody's, under a key that the curious may use too. */
const playSample = async (
  service: Service,
  auth: Auth,
  { data, sample, inflatedAfterMs, failed }: RunOptions & { readonly sample: number },
): Promise<{
  readonly stop: () => Promise<void>
  readonly key: IssuedKey
  readonly accounts: readonly SampleAccount[]
}> => {
  const now = service.now()
  const key = await service.store.ingestKeys.issue(
    {
      source: SAMPLE_SOURCE,
      scopes: ['ingest', 'read', 'record'],
      label: 'sample evening',
      createdBy: 'assay',
      expiresAt: now + SAMPLE_KEY_MS,
    },
    now,
  )
  const { events, recorded } = sampleEvening(
    now,
    now.toString(36),
    sample,
    SAMPLE_SOURCE,
    inflatedAfterMs,
  )
  const accounts = await sampleAccounts(
    data,
    auth,
    events.map(({ event }) => event),
  )
  const player = play(
    events,
    async (due) => {
      const offering = service.ingest.open()
      for (const event of due) offering.value(event)
      await offering.end()
    },
    service.now,
  )
  const recording = recordSample({
    ...recorded,
    recordings: service.recordings,
    isKnown: () => service.register.get(recorded.broadcast) !== undefined,
    now: service.now,
    failed,
  })
  return {
    key,
    accounts,
    stop: async () => {
      player.stop()
      recording.stop()
      await recording.done
    },
  }
}
