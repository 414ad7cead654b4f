import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCHEMAS, isSound } from '../../src/vocabulary/schema.ts'
import { TYPES, sample, type Loose } from './samples.ts'

/** Every place in a JSON value: the object or list that holds it, and its key there. */
const places = (holder: Loose): [Loose, string][] =>
  Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] satisfies [Loose, string],
    ...(typeof value === 'object' && value !== null ? places(value as Loose) : []),
  ])

test.each(TYPES)('compiled and plain, the schema of %s gives one answer', (type) => {
  const json = fc.jsonValue({ maxDepth: 1 })
  fc.assert(
    fc.property(fc.nat(), fc.option(json, { nil: undefined }), (place, value) => {
      const event = sample(type)
      const all = places(event)
      const [holder, key] = all[place % all.length]!
      if (value === undefined) delete holder[key]
      else holder[key] = value
      expect(isSound(type, event)).toBe(SCHEMAS[type].safeParse(event).success)
    }),
    { numRuns: 200 },
  )
})
