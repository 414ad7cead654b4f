/** What the door needs of the service behind it; src/service puts it together. */
import type { Hono } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import type { Recordings } from '../archive/recordings.ts'
import type { Ingest } from '../engine/live/ingest.ts'
import type { Moments } from '../engine/live/moments.ts'
import type { Register } from '../engine/live/register.ts'
import type { BroadcastAudit } from '../engine/report.ts'
import type { Sentence } from '../language/sentence.ts'
import type { MeasureName } from '../law/ladder.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { Guarded } from './access/guard.ts'
import type { AppealView, LiveFigures, MeasureView } from './contract.ts'
import type { Hub } from './hub.ts'
import type { LiveStreams } from './live-stream.ts'
import type { Handshake } from './sockets.ts'

/** How rooms stand, as they were last judged. */
export type Desk = {
  readonly rooms: IterableIterator<LiveFigures>
  readonly figures: (broadcast: string) => LiveFigures | undefined
  readonly audit: (broadcast: string) => BroadcastAudit | undefined
  readonly measures: (broadcast: string) => readonly MeasureView[]
  /** A person imposes a measure. @returns why not, or null */
  readonly impose: (
    broadcast: string,
    order: {
      readonly name: MeasureName
      readonly finding: string
      readonly reasons: Sentence
      readonly by: string
    },
  ) => Promise<
    'no-such-finding' | 'not-on-the-ladder' | 'families-needed' | 'stands-already' | null
  >
  /** False where it does not stand. */
  readonly lift: (measure: string, by: string, reasons: Sentence) => Promise<boolean>
  /** The broadcast in which a measure stands or stood. */
  readonly broadcastOf: (measure: string) => Promise<string | undefined>
}

export type NewAppeal = {
  readonly appeal: string
  /** Id of the measure. */
  readonly restriction: string
  /** In the words of whoever objects. */
  readonly grounds: string
  /** The merchant for whom it is lodged. */
  readonly party: string
  /** The account that lodges it. */
  readonly by: string
}

export type Verdict = {
  readonly outcome: NonNullable<AppealView['outcome']>
  readonly reasons: Sentence
  readonly by: string
}

export type AppealRefusal =
  /** One open appeal a measure. */
  | 'open-already'
  | 'reversed-already'
  | 'decided-already'
  /** Nobody judges what they imposed or objected to themselves. */
  | 'not-by-you'

/** Appeals against measures: on record, or why not; undefined where there is no such thing. */
export type Appeals = {
  readonly lodge: (appeal: NewAppeal) => Promise<AppealView | AppealRefusal | undefined>
  readonly decide: (
    appeal: string,
    verdict: Verdict,
  ) => Promise<AppealView | AppealRefusal | undefined>
}

export type Door = {
  readonly ingest: Ingest
  readonly desk: Desk
  readonly appeals: Appeals
  readonly register: Register
  readonly moments: Pick<Moments, 'of'>
  readonly recordings: Recordings
  /** Whether the archive here has the newest piece of the broadcast's recording, not only word of it. */
  readonly hasRecording: (broadcast: string) => Promise<boolean>
  readonly store: SqlStore
  readonly hub: Hub
  readonly streams: LiveStreams
  readonly isReady: () => boolean
  /** ms from the epoch. */
  readonly now: () => number
  readonly newId: () => string
}

/** `upgrade` is set where a WebSocket asks: the handler only says how to go on, should it come in. */
export type Bindings = Partial<HttpBindings> & {
  upgrade?: { accept?: (handshake: Handshake) => void }
}

export type AppEnv = Guarded & { Bindings: Bindings }
export type App = Hono<AppEnv>
