import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTime } from '../../src/vocabulary/index.ts'

const two = (n: number) => String(n).padStart(2, '0')

/** Every instant of the years 0000 to 9999, to the millisecond. */
const instants = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 })

const offsets = fc.tuple(
  fc.constantFrom('+', '-'),
  fc.integer({ min: 0, max: 23 }),
  fc.integer({ min: 0, max: 59 }),
)

describe('parseTime', () => {
  test('reads back every instant that toISOString writes', () => {
    fc.assert(
      fc.property(instants, (at) => {
        expect(parseTime(new Date(at).toISOString())).toBe(at)
      }),
      { numRuns: 5000 },
    )
  })

  test('agrees with Date.parse on local times with an offset', () => {
    fc.assert(
      fc.property(instants, offsets, fc.integer({ min: 0, max: 3 }), (at, offset, digits) => {
        const [sign, hours, minutes] = offset
        const iso = new Date(at).toISOString()
        const fraction = digits === 0 ? '' : `.${iso.slice(20, 20 + digits)}`
        const text = `${iso.slice(0, 19)}${fraction}${sign}${two(hours)}:${two(minutes)}`
        expect(parseTime(text)).toBe(Date.parse(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('refuses every text that is one character away from a time, or reads it as Date does', () => {
    const time = '2024-02-29T23:59:59.999+08:00'
    const spoilt = fc.tuple(
      fc.integer({ min: 0, max: time.length - 1 }),
      fc.constantFrom(...Array.from('0123456789-+:.TtZz /\u0660é')),
    )
    fc.assert(
      fc.property(spoilt, ([at, character]) => {
        const text = time.slice(0, at) + character + time.slice(at + 1)
        const parsed = parseTime(text)
        if (!Number.isNaN(parsed)) expect(parsed).toBe(Date.parse(text.toUpperCase()))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['a day that February lacks', '2023-02-29T00:00:00Z'],
    ['the 29th of February of a century year', '1900-02-29T00:00:00Z'],
    ['the 31st of April', '2026-04-31T00:00:00Z'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['day 32', '2026-01-32T00:00:00Z'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['minute 60', '2026-01-01T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['no offset', '2026-01-01T00:00:00'],
    ['no offset after a fraction', '2026-01-01T00:00:00.000'],
    ['an offset of 24 hours', '2026-01-01T00:00:00+24:00'],
    ['an offset of 60 minutes', '2026-01-01T00:00:00+00:60'],
    ['an offset without a colon', '2026-01-01T00:00:00+0800'],
    ['an offset without a sign', '2026-01-01T00:00:00 08:00'],
    ['a dot without digits', '2026-01-01T00:00:00.Z'],
    ['a space for the T', '2026-01-01 00:00:00Z'],
    ['something after the Z', '2026-01-01T00:00:00Z '],
    ['a date alone', '2026-01-01'],
    ['nothing', ''],
    ['a year with a sign', '-026-01-01T00:00:00Z'],
  ])('refuses %s', (_, text) => {
    expect(parseTime(text)).toBeNaN()
  })

  test.each([
    ['cuts digits past the millisecond', '1970-01-01T00:00:00.0019999Z', 1],
    ['reads one digit as tenths', '1970-01-01T00:00:00.1Z', 100],
    ['reads small letters', '1970-01-01t00:00:01z', 1000],
    ['reads the unknown local offset', '1970-01-01T00:00:00-00:00', 0],
    ['reads a leap day', '2000-02-29T00:00:00Z', 951_782_400_000],
    ['reads an offset across midnight', '1970-01-01T00:00:00+08:00', -28_800_000],
  ])('%s', (_, text, at) => {
    expect(parseTime(text)).toBe(at)
  })
})
