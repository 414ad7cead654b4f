import { describe, expect, test } from 'vitest'
import { generated, stale } from '../../scripts/generate.ts'
import { TYPES } from './samples.ts'

describe('generated files', () => {
  test('say what the code says (npm run generate)', () => {
    expect(stale()).toEqual([])
  })

  test('are the same when written twice', () => {
    expect([...generated()]).toEqual([...generated()])
  })

  test('hold a schema, a message and a page entry for every event type', () => {
    const files = generated()
    const asyncApi = JSON.parse(files.get('schemas/asyncapi.json')!)
    for (const type of TYPES) {
      expect(files.has(`schemas/events/${type}.schema.json`)).toBe(true)
      expect(asyncApi.components.messages[type]).toBeDefined()
      expect(files.get('docs/events.md')).toContain(`### \`${type}\``)
    }
  })

  test('every reference leads somewhere', () => {
    const files = generated()
    for (const path of ['schemas/asyncapi.json', 'schemas/event.schema.json'])
      for (const [, target] of files.get(path)!.matchAll(/"\$ref": "(events\/[^"]+)"/g))
        expect(files.has(`schemas/${target}`)).toBe(true)
  })
})
