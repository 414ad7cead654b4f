/** Receivers of webhooks and what is on its way to them. Addresses and secrets stand sealed. */
import type { DataKeys } from './data-keys.ts'
import { openDocument, present, sealDocument } from './documents.ts'
import type { Sql, SqlRow } from './port.ts'
import { msOf } from './time.ts'

export type Webhook = {
  readonly webhook: string
  /** Id of the person whose it is. */
  readonly owner: string
  /** Only what concerns this merchant is sent; null for everything. */
  readonly merchant: string | null
  readonly topics: readonly string[]
  readonly createdAt: number
  readonly url: string
  /** Standard Webhooks secrets: the first signs; older ones sign as well while receivers change. */
  readonly secrets: readonly string[]
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

export type NewDelivery = {
  readonly delivery: string
  readonly webhook: string
  readonly topic: string
  readonly createdAt: number
  /** The body, byte for byte as it is signed and sent each time. */
  readonly body: string
}

export type Delivery = NewDelivery & {
  readonly number: number
  readonly state: DeliveryState
  readonly attempts: number
  readonly nextAt: number | null
  readonly lastStatus: number | null
  readonly lastError: string | null
}

export type Attempt = {
  /** HTTP status, null where there was no answer. */
  readonly status: number | null
  readonly error: string | null
} & (
  | { readonly outcome: 'delivered' | 'dead' }
  | { readonly outcome: 'again'; readonly nextAt: number }
)

const SCOPE = { system: 'webhooks' } as const

type SealedWebhook = Pick<Webhook, 'url' | 'secrets'>

export const webhookTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<Webhook | undefined> => {
    const webhook = row['webhook'] as string
    const sealed = await openDocument<SealedWebhook>(keys, placeOf(webhook), row['document'])
    return (
      sealed && {
        ...sealed,
        webhook,
        owner: row['owner'] as string,
        merchant: row['merchant'] as string | null,
        topics: row['topics'] as string[],
        createdAt: msOf(row['created_at'])!,
      }
    )
  }
  const seal = (webhook: string, sealed: SealedWebhook) =>
    sealDocument(keys, SCOPE, placeOf(webhook), sealed)

  return {
    add: async ({ url, secrets, ...hook }: Webhook): Promise<void> => {
      await sql.query(
        `insert into webhooks (webhook, owner, merchant, topics, created_at, document)
         values ($1, $2, $3, $4, $5, decode($6, 'hex'))`,
        [
          hook.webhook,
          hook.owner,
          hook.merchant,
          hook.topics,
          new Date(hook.createdAt),
          await seal(hook.webhook, { url, secrets }),
        ],
      )
    },

    get: async (webhook: string): Promise<Webhook | undefined> => {
      const [row] = await sql.query('select * from webhooks where webhook = $1', [webhook])
      return row && read(row)
    },

    /** @param owner only this person's; null for all */
    list: async (owner: string | null): Promise<Webhook[]> => {
      const rows = await sql.query(
        'select * from webhooks where ($1::text is null or owner = $1) order by created_at, webhook',
        [owner],
      )
      return present(await Promise.all(rows.map(read)))
    },

    setSecrets: async ({ webhook, url }: Webhook, secrets: readonly string[]): Promise<void> => {
      await sql.query(`update webhooks set document = decode($2, 'hex') where webhook = $1`, [
        webhook,
        await seal(webhook, { url, secrets }),
      ])
    },

    /** With everything on its way to it. False where there is none. */
    remove: async (webhook: string): Promise<boolean> =>
      (await sql.execute('delete from webhooks where webhook = $1', [webhook])).affected === 1,
  }
}

export const deliveryTable = (sql: Sql, keys: DataKeys) => {
  const read = async (row: SqlRow): Promise<Delivery | undefined> => {
    const delivery = row['delivery'] as string
    const sealed = await openDocument<{ body: string }>(
      keys,
      deliveryPlace(delivery),
      row['document'],
    )
    return (
      sealed && {
        delivery,
        body: sealed.body,
        number: row['number'] as number,
        webhook: row['webhook'] as string,
        topic: row['topic'] as string,
        state: row['state'] as DeliveryState,
        attempts: row['attempts'] as number,
        createdAt: msOf(row['created_at'])!,
        nextAt: msOf(row['next_at']),
        lastStatus: row['last_status'] as number | null,
        lastError: row['last_error'] as string | null,
      }
    )
  }

  return {
    /** A delivery of the same id is a repeat and changes nothing. */
    add: async ({ delivery, webhook, topic, createdAt, body }: NewDelivery): Promise<void> => {
      await sql.query(
        `insert into deliveries
           (delivery, webhook, topic, state, attempts, created_at, next_at, document)
         values ($1, $2, $3, 'waiting', 0, $4, $4, decode($5, 'hex'))
         on conflict (delivery) do nothing`,
        [
          delivery,
          webhook,
          topic,
          new Date(createdAt),
          await sealDocument(keys, SCOPE, deliveryPlace(delivery), { body }),
        ],
      )
    },

    get: async (delivery: string): Promise<Delivery | undefined> => {
      const [row] = await sql.query('select * from deliveries where delivery = $1', [delivery])
      return row && read(row)
    },

    /** Ids of those waiting whose time has come, oldest first: what a restart has to take up. */
    due: async (now: number, limit: number): Promise<string[]> => {
      const rows = await sql.query<{ delivery: string }>(
        `select delivery from deliveries where state = 'waiting' and next_at <= $1
         order by next_at limit $2`,
        [new Date(now), limit],
      )
      return rows.map(({ delivery }) => delivery)
    },

    /** How many there are of each state, for who watches over the service. */
    counts: async (): Promise<ReadonlyMap<DeliveryState, number>> => {
      const rows = await sql.query<{ state: DeliveryState; count: number }>(
        'select state, count(*)::int as count from deliveries group by state',
      )
      return new Map(rows.map(({ state, count }) => [state, count]))
    },

    tried: async (delivery: string, attempt: Attempt): Promise<void> => {
      const again = attempt.outcome === 'again'
      await sql.query(
        `update deliveries set state = $2, attempts = attempts + 1, next_at = $3,
           last_status = $4, last_error = $5
         where delivery = $1`,
        [
          delivery,
          again ? 'waiting' : attempt.outcome,
          again ? new Date(attempt.nextAt) : null,
          attempt.status,
          attempt.error,
        ],
      )
    },

    /** A dead letter is sent again, its attempts counted anew. False where it is none. */
    revive: async (webhook: string, delivery: string, now: number): Promise<boolean> => {
      const { affected } = await sql.execute(
        `update deliveries set state = 'waiting', attempts = 0, next_at = $3
         where webhook = $1 and delivery = $2 and state = 'dead'`,
        [webhook, delivery, new Date(now)],
      )
      return affected === 1
    },

    /** Newest first. @param state `dead` for the dead letters; null for all */
    list: async (
      webhook: string,
      state: DeliveryState | null,
      limit: number,
      before: number | null = null,
    ): Promise<Delivery[]> => {
      const rows = await sql.query(
        `select * from deliveries
         where webhook = $1 and ($2::text is null or state = $2)
           and ($3::bigint is null or number < $3)
         order by number desc limit $4`,
        [webhook, state, before, limit],
      )
      return present(await Promise.all(rows.map(read)))
    },
  }
}

const placeOf = (webhook: string): string => `webhooks/${webhook}`
const deliveryPlace = (delivery: string): string => `deliveries/${delivery}`
