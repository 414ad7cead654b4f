/** What the service does although nobody asks: retention, the daily check, webhooks tried again. */
import { verifyKept } from '../archive/verify-kept.ts'
import { startJobs, type Jobs } from '../store/sql/jobs.ts'
import { enforceRetention } from '../store/sql/retention.ts'
import { OUR_SOURCE } from './decided.ts'
import type { Service } from './open.ts'
import { openWebhooks } from './webhooks/open.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

/** The law counts days where the rooms are. */
const TIME_ZONE = 'Asia/Shanghai'

export type ServiceJobs = {
  readonly jobs: Promise<Jobs>
  readonly webhooks: Webhooks
  /** Lets what is under way end. */
  readonly stop: () => Promise<void>
}

/** The job library makes its tables in the background: nobody waits for it at the start. */
export const startServiceJobs = async (
  service: Service,
  isPrivateAllowed: boolean,
  failed: (what: string, error: unknown) => void,
): Promise<ServiceJobs> => {
  const { store, archive, now, newId } = service
  const webhooks = await openWebhooks(service, {
    isPrivateAllowed,
    wake: async (delivery, at) => (await jobs).sendWebhook(delivery, at),
    failed: (error) => failed('webhooks', error),
  })
  const jobs = startJobs(
    store.sql,
    {
      retention: async () => {
        const erased = await enforceRetention(store.sql, store.keys, now())
        const time = new Date(now()).toISOString()
        if (erased.length === 0) return
        await service.record(
          erased.map((broadcast) => ({
            specversion: '1.0',
            id: newId(),
            source: OUR_SOURCE,
            type: 'live.evidence.erased',
            time,
            data: { range: broadcast, ground: 'retention ended', by: OUR_SOURCE },
          })),
        )
      },
      'archive-check': async () => {
        const { segments } = archive.parts
        for (const { object, code } of await verifyKept({ ...archive.logged, segments }))
          failed('archive', new Error(`${object}: ${code}`))
      },
      webhook: (delivery) => webhooks.send(delivery),
    },
    { timeZone: TIME_ZONE, onError: (error) => failed('jobs', error) },
  )
  jobs.catch((error: unknown) => failed('jobs', error))
  return {
    jobs,
    webhooks,
    stop: async () => {
      await webhooks.close()
      await jobs.then(
        (started) => started.stop(),
        () => {},
      )
    },
  }
}
