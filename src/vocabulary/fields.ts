/**
 * The kinds of field that events are made of. Each schema's title names its kind; the same word
 * stands in its error, in docs/events.md and in the refusal that a producer reads.
 *
 * Characters are Unicode code points, as JSON Schema counts them.
 */
import { z } from 'zod'
import { isTime } from './time.ts'

export const MAX_ID = 128
export const MAX_TEXT = 100_000
export const MAX_URI = 2048
const MAX_LIST = 10_000

/** Whether a text has at most `max` characters; only a text of too many UTF-16 units is counted. */
export const fits = (value: string, max: number): boolean =>
  value.length <= max || (value.length <= 2 * max && Array.from(value).length <= max)

/** An opaque id, 1 to 128 characters. */
export const id = z
  .string('id')
  .min(1, 'id')
  .max(MAX_ID, 'id')
  .meta({ title: 'id', description: 'opaque, 1 to 128 characters' })

export const text = z
  .string('text')
  .max(MAX_TEXT, 'text')
  .meta({ title: 'text', description: 'up to 100 000 characters, Unicode NFC' })

export const time = z
  .string('time')
  .refine(isTime, 'time')
  .meta({ title: 'time', format: 'date-time', description: 'RFC 3339 with offset' })

/** A non-empty URI reference as far as it can go wrong in a log line: no spaces, no controls. */
export const isUri = (value: string): boolean => {
  if (value.length === 0 || !fits(value, MAX_URI)) return false
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i)
    if (unit <= 0x20 || (unit >= 0x7f && unit <= 0xa0)) return false
  }
  return true
}

export const uri = z
  .string('uri')
  .refine(isUri, 'uri')
  .meta({ title: 'uri', format: 'uri-reference', minLength: 1, maxLength: MAX_URI })

const whole = (kind: string, description: string) =>
  z.int(kind).min(0, kind).meta({ title: kind, description })

export const count = whole('count', 'whole number from 0')
/** Minor units (fen, cents) of the broadcast's currency; nothing here is ever owed backwards. */
export const money = whole('money', 'minor units, whole number from 0')
export const ms = whole('ms', 'milliseconds, whole number from 0')
export const bytes = whole('bytes', 'whole number from 0')
export const grams = whole('grams', 'whole number from 0')
/** Ten-thousandths, 0 to 10,000. */
export const bps = z
  .int('bps')
  .min(0, 'bps')
  .max(10_000, 'bps')
  .meta({ title: 'bps', description: 'basis points, 0 to 10 000' })

export const seconds = z
  .number('seconds')
  .min(0, 'seconds')
  .meta({ title: 'seconds', description: 'finite, from 0' })

export const share = z
  .number('share')
  .min(0, 'share')
  .max(1, 'share')
  .meta({ title: 'share', description: '0 to 1' })

export const stars = z
  .number('stars')
  .min(0, 'stars')
  .max(5, 'stars')
  .meta({ title: 'stars', description: '0 to 5' })

export const bool = z.boolean('bool').meta({ title: 'bool' })

/** A measured or claimed value: a figure, or words. */
export const figure = z
  .union([z.number(), text], 'figure')
  .meta({ title: 'figure', description: 'a number or a text' })

/** ISO 4217. */
export const currency = z
  .string('currency')
  .regex(/^[A-Z]{3}$/, 'currency')
  .meta({ title: 'currency', description: 'ISO 4217 code' })

export const sha256 = z
  .string('sha256')
  .regex(/^[0-9A-Fa-f]{64}$/, 'sha256')
  .meta({ title: 'sha256', description: '64 hexadecimal digits' })

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, values.join(' | '))

export const list = <T extends z.ZodType>(item: T) => z.array(item, 'list').max(MAX_LIST, 'list')

/**
 * An object that keeps unknown fields: recorded files outlive the code that reads them. The type
 * does not say so, because an index signature would let a misspelt field through the compiler.
 */
export const object = <S extends z.ZodRawShape>(shape: S): z.ZodObject<S> =>
  z.looseObject(shape, 'object')
