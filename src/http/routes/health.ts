/**
 * For whoever runs the service: is it alive, may traffic be sent to it, and how is it doing. Ready
 * means that rooms are folded and events are taken; while it is not, a balancer sends them elsewhere.
 */
import { Hono } from 'hono'
import { say } from '../../language/say.ts'
import type { AppEnv, Door } from '../door.ts'
import { HttpProblem } from '../problem.ts'

/** As `prom-client` has it. */
export type Metrics = { readonly contentType: string; readonly metrics: () => Promise<string> }

export const healthRoutes = ({ isReady }: Pick<Door, 'isReady'>, metrics: Metrics): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .get('/health', (c) => c.json({ status: 'alive' }, 200, FRESH))
    .get('/ready', (c) => {
      if (!isReady()) throw new HttpProblem('not-ready', say('problem.not-ready'), AGAIN)
      return c.json({ status: 'ready' }, 200, FRESH)
    })
    .get('/metrics', async (c) =>
      c.text(await metrics.metrics(), 200, { ...FRESH, 'content-type': metrics.contentType }),
    )

const FRESH = { 'cache-control': 'no-store' }
const AGAIN = { ...FRESH, 'retry-after': '2' }
