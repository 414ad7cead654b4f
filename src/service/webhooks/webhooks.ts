/**
 * Webhooks, as the Standard Webhooks specification has them (standardwebhooks.com): what the hub
 * says becomes deliveries, kept in SQL before they are sent, signed, tried again, and given up into
 * a list of dead letters. Every receiver has a lane of its own: one that hangs holds up nobody.
 *
 * At least once: the id of a delivery is a digest of what it says and to whom, so whoever restarts,
 * here or there, can tell a repeat.
 */
import { createHash } from 'node:crypto'
import { Webhook as Signer } from 'standardwebhooks'
import type { LiveFigures, LiveMessage, MeasureView } from '../../http/contract.ts'
import type { Hub } from '../../http/hub.ts'
import type { Delivery, Webhook } from '../../store/sql/webhooks.ts'
import type { SqlStore } from '../../store/sql/store.ts'
import type { Post } from './post.ts'
import { waitAfter } from './schedule.ts'

export type WebhookPorts = {
  readonly store: Pick<SqlStore, 'webhooks' | 'deliveries'>
  readonly hub: Hub
  /** What a receiver is told of a message; null for nothing. */
  readonly shape: (webhook: Webhook, message: LiveMessage) => unknown
  readonly post: Post
  readonly isPrivateAllowed: boolean
  /** Has `send` called at `at`, ms, even after a restart. */
  readonly wake: (delivery: string, at: number) => Promise<void>
  /** ms from the epoch. */
  readonly now: () => number
  /** In [0, 1). */
  readonly random: () => number
  readonly failed: (error: unknown) => void
}

export type WebhookLimits = {
  readonly timeoutMs: number
  /** Deliveries under way to one receiver. */
  readonly atOnce: number
  /** Waiting in memory for one receiver; what is beyond goes straight to the dead letters. */
  readonly mostWaiting: number
  /** Messages not yet kept; beyond, the oldest are let go and reported. */
  readonly mostUnkept: number
  /** How often what was overlooked is looked for, ms. */
  readonly sweepMs: number
}

export const WEBHOOK_LIMITS: WebhookLimits = {
  timeoutMs: 15_000,
  atOnce: 2,
  mostWaiting: 5_000,
  mostUnkept: 10_000,
  sweepMs: 30_000,
}

/** A restart takes up so many at a time; the sweep takes the rest. */
const SWEPT = 1_000
/** An alarm may come so much before its time. */
const SLACK_MS = 1_000
/** The receiver says that nobody is there any more. */
const GONE = 410

type Lane = { readonly waiting: string[]; active: number }
type Unkept = { readonly webhook: string; readonly message: LiveMessage; readonly data: unknown }

export class Webhooks {
  readonly #ports: WebhookPorts
  readonly #limits: WebhookLimits
  readonly #lanes = new Map<string, Lane>()
  /** Ids in a lane or under way, so that none is sent twice at a time. */
  readonly #taken = new Set<string>()
  readonly #unkept: Unkept[] = []
  #receivers: readonly Webhook[] = []
  #isKeeping = false
  #sending = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  readonly #unsubscribe: () => void
  readonly #timer: NodeJS.Timeout

  private constructor(ports: WebhookPorts, limits: WebhookLimits) {
    this.#ports = ports
    this.#limits = limits
    this.#unsubscribe = ports.hub.subscribe({}, (message) => this.#take(message))
    this.#timer = setInterval(() => void this.sweep(), limits.sweepMs)
    this.#timer.unref()
  }

  /** Knows its receivers, and takes up what was left when the service last stopped. */
  static async open(ports: WebhookPorts, limits: WebhookLimits = WEBHOOK_LIMITS) {
    const webhooks = new Webhooks(ports, limits)
    await webhooks.changed()
    await webhooks.sweep()
    return webhooks
  }

  /** Receivers came, went or changed. */
  async changed(): Promise<void> {
    this.#receivers = await this.#ports.store.webhooks.list(null)
  }

