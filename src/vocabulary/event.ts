/** Every event type there is, and the types of the events themselves: CloudEvents 1.0 envelopes. */
import type { z } from 'zod'
import { audience } from './audience.ts'
import { broadcast } from './broadcast.ts'
import type { DeepReadonly } from './definition.ts'
import { people } from './people.ts'
import { promises } from './promises.ts'
import { trade } from './trade.ts'

/** By the tables of the vocabulary, in the order of the reference manual. */
export const TABLES = { broadcast, audience, trade, promises, people } as const

export const EVENTS = { ...broadcast, ...audience, ...trade, ...promises, ...people } as const

export type EventType = keyof typeof EVENTS

export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[]

/** The `data` of one type. Unknown fields are kept at run time though the type does not show them. */
export type DataOf<T extends EventType> = DeepReadonly<z.output<(typeof EVENTS)[T]['data']>>

export type EventOf<T extends EventType> = {
  readonly specversion: '1.0'
  /** Unique within `source`. */
  readonly id: string
  /** URI reference of the producer. */
  readonly source: string
  readonly type: T
  /** RFC 3339 with offset: when it happened, not when it was sent. */
  readonly time: string
  readonly data: DataOf<T>
} & ((typeof EVENTS)[T]['subject'] extends 'required'
  ? { readonly subject: string }
  : { readonly subject?: string })

/** Any event, told apart by `type`. */
export type AssayEvent = { [T in EventType]: EventOf<T> }[EventType]

export const isEventType = (type: string): type is EventType => Object.hasOwn(EVENTS, type)
