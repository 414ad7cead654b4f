/** Jobs by pg-boss, on both databases through our port. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startJobs, type Jobs } from '../../src/store/sql/jobs.ts'
import type { Sql } from '../../src/store/sql/port.ts'
import { DATABASES } from './databases.ts'

const until = (isSo: () => boolean) => expect.poll(isSo).toBe(true)

describe.each(DATABASES.filter(({ isHere }) => isHere))('jobs on $name', ({ open }) => {
  let sql: Sql
  let remove: () => Promise<void>
  let jobs: Jobs
  const ran: string[] = []
  const sent: string[] = []
  const errors: string[] = []
  const failing = new Set(['d-fails'])

  const start = () =>
    startJobs(
      sql,
      {
        retention: async () => void ran.push('retention'),
        'archive-check': async () => {
          throw new Error('a segment is gone')
        },
        webhook: async (delivery) => {
          if (failing.has(delivery)) throw new Error(`${delivery} did not go`)
          sent.push(delivery)
        },
      },
      { timeZone: 'Asia/Shanghai', onError: (error) => errors.push(error.message) },
    )

  beforeAll(async () => {
    ;({ sql, remove } = await open())
    jobs = await start()
  })
  afterAll(async () => {
    await jobs?.stop(1000)
    await remove?.()
  })

  it('are due daily, by the clock of the place', async () => {
    const rows = await sql.query('select name, cron, timezone from jobs.schedule order by name')
    expect(rows).toEqual([
      { name: 'archive-check', cron: '47 4 * * *', timezone: 'Asia/Shanghai' },
      { name: 'retention', cron: '17 3 * * *', timezone: 'Asia/Shanghai' },
    ])
  })

  it('can be run at once', async () => {
    await jobs.runNow('retention')
    await until(() => ran.length === 1)
  })

  it('report what failed, and go on', async () => {
    await jobs.runNow('archive-check')
    await until(() => errors.includes('a segment is gone'))
  })

  it('send webhooks when their time has come, one failure harming no other', async () => {
    const now = Date.now()
    await jobs.sendWebhook('d-1', now)
    await jobs.sendWebhook('d-fails', now)
    await jobs.sendWebhook('d-2', now)
    await jobs.sendWebhook('d-later', now + 3600_000)
    await until(() => sent.length === 2 && errors.includes('d-fails did not go'))
    expect([...sent].sort()).toEqual(['d-1', 'd-2'])
    const failed = `select state from jobs.job where name = 'webhook' and data->>'delivery' = $1`
    await expect.poll(() => sql.query(failed, ['d-fails'])).toEqual([{ state: 'retry' }])
  })

  it('outlive a restart', async () => {
    await jobs.stop(1000)
    sent.length = 0
    await sql.query(`update jobs.job set start_after = now() where data->>'delivery' = 'd-later'`)
    jobs = await start()
    await until(() => sent.includes('d-later'))
    expect(sent).toEqual(['d-later'])
  })
})