  /** Sends one delivery when its lane is free. What is no longer due is left alone. */
  async send(delivery: string): Promise<void> {
    if (this.#taken.has(delivery) || this.#closing.signal.aborted) return
    this.#taken.add(delivery)
    try {
      const found = await this.#ports.store.deliveries.get(delivery)
      if (found === undefined || !this.#isDue(found)) this.#taken.delete(delivery)
      else await this.#queue(found)
    } catch (error) {
      this.#taken.delete(delivery)
      throw error
    }
  }

  /** Looks for what is due and on no lane: after a crash, or when the database was away. */
  async sweep(): Promise<void> {
    const { store, now, failed } = this.#ports
    try {
      for (const delivery of await store.deliveries.due(now(), SWEPT)) await this.send(delivery)
    } catch (error) {
      failed(error)
    }
    void this.#keep()
  }

  /** Resolves when everything said so far is kept and every lane is empty; for tests and the end. */
  async settled(): Promise<void> {
    while (this.#isKeeping || this.#sending.size > 0) {
      await Promise.all(this.#sending)
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  /** Ends what is under way; it stays waiting and is taken up at the next start. */
  async close(): Promise<void> {
    this.#unsubscribe()
    clearInterval(this.#timer)
    this.#closing.abort()
    await this.settled()
  }

  #take(message: LiveMessage): void {
    for (const receiver of this.#receivers) {
      if (!receiver.topics.includes(message.topic)) continue
      // By webhook only the last figures: whoever wants each of them listens to a stream.
      if (message.topic === 'figures' && (message.data as LiveFigures).endedAt === null) continue
      const data = this.#ports.shape(receiver, message)
      if (data !== null) this.#unkept.push({ webhook: receiver.webhook, message, data })
    }
    if (this.#unkept.length > this.#limits.mostUnkept) {
      const dropped = this.#unkept.splice(0, this.#unkept.length - this.#limits.mostUnkept)
      this.#ports.failed(new Error(`${dropped.length} webhook messages could not be kept`))
    }
    void this.#keep()
  }

  async #keep(): Promise<void> {
    if (this.#isKeeping) return
    this.#isKeeping = true
    const { store, now, failed } = this.#ports
    let unkept: Unkept | undefined
    while ((unkept = this.#unkept[0]) !== undefined) {
      const delivery = deliveryOf(unkept, now())
      try {
        await store.deliveries.add(delivery)
      } catch (error) {
        // Its receiver is gone. Anything else is the database's trouble: the sweep goes on.
        if (!isForeignKey(error)) {
          failed(error)
          break
        }
        await this.changed().catch(failed)
      }
      // Dropped meanwhile, or done with: either way it is no longer the first.
      if (this.#unkept[0] === unkept) this.#unkept.shift()
      await this.send(delivery.delivery).catch(failed)
    }
    this.#isKeeping = false
  }

  #isDue({ state, nextAt }: Delivery): boolean {
    return state === 'waiting' && (nextAt ?? 0) <= this.#ports.now() + SLACK_MS
  }

  async #queue({ delivery, webhook }: Delivery): Promise<void> {
    const lane = this.#laneOf(webhook)
    if (lane.waiting.length >= this.#limits.mostWaiting) {
      const attempt = { outcome: 'dead', status: null, error: 'too-many-waiting' } as const
      await this.#ports.store.deliveries.tried(delivery, attempt)
      this.#taken.delete(delivery)
      return
    }
    lane.waiting.push(delivery)
    this.#advance(webhook, lane)
  }

  #laneOf(webhook: string): Lane {
    let lane = this.#lanes.get(webhook)
    if (lane === undefined) this.#lanes.set(webhook, (lane = { waiting: [], active: 0 }))
    return lane
  }

  #advance(webhook: string, lane: Lane): void {
    while (lane.active < this.#limits.atOnce) {
      const delivery = lane.waiting.shift()
      if (delivery === undefined) break
      lane.active += 1
      const sending = this.#attempt(delivery)
        .catch((error: unknown) => this.#ports.failed(error))
        .finally(() => {
          this.#sending.delete(sending)
          this.#taken.delete(delivery)
          lane.active -= 1
          this.#advance(webhook, lane)
        })
      this.#sending.add(sending)
    }
    if (lane.active === 0 && lane.waiting.length === 0) this.#lanes.delete(webhook)
  }

  async #attempt(id: string): Promise<void> {
    const { store, post, isPrivateAllowed, now, random, wake } = this.#ports
    const { signal } = this.#closing
    if (signal.aborted) return
    const delivery = await store.deliveries.get(id)
    const webhook = delivery && (await store.webhooks.get(delivery.webhook))
    if (delivery === undefined || webhook === undefined || !this.#isDue(delivery)) return
    const { timeoutMs } = this.#limits
    const { status, error, retryAfterMs } = await post(
      webhook.url,
      headersOf(delivery, webhook.secrets, now()),
      delivery.body,
      { timeoutMs, isPrivateAllowed, signal },
    )
    // Cut short by our own end: the receiver is not to blame.
    if (signal.aborted && status === null) return
    if (status !== null && status >= 200 && status < 300) {
      await store.deliveries.tried(id, { outcome: 'delivered', status, error })
      return
    }
    const waitMs = status === GONE ? null : waitAfter(delivery.attempts + 1, random(), retryAfterMs)
    if (waitMs === null) {
      await store.deliveries.tried(id, { outcome: 'dead', status, error })
      return
    }
    const nextAt = now() + waitMs
    await store.deliveries.tried(id, { outcome: 'again', status, error, nextAt })
    // Should this be lost, the sweep finds it.
    await wake(id, nextAt)
  }
}

/** What the specification wants in front of a body; every secret that is in use signs. */
export const headersOf = (
  { delivery, body }: Pick<Delivery, 'delivery' | 'body'>,
  secrets: readonly string[],
  atMs: number,
): Readonly<Record<string, string>> => ({
  'content-type': 'application/json',
  'user-agent': 'Assay',
  'webhook-id': delivery,
  'webhook-timestamp': String(Math.floor(atMs / 1000)),
  'webhook-signature': secrets
    .map((secret) => new Signer(secret).sign(delivery, new Date(atMs), body))
    .join(' '),
})

/** `finding.raised`, `measure.lifted`… */
export const typeOf = ({ topic, data }: LiveMessage): string => {
  switch (topic) {
    case 'figures':
      return 'figures.final'
    case 'finding':
      return (data as { isWithdrawn: boolean }).isWithdrawn ? 'finding.withdrawn' : 'finding.raised'
    case 'measure':
      return measureType(data as MeasureView)
    case 'note':
      return 'note.written'
    case 'room':
      return 'room.poisoned'
    default:
      return topic satisfies never
  }
}

/** An appeal that is reversed lifts the measure; of one that went before nothing is told. */
const measureType = ({ liftedAt, appeal }: MeasureView): string => {
  if (liftedAt !== null) return 'measure.lifted'
  if (appeal === null) return 'measure.imposed'
  return appeal.decidedAt === null ? 'measure.appealed' : 'measure.upheld'
}

const deliveryOf = ({ webhook, message, data }: Unkept, createdAt: number) => {
  const type = typeOf(message)
  // Judged again and nothing changed: the same news.
  const { judgedAt: _, ...said } = data as { judgedAt?: unknown }
  const digest = createHash('sha256')
    .update(JSON.stringify([webhook, type, said]))
    .digest('hex')
  return {
    delivery: `msg_${digest.slice(0, 32)}`,
    webhook,
    topic: message.topic,
    createdAt,
    body: JSON.stringify({ type, timestamp: new Date(createdAt).toISOString(), data }),
  }
}

/** SQLSTATE foreign_key_violation. */
const isForeignKey = (error: unknown): boolean => (error as { code?: unknown }).code === '23503'
