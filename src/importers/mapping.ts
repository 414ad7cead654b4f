/**
 * The mapping file: which columns of somebody else's table are which fields of which events.
 * docs/reading.md describes it with examples.
 */
import { z } from 'zod'
import { say } from '../language/say.ts'
import { EVENTS, isEventType, type EventType } from '../vocabulary/index.ts'
import { Unreadable } from './unreadable.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

/** A column by name, a constant, or a column with something done to it. */
const field = z.union([
  z.string().min(1),
  z.strictObject({ value: scalar }),
  z.strictObject({
    column: z.string().min(1),
    /** Multiplied by this and rounded to a whole number: 100 turns yuan into fen. */
    times: z.number().positive().optional(),
    /** What stands in the column → what it means. */
    values: z.record(z.string(), scalar).optional(),
    /** For anything that `values` does not name, and for an empty cell. */
    otherwise: scalar.optional(),
  }),
])
export type Field = z.infer<typeof field>

const event = z.strictObject({
  type: z.string().refine(isEventType),
  /** Only rows whose column holds one of these. */
  when: z.strictObject({ column: z.string().min(1), is: z.array(scalar).min(1) }).optional(),
  id: field.optional(),
  subject: field.optional(),
  time: field,
  /** By the path of the field: `order`, `lines.0.product`. */
  data: z.record(z.string(), field),
})

export const mappingFile = z.strictObject({
  /** The `source` of every event. */
  source: z.string().min(1),
  /** Zone of times that name none. */
  zone: z
    .string()
    .regex(/^(Z|[+-]\d{2}:\d{2})$/)
    .optional(),
  events: z.array(event).min(1),
})

export type EventMapping = Omit<z.infer<typeof event>, 'type'> & { readonly type: EventType }
export type Mapping = Omit<z.infer<typeof mappingFile>, 'events'> & {
  readonly events: readonly EventMapping[]
}

/** @throws Unreadable that names the field of the mapping file which is wrong. */
export const parseMapping = (text: string): Mapping => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw bad('the file', 'JSON')
  }
  const result = mappingFile.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  throw bad(issue.path.join('.') || 'the file', issue.message)
}

/** The columns that a mapping reads. */
export const columnsOf = (mapping: Mapping): readonly string[] => {
  const names = new Set<string>()
  const add = (entry: Field | undefined) => {
    if (typeof entry === 'string') names.add(entry)
    else if (entry !== undefined && 'column' in entry) names.add(entry.column)
  }
  for (const { when, id, subject, time, data } of mapping.events) {
    for (const entry of [when?.column, id, subject, time, ...Object.values(data)]) add(entry)
  }
  return [...names]
}

type Kind = 'number' | 'bool' | 'time' | 'text'

const NUMBERS = new Set([
  'count',
  'money',
  'ms',
  'bytes',
  'grams',
  'bps',
  'seconds',
  'share',
  'stars',
])

/** What a field of an event holds, from its schema: a cell is only text until that is known. */
export const kindOf = (type: EventType, path: string): Kind => {
  let schema: unknown = EVENTS[type].data
  for (const step of path.split('.')) {
    schema = unwrapped(schema)
    if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodObject) schema = (schema.shape as Record<string, unknown>)[step]
    else return 'text'
  }
  const inner = unwrapped(schema)
  const title = inner instanceof z.ZodType ? inner.meta()?.title : undefined
  if (title === undefined) return 'text'
  if (NUMBERS.has(title)) return 'number'
  return title === 'bool' || title === 'time' ? title : 'text'
}

/** Top-level fields of `data` that a type knows. */
export const fieldsOf = (type: EventType): readonly string[] => {
  const { data } = EVENTS[type]
  return data instanceof z.ZodObject ? Object.keys(data.shape) : []
}

const unwrapped = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional ? schema.unwrap() : schema

const bad = (field: string, expected: string) =>
  new Unreadable(say('reading.bad-mapping', { field, expected }))
