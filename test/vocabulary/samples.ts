/** Sound events to start from: each type's own example in an envelope. */
import { EVENTS, EVENT_TYPES, type EventType } from '../../src/vocabulary/index.ts'

export const TYPES = EVENT_TYPES

export type Loose = Record<string, unknown>

/** A fresh copy each time, as JSON would give it, so that a test may spoil it. */
export const sample = (type: EventType): Loose & { data: Loose } =>
  JSON.parse(
    JSON.stringify({
      specversion: '1.0',
      id: 'event-1',
      source: '/platforms/example/rooms',
      type,
      subject: 'broadcast-1',
      time: '2026-03-01T20:00:00.250+08:00',
      data: EVENTS[type].example,
    }),
  ) as Loose & { data: Loose }

/** 20:00:00.250 in UTC+8 is 12:00:00.250 in UTC. */
export const SAMPLE_AT = Date.UTC(2026, 2, 1, 12, 0, 0, 250)
