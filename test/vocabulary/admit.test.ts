import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectations } from '../../src/language/catalogue/refusals.ts'
import { admit, refusalSentence, type Refusal } from '../../src/vocabulary/index.ts'
import { SAMPLE_AT, TYPES, sample } from './samples.ts'

const refusal = (value: unknown): Refusal => {
  const admission = admit(value)
  if (admission.ok) throw new Error('admitted')
  return admission.refusal
}

describe('admit', () => {
  test.each(TYPES)('takes %s, whole and untouched', (type) => {
    const event = { ...sample(type), traceparent: '00-abc', data: { ...sample(type).data, new: 1 } }
    const before = structuredClone(event)
    const admission = admit(event)
    expect(admission).toEqual({ ok: true, event: before, at: SAMPLE_AT })
    expect(admission.ok && admission.event).toBe(event)
  })

  test('asks an event of a broadcast for its broadcast', () => {
    const { subject: _, ...orphan } = sample('live.like.sent')
    expect(refusal(orphan)).toMatchObject({ code: 'missing-subject', field: 'subject' })
  })

  test('takes an order that belongs to no broadcast', () => {
    const { subject: _, ...order } = sample('live.order.placed')
    expect(admit(order).ok).toBe(true)
  })

  test('wants a document to be filed for somebody or something', () => {
    const event = sample('live.document.filed')
    delete event.data['product']
    expect(refusal(event)).toMatchObject({ code: 'missing-field', field: 'data.account' })
    event.data['account'] = 'host-a'
    expect(admit(event).ok).toBe(true)
  })

  test.each([
    ['null', null, { code: 'not-an-object', field: '', expected: 'object', got: 'null' }],
    ['a list', [1], { code: 'not-an-object', field: '', expected: 'object', got: '[…]' }],
    ['a text', 'x', { code: 'not-an-object', field: '', expected: 'object', got: '"x"' }],
    ['no type', {}, { code: 'missing-field', field: 'type' }],
    ['a number for a type', { type: 7 }, { code: 'wrong-type', field: 'type', got: '7' }],
    ['a future type', { type: 'live.hologram.shown' }, { code: 'unknown-type', field: 'type' }],
    ['a name of Object', { type: 'constructor' }, { code: 'unknown-type', field: 'type' }],
  ])('refuses %s', (_, value, expected) => {
    expect(refusal(value)).toMatchObject(expected)
  })

  test.each([
    ['specversion', '0.3', 'not-one-of', '1.0', '"0.3"'],
    ['id', '', 'out-of-bounds', 'id', '""'],
    ['source', 'my rooms', 'bad-format', 'uri', '"my rooms"'],
    ['time', '2026-02-30T00:00:00Z', 'bad-time', 'time', '"2026-02-30T00:00:00Z"'],
    ['time', 1_770_000_000, 'wrong-type', 'time', '1770000000'],
    ['data', null, 'wrong-type', 'object', 'null'],
  ])('says what is wrong with %s = %j', (field, value, code, expected, got) => {
    const event = { ...sample('live.order.placed'), [field]: value }
    expect(refusal(event)).toEqual({ code, field, expected, got })
  })

  test.each([
    ['live.viewer.watched', 'seconds', '30', 'wrong-type', 'seconds'],
    ['live.viewer.watched', 'seconds', -1, 'out-of-bounds', 'seconds'],
    ['live.like.sent', 'count', 1.5, 'wrong-type', 'count'],
    ['live.order.paid', 'amount', -1, 'out-of-bounds', 'money'],
    ['live.order.paid', 'amount', 2 ** 53, 'out-of-bounds', 'money'],
    ['live.segment.recorded', 'sha256', 'ABC', 'bad-format', 'sha256'],
    ['live.broadcast.started', 'currency', 'yuan', 'bad-format', 'currency'],
    ['live.viewer.joined', 'viewer', null, 'wrong-type', 'id'],
    ['live.refund.requested', 'goodsReturned', 'yes', 'wrong-type', 'bool'],
    ['live.promise.made', 'kind', 'best', 'not-one-of', /^lowest-price \| price-protection/],
    ['live.caption.spoken', 'confidence', 1.01, 'out-of-bounds', 'share'],
    ['live.test.reported', 'value', {}, 'wrong-type', 'figure'],
  ] as const)('%s: %s may not be %j', (type, field, value, code, expected) => {
    const event = sample(type)
    event.data[field] = value
    const found = refusal(event)
    expect(found).toMatchObject({ code, field: `data.${field}` })
    expect(found.expected).toMatch(expected)
  })

  test('refuses, and can show, what a column reader gives and JSON cannot', () => {
    const event = sample('live.like.sent')
    event.data['count'] = 5n
    expect(refusal(event)).toMatchObject({ code: 'wrong-type', expected: 'count', got: '5' })
  })

  test('points into lists and objects', () => {
    const event = sample('live.order.placed')
    event.data['lines'] = [
      { product: 'product-1', quantity: 1, unitPrice: 1 },
      { product: 'product-1', unitPrice: 1 },
    ]
    expect(refusal(event)).toMatchObject({ code: 'missing-field', field: 'data.lines.1.quantity' })
  })

  test('shows what came in at most 80 characters that no terminal or log obeys', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom('\u202etxt', '\u001b[2J', '\u0085', '\u2028', '\ud800', 'x'.repeat(1e6)),
        ),
        (hostile) => {
          const counts = sample('live.broadcast.ended')
          counts.data['counts'] = JSON.parse(`{${JSON.stringify(hostile)}:-1}`)
          for (const { got, field } of [refusal({ type: hostile }), refusal(counts)])
            for (const shown of [got, field]) {
              expect(shown.length).toBeLessThanOrEqual(80)
              expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
            }
        },
      ),
    )
  })
})

describe('refusalSentence', () => {
  test('names field, expectation and what came, in both languages', () => {
    const event = sample('live.viewer.watched')
    event.data['seconds'] = '30'
    expect(refusalSentence(refusal(event))).toEqual({
      en: 'data.seconds should be a finite number of seconds from 0; got "30"',
      zh: '字段 data.seconds 应为：不小于 0 的有限秒数；收到："30"',
    })
  })

  test('explains every kind of field that a required field can lack', () => {
    for (const type of TYPES)
      for (const field of Object.keys(sample(type).data)) {
        const event = sample(type)
        delete event.data[field]
        const admission = admit(event)
        if (admission.ok) continue
        const { code, expected } = admission.refusal
        expect(code).toBe('missing-field')
        if (!expected.includes(' | ')) expect(Object.keys(expectations)).toContain(expected)
        expect(refusalSentence(admission.refusal).zh).toMatch(/^缺少字段 /)
      }
  })
})
