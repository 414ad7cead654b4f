/** Every route beyond those that the door has by itself: with them the table of rules is served whole. */
import type { Hono } from 'hono'
import type { AppEnv } from '../http/door.ts'
import { appealRoutes } from '../http/routes/appeals.ts'
import { auditRoutes, type Audits } from '../http/routes/audits.ts'
import { documentRoutes } from '../http/routes/documents.ts'
import { erasureRoutes } from '../http/routes/erasures.ts'
import { evidenceRequestRoutes } from '../http/routes/evidence-requests.ts'
import { evidenceRoutes } from '../http/routes/evidence.ts'
import { healthRoutes } from '../http/routes/health.ts'
import { priceRoutes } from '../http/routes/prices.ts'
import { recordingRoutes } from '../http/routes/recordings.ts'
import { socketRoutes } from '../http/routes/sockets.ts'
import { webhookRoutes, type Sender } from '../http/routes/webhooks.ts'
import { openMetrics } from './metrics.ts'
import type { Service } from './open.ts'

export type RoutesOptions = {
  /** Signing in, people, keys: src/http/access. */
  readonly access: Hono<AppEnv>
  readonly sender: Sender
  readonly audits: Audits
  readonly version: string
  readonly failed: (id: string, error: unknown) => void
}

export const routesOf = (
  service: Service,
  { access, sender, audits, version, failed }: RoutesOptions,
): readonly Hono<AppEnv>[] => [
  access,
  healthRoutes(service, openMetrics(service)),
  socketRoutes(service, service.sockets, failed),
  webhookRoutes(service, sender),
  appealRoutes(service),
  evidenceRequestRoutes(service),
  documentRoutes(version),
  auditRoutes(audits),
  priceRoutes(service, service.prices),
  recordingRoutes(service),
  erasureRoutes(service.keeping),
  evidenceRoutes(service, service.evidence),
]
