/**
 * Instants as RFC 3339 writes them (§5.6 `date-time`), read into milliseconds from the epoch.
 * Written by hand because it runs once for every event: no allocation, no regular expression.
 */

/**
 * The instant in ms, or NaN for anything that is not an RFC 3339 date-time with an offset. Digits
 * past the millisecond are cut off. A leap second (`:60`) is refused: no clock of ours can hold it.
 */
export const parseTime = (text: string): number => {
  // YYYY-MM-DDTHH:MM:SSZ is the shortest, 20 characters.
  const { length } = text
  if (length < 20) return Number.NaN
  const year = pair(text, 0) * 100 + pair(text, 2)
  const month = pair(text, 5)
  const day = pair(text, 8)
  const hour = pair(text, 11)
  const minute = pair(text, 14)
  const second = pair(text, 17)
  const marks =
    (text.charCodeAt(4) ^ HYPHEN) |
    (text.charCodeAt(7) ^ HYPHEN) |
    ((text.charCodeAt(10) | LOWER) ^ LOWER_T) |
    (text.charCodeAt(13) ^ COLON) |
    (text.charCodeAt(16) ^ COLON)
  // Negative as soon as one of them is: a pair that is not two digits, or a bound that is passed.
  const bounds =
    year |
    (month - 1) |
    (12 - month) |
    (day - 1) |
    hour |
    (23 - hour) |
    minute |
    (59 - minute) |
    second |
    (59 - second)
  if (marks !== 0 || bounds < 0 || (day > 28 && day > daysIn(year, month))) return Number.NaN

  let at = 19
  let ms = 0
  if (text.charCodeAt(19) === DOT) {
    let weight = 100
    for (at = 20; at < length; at += 1) {
      const digit = text.charCodeAt(at) - ZERO
      if (digit < 0 || digit > 9) break
      ms += digit * weight
      weight = (weight / 10) | 0
    }
    if (at === 20) return Number.NaN
  }
  const offset = offsetMinutes(text, at)
  const minutes = (daysFromEpoch(year, month, day) * 24 + hour) * 60 + minute - offset
  return offset === NO_OFFSET ? Number.NaN : minutes * 60_000 + second * 1000 + ms
}

export const isTime = (text: string): boolean => !Number.isNaN(parseTime(text))

const ZERO = 0x30
const HYPHEN = 0x2d
const PLUS = 0x2b
const COLON = 0x3a
const DOT = 0x2e
/** Sets an ASCII letter to lower case: RFC 3339 §5.6 allows `t` and `z`. */
const LOWER = 0x20
const LOWER_T = 0x74
const LOWER_Z = 0x7a

/** Two digits as a number; negative, even when it ends a year, where they are not digits. */
const pair = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1_000_000 : tens * 10 + ones
}

const NO_OFFSET = 1_000_000

/** Minutes east of UTC of the `Z` or `±HH:MM` that must end the text, or NO_OFFSET. */
const offsetMinutes = (text: string, at: number): number => {
  const left = text.length - at
  if (left === 1) return (text.charCodeAt(at) | LOWER) === LOWER_Z ? 0 : NO_OFFSET
  if (left !== 6 || text.charCodeAt(at + 3) !== COLON) return NO_OFFSET
  const sign = text.charCodeAt(at)
  const hours = pair(text, at + 1)
  const minutes = pair(text, at + 4)
  if ((hours | (23 - hours) | minutes | (59 - minutes)) < 0) return NO_OFFSET
  if (sign === PLUS) return hours * 60 + minutes
  return sign === HYPHEN ? -(hours * 60 + minutes) : NO_OFFSET
}

const daysIn = (year: number, month: number): number => {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/**
 * Days from 1970-01-01 in the proleptic Gregorian calendar, years 0 to 9999. The year begins in
 * March, so that the leap day is its last (H. Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", days_from_civil, without its eras: `>> 2` already rounds down).
 */
const daysFromEpoch = (year: number, month: number, day: number): number => {
  const y = month > 2 ? year : year - 1
  const century = (y / 100) | 0
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1
  return 365 * y + (y >> 2) - century + (century >> 2) + dayOfYear - 719_468
}
