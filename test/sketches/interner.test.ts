/** Numbers outlive the names that are forgotten. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Interner } from '../../src/sketches/interner.ts'

describe('an interner that forgets', () => {
  it('keeps every number and every other name, and meets the forgotten as new', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 60 }),
        fc.func(fc.boolean()),
        (names, isGone) => {
          const interner = new Interner({ named: true })
          const numbers = new Map(names.map((name) => [name, interner.intern(name)]))
          const gone = names.filter((name) => isGone(name))
          for (const name of gone) expect(interner.forget(name)).toBe(numbers.get(name))
          for (const [name, number] of numbers) {
            expect(interner.nameOf(number)).toBe(gone.includes(name) ? '' : name)
            expect(interner.find(name)).toBe(gone.includes(name) ? undefined : number)
          }
          expect(interner.size).toBe(names.length)
          for (const [i, name] of gone.entries())
            expect(interner.intern(name)).toBe(names.length + i)
        },
      ),
    )
  })

  it('leaves neither the text nor its fingerprint in what is put away', () => {
    const interner = new Interner({ named: true })
    interner.intern('viewer-1')
    const before = interner.save()
    interner.intern('viewer-Q7XK2')
    interner.forget('viewer-Q7XK2')
    const { slots, names } = interner.save()
    expect(slots).toEqual(before.slots)
    expect(names!.bytes).toEqual(before.names!.bytes)
    interner.forgetAll()
    expect(interner.save().slots.every((word) => word === 0)).toBe(true)
    expect(interner.nameOf(0)).toBe('')
  })

  it('has numbers that are nobody’s', () => {
    const interner = new Interner({ named: true })
    expect([interner.intern('a'), interner.anonymous(), interner.intern('b')]).toEqual([0, 1, 2])
    expect(['', 'a'].map((name) => interner.find(name))).toEqual([undefined, 0])
    expect(interner.nameOf(1)).toBe('')
  })
})
