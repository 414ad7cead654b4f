/** What the service does although nobody asks: retention, the daily checks, webhooks tried again. */
import { startJobs, type Jobs } from '../store/sql/jobs.ts'
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
  const { store } = service
  const webhooks = await openWebhooks(service, {
    isPrivateAllowed,
    wake: async (delivery, at) => (await jobs).sendWebhook(delivery, at),
    failed: (error) => failed('webhooks', error),
  })
  const jobs = startJobs(
    store.sql,
    {
      retention: async () => void (await service.keeping.enforce()),
      'archive-check': () => service.keeping.check(),
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
