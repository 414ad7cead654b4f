/**
 * The gate of the vocabulary: what is an event and what is not. It never throws and never changes
 * or copies what it is given, so unknown fields stay where they are.
 */
import { isEventType, type AssayEvent } from './event.ts'
import { hotTime } from './hot.ts'
import { display, refusalOf, type Refusal } from './refusal.ts'
import { SCHEMAS, isSound } from './schema.ts'
import { parseTime } from './time.ts'

export type Admission =
  /** `at` is the event's time in ms from the epoch. */
  | { readonly ok: true; readonly event: AssayEvent; readonly at: number }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Admits one parsed JSON value. The types that come by the million are judged by hand, the others
 * by their compiled schema, and whatever either refuses is read once more to say why.
 */
export const admit = (value: unknown): Admission => {
  const at = hotTime(value)
  return Number.isNaN(at) ? admitBySchema(value) : { ok: true, event: value as AssayEvent, at }
}

const admitBySchema = (value: unknown): Admission => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse({ code: 'not-an-object', field: '', expected: 'object', got: display(value) })
  const type: unknown = 'type' in value ? value.type : undefined
  if (typeof type !== 'string' || !isEventType(type)) return refuse(typeRefusal(type))
  if (!isSound(type, value)) {
    const { error } = SCHEMAS[type].safeParse(value)
    if (error !== undefined) return refuse(refusalOf(error.issues[0]!, value))
  }
  const event = value as AssayEvent
  return { ok: true, event, at: parseTime(event.time) }
}

const refuse = (refusal: Refusal): Admission => ({ ok: false, refusal })

const typeRefusal = (type: unknown): Refusal => ({
  code:
    type === undefined ? 'missing-field' : typeof type === 'string' ? 'unknown-type' : 'wrong-type',
  field: 'type',
  expected: 'event type',
  got: display(type),
})
