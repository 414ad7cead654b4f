/** The door of the vocabulary: events, the gate that admits them, and findings. */
export { admit, type Admission } from './admit.ts'
export { BANNERS, ENTRIES } from './audience.ts'
export type { Definition } from './definition.ts'
export {
  EVENTS,
  EVENT_TYPES,
  TABLES,
  isEventType,
  type AssayEvent,
  type DataOf,
  type EventOf,
  type EventType,
} from './event.ts'
export * from './finding.ts'
export { STEPS } from './people.ts'
export { refusalSentence, type Refusal, type RefusalCode } from './refusal.ts'
export { SCHEMAS } from './schema.ts'
export { parseTime } from './time.ts'
