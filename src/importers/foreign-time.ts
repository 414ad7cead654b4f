/**
 * Instants as files write them: RFC 3339; seconds or milliseconds from the epoch; or a bare local
 * date and time, `2019-12-27 12:00:27` or `2019/12/27 12:00`, which means nothing without a zone.
 */
import { parseTime } from '../vocabulary/index.ts'

const LOCAL =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/

/** Before the year 5138 a count of seconds has at most 11 digits; ms since 1973 have more. */
const MAX_SECONDS = 1e11

/** RFC 3339 in UTC with milliseconds, or undefined. `zone` is `+08:00` or the like, or `Z`. */
export const toTime = (value: unknown, zone: string | undefined): string | undefined => {
  if (typeof value === 'number') return fromEpoch(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  if (!Number.isNaN(parseTime(text))) return text
  if (/^\d{9,14}(\.\d+)?$/.test(text)) return fromEpoch(Number(text))
  const match = LOCAL.exec(text)
  if (match === null || zone === undefined) return undefined
  const [, year, month, day, hour = '0', minute = '00', second = '00', fraction = '0'] = match
  const date = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}`
  const time = `${date}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`
  return Number.isNaN(parseTime(time)) ? undefined : time
}

const two = (part: string | undefined) => (part ?? '').padStart(2, '0')

const fromEpoch = (value: number): string | undefined => {
  const at = Math.abs(value) < MAX_SECONDS ? value * 1000 : value
  // The largest instant of a Date, ECMA-262 §21.4.1.1.
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : undefined
}
