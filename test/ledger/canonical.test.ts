/** Canonical JSON, RFC 8785; examples from its §3.2 and appendix B. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/ledger/bytes.ts'
import { canonical, canonicalBytes, fromCanonical } from '../../src/ledger/canonical.ts'

const refused = expect.objectContaining({ code: 'not-canonical' })

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

describe('canonical JSON', () => {
  it('is that of RFC 8785 §3.2.2 for its example', () => {
    const value = JSON.parse(
      String.raw`{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
    ) as unknown
    expect(canonical(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts members by UTF-16 code units, as §3.2.3 does', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: 7,
    }
    expect(Object.values(JSON.parse(canonical(value)) as object)).toHaveLength(7)
    expect(canonical(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
  })

  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [0.000001, '0.000001'],
    [333333333.33333325, '333333333.33333325'],
  ])('writes the number %d as appendix B does', (value, text) => {
    expect(canonical(value)).toBe(text)
  })

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', [Infinity]],
    ['half a surrogate pair', 'a\ud800b'],
    ['half a pair after a backslash', '\\\udc00'],
    ['half a pair in a name', { '\ud800': 1 }],
    ['undefined in a list', [undefined]],
    ['a hole in a list', Object.assign([], { 1: 1 })],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['nesting beyond all use', nested(65)],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(refused)
  })

  it('takes text that only looks like half a surrogate pair', () => {
    expect(canonical(String.raw`\ud800`)).toBe(String.raw`"\\ud800"`)
    expect(canonical('\ud83d\ude00')).toBe('"\ud83d\ude00"')
  })

  it('writes any text as ECMAScript does', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.string({ unit: 'grapheme' }),
      // Longer than what is written at once.
      fc.string({ unit: 'grapheme-ascii' }).map((text) => text.repeat(600)),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(canonical(text)).toBe(JSON.stringify(text))
        expect(canonicalBytes({ [text]: text })).toEqual(utf8(JSON.stringify({ [text]: text })))
      }),
    )
  })

  it('has no trace of what was refused before, and does not change afterwards', () => {
    expect(() => canonicalBytes({ a: 'written', b: '\ud800' })).toThrow(refused)
    const one = canonicalBytes(['one'])
    canonicalBytes(['another'])
    expect(one).toEqual(utf8('["one"]'))
  })

  it('leaves out what is undefined, and takes nesting of 64', () => {
    expect(canonical({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(canonical(nested(64))).toBe('['.repeat(64) + '1' + ']'.repeat(64))
  })

  it('is one text for one value, whatever the order of members, and means that value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonical(value)
        expect(canonical(reversed(value))).toBe(text)
        expect(fromCanonical(utf8(text))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([
    ['white space', '{"a": 1}'],
    ['unsorted members', '{"b":1,"a":2}'],
    ['a member twice', '{"a":1,"a":1}'],
    ['a needless escape', String.raw`"\u0041"`],
    ['another form of a number', '1.0'],
    ['a trailing newline', '1\n'],
    ['a byte order mark', '\ufeff1'],
    ['nothing', ''],
  ])('is not read from text with %s', (_, text) => {
    expect(fromCanonical(utf8(text))).toBeNull()
  })

  it('is not read from bytes that are no UTF-8', () => {
    expect(fromCanonical(Uint8Array.of(0x22, 0xff, 0x22))).toBeNull()
  })
})

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  )
}
