/** Which texts of our own name a person: as a word of its own, wherever it stands. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choosePersons } from '../../src/archive/sweep.ts'
import { mentions, personsOf, withoutMentions } from '../../src/archive/persons.ts'
import { findingExample } from '../../src/vocabulary/finding-schema.ts'
import { event } from './lib.ts'

const ids = new Set(['viewer-1'])

describe('a text that names a person', () => {
  it.each([
    ['viewer-1', true],
    ['order-brushing:b1:viewer-1', true],
    ['viewer-1 bought from himself', true],
    ['账号viewer-1在买', true],
    ['viewer-12', false],
    ['myviewer-1', false],
    ['viewer-2', false],
    ['', false],
  ])('%s: %s', (text, is) => {
    expect(mentions(ids, text)).toBe(is)
    expect(withoutMentions(ids, { a: [{ b: text }], n: 1 })).toEqual({
      a: [{ b: is ? '' : text }],
      n: 1,
    })
  })

  it('is found in maps and sets, and nothing is left of it afterwards', () => {
    expect(mentions(ids, new Map([['viewer-1', 1]]))).toBe(true)
    expect(mentions(ids, { of: new Set(['viewer-1']) })).toBe(true)
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const named = { value, reasons: [{ text: 'viewer-1, again' }] }
        expect(mentions(ids, withoutMentions(ids, named))).toBe(false)
      }),
    )
  })

  it('leaves of a finding what names nobody', () => {
    const raised = event('live.finding.raised', '2026-03-01 20:00', {
      ...findingExample,
      finding: 'order-brushing:b1:viewer-1',
    })
    const choice = choosePersons(personsOf(ids))(raised)
    if (typeof choice !== 'function') throw new Error('it names somebody')
    expect(choice('finding', 'order-brushing:b1:viewer-1')).toBe(true)
    expect(choice('summary', { en: 'viewer-1 bought', zh: 'viewer-1 购买' })).toBe(true)
    expect(choice('subject', 'b1')).toBe(false)
    expect(choosePersons(personsOf(['viewer-3']))(raised)).toBeNull()
  })
})
