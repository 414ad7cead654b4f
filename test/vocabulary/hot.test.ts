import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hotTime } from '../../src/vocabulary/hot.ts'
import { SCHEMAS, type EventType } from '../../src/vocabulary/index.ts'
import { SAMPLE_AT, sample, type Loose } from './samples.ts'

const HOT: readonly EventType[] = [
  'live.viewer.joined',
  'live.viewer.watched',
  'live.viewer.left',
  'live.like.sent',
  'live.comment.posted',
  'live.product.clicked',
  'live.banner.shown',
  'live.display.updated',
]

/** Values at and around every bound of the schemas, and of every JSON type. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    1,
    -1,
    0.5,
    1e300,
    Infinity,
    -Infinity,
    NaN,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER + 1,
    '',
    '1.0',
    ' ',
    'a\u007f',
    'a\u00a0b',
    'x'.repeat(128),
    'x'.repeat(129),
    '😀'.repeat(64),
    '😀'.repeat(65),
    'x'.repeat(2048),
    'x'.repeat(2049),
    'x'.repeat(100_000),
    'x'.repeat(100_001),
    'feed',
    'Feed',
    'unknown',
    'just-bought',
    '2026-03-01T20:00:00Z',
    '2026-02-30T20:00:00Z',
    [],
    ['view'],
    {},
  ),
  fc.string(),
  fc.double(),
)

const ENVELOPE = ['specversion', 'id', 'source', 'subject', 'time', 'data', 'extension']
const DATA = [
  'view viewer device ip network app entry accountCreatedAt seconds visible playing count',
  'comment text replyTo product kind concurrent viewers likes orders sales unheardOf',
].flatMap((line) => line.split(' '))

const change = fc.record({
  inData: fc.boolean(),
  field: fc.nat(),
  remove: fc.boolean(),
  value: values,
})

describe('the hand-written gate of the hot types', () => {
  test.each(HOT)('takes a sound %s', (type) => {
    expect(hotTime(sample(type))).toBe(SAMPLE_AT)
  })

  test.each(HOT)('accepts exactly what the schema of %s accepts', (type) => {
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const event = sample(type)
        for (const { inData, field, remove, value } of changes) {
          const isObject = typeof event.data === 'object' && event.data !== null
          const target: Loose = inData && isObject ? event.data : event
          const names = inData && isObject ? DATA : ENVELOPE
          const name = names[field % names.length]!
          if (remove) delete target[name]
          else target[name] = value
        }
        const bySchema = SCHEMAS[type].safeParse(event).success
        expect(!Number.isNaN(hotTime(event))).toBe(bySchema)
        if (bySchema) accepted += 1
        else refused += 1
      }),
      { numRuns: 3000 },
    )
    // Both answers were met, so the agreement is not an empty one.
    expect(accepted).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
  })

  test('knows a source again only when it was good', () => {
    const bad = { ...sample('live.viewer.left'), source: 'two words' }
    expect(hotTime(bad)).toBeNaN()
    expect(hotTime(bad)).toBeNaN()
    expect(hotTime({ ...bad, source: '' })).toBeNaN()
  })

  test('leaves every other type to its schema', () => {
    expect(hotTime(sample('live.order.placed'))).toBeNaN()
  })
})
