/** What the service answers about one broadcast, as the room's page uses it. */
import type { Moment } from '../../../src/engine/live/moments.ts'
import type { BroadcastAudit } from '../../../src/engine/report.ts'
import type { MeasureView } from '../../../src/http/contract.ts'
import type { Finding } from '../../../src/vocabulary/finding.ts'
import type { Room } from '../wall/rooms.ts'

export type { Moment, MeasureView }
export type Series = BroadcastAudit['series']['audience']
export type Curves = BroadcastAudit['series']

/** Those who are measured see facts only: no subject, no hypotheses (src/http/access/views.ts). */
export type ShownFinding = Pick<
  Finding,
  'kind' | 'verdict' | 'strength' | 'summary' | 'from' | 'until'
> &
  Partial<Pick<Finding, 'subject' | 'hypotheses' | 'families' | 'weightBans'>>

export type Broadcast = Room & {
  readonly findings: readonly ShownFinding[]
  readonly standing: readonly MeasureView[]
  readonly hasRecording: boolean
  readonly series?: Curves
}

/** A finding that was raised, under the id by which it can be opened. */
export type RaisedFinding = ShownFinding & {
  readonly id: string
  readonly raisedAt: string
  readonly withdrawnAt: string | null
}
