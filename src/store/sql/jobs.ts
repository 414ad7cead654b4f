/**
 * Jobs that must run although nobody asks, by pg-boss on the same database: retention and holds,
 * the daily check of the archive, and webhooks that are tried again. A job survives a restart and
 * is run by one process at a time; it may run twice, so every handler must bear that.
 */
import PgBoss from 'pg-boss'
import type { Sql, SqlValue } from './port.ts'

export type JobHandlers = {
  /** Erases what is due and not held. Daily. */
  readonly retention: () => Promise<void>
  /** Reads the archive back and compares. Daily. */
  readonly 'archive-check': () => Promise<void>
  /** Sends one delivery. */
  readonly webhook: (delivery: string) => Promise<void>
}

export type Jobs = {
  /** Sends a delivery at `at`, ms, or as soon as may be after. */
  readonly sendWebhook: (delivery: string, at: number) => Promise<void>
  /** Runs a daily job now, once. */
  readonly runNow: (name: Daily) => Promise<void>
  /** Lets jobs under way end, for at most `timeoutMs`. */
  readonly stop: (timeoutMs?: number) => Promise<void>
}

type Daily = 'retention' | 'archive-check'

/** When, by the clock of the time zone given: in the small hours, apart from one another. */
const DAILY: Readonly<Record<Daily, string>> = {
  retention: '17 3 * * *',
  'archive-check': '47 4 * * *',
}

export type JobOptions = {
  readonly timeZone: string
  /** Told of a job that failed, and of trouble with the database; the jobs go on. */
  readonly onError: (error: Error) => void
  /** Deliveries sent at a time. */
  readonly webhooksAtOnce?: number
}

export const startJobs = async (
  sql: Sql,
  handlers: JobHandlers,
  { timeZone, onError, webhooksAtOnce = 20 }: JobOptions,
): Promise<Jobs> => {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => ask(sql, text, values as SqlValue[] | undefined) },
    schema: 'jobs',
    // A receiver's own retries are counted by the deliveries table, not by the job.
    retryLimit: 2,
    retryDelay: 30,
    retentionDays: 7,
    deleteAfterDays: 7,
  })
  boss.on('error', onError)
  await boss.start()

  const reported = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }

  for (const name of ['retention', 'archive-check'] as const) {
    // At most one waits: a day that was missed is made up for once.
    await boss.createQueue(name, { name, policy: 'short', expireInHours: 12 })
    await boss.schedule(name, DAILY[name], {}, { tz: timeZone })
    await boss.work(name, () => reported(handlers[name]))
  }
  await boss.createQueue('webhook', { name: 'webhook' })
  await boss.work<{ delivery: string }>(
    'webhook',
    { batchSize: webhooksAtOnce, pollingIntervalSeconds: 1 },
    async (jobs) => {
      // Each fails for itself: one receiver's trouble must not have the others sent again.
      await Promise.all(
        jobs.map(({ id, data }) =>
          reported(() => handlers.webhook(data.delivery)).catch(() => boss.fail('webhook', id)),
        ),
      )
    },
  )

  return {
    sendWebhook: async (delivery, at) => {
      await boss.send('webhook', { delivery }, { startAfter: new Date(at) })
    },
    runNow: async (name) => {
      await boss.send(name, {})
    },
    stop: async (timeoutMs = 10_000) => {
      await boss.stop({ graceful: true, wait: true, timeout: timeoutMs })
    },
  }
}

const ask = async (sql: Sql, text: string, values?: SqlValue[]) => {
  const { rows } = await sql.execute<object>(text, values)
  return { rows: [...rows] }
}
