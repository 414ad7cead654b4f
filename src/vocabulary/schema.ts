/** The zod schema of a whole event: envelope and data, one a type. */
import { z } from 'zod'
import type { Definition } from './definition.ts'
import { EVENTS, EVENT_TYPES, type EventType } from './event.ts'
import { id, object, time, uri } from './fields.ts'

const schemaOf = (type: EventType) => {
  const { data, subject }: Definition = EVENTS[type]
  return object({
    specversion: z.literal('1.0', '1.0'),
    id,
    source: uri,
    type: z.literal(type, type),
    subject: subject === 'required' ? id : id.optional(),
    time,
    data,
  })
}

type EventSchema = ReturnType<typeof schemaOf>

/** By type; unknown fields of the envelope are kept too, as CloudEvents extensions must be. */
export const SCHEMAS: Readonly<Record<EventType, EventSchema>> = Object.fromEntries(
  EVENT_TYPES.map((type) => [type, schemaOf(type)]),
) as Record<EventType, EventSchema>

/**
 * Whether the schema of `type` accepts a value: ten times faster than parsing, and mute. Schemas
 * are compiled at first use, because all of them at once would be felt at start-up.
 */
export const isSound = (type: EventType, value: unknown): boolean => {
  let schema = compiled.get(type)
  if (schema === undefined) compiled.set(type, (schema = z.compile(SCHEMAS[type])))
  return z.validate(schema, value)
}

const compiled = new Map<EventType, EventSchema>()
