import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  EVENTS,
  admit,
  type AssayEvent,
  type DataOf,
  type EventOf,
  type Finding,
} from '../../src/vocabulary/index.ts'
import { TYPES, sample } from './samples.ts'

type Node = {
  readonly properties?: Record<string, Node>
  readonly items?: Node
  readonly required?: string[]
}

/** Dotted paths of every field of a type's data, list items without a mark. */
const paths = (node: Node, prefix = ''): string[] =>
  Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
    `${prefix}${name}`,
    ...paths(field, `${prefix}${name}.`),
    ...paths(field.items ?? {}, `${prefix}${name}.`),
  ])

const dataSchema = (type: (typeof TYPES)[number]) =>
  z.toJSONSchema(EVENTS[type].data, { io: 'input', reused: 'inline' }) as Node

const taps = (event: AssayEvent) => (event.type === 'live.like.sent' ? event.data.count : 0)

describe('the vocabulary', () => {
  test.each(TYPES)('%s marks as personal only fields that it has', (type) => {
    const known = paths(dataSchema(type))
    for (const field of EVENTS[type].personal) expect(known).toContain(field)
  })

  test.each(TYPES)('%s marks every viewer, account, device and payer as personal', (type) => {
    const people =
      /(^|\.)(viewer|account|buyer|consumer|device|ip|address|payer|guardian|identity|bornOn)$/
    for (const field of paths(dataSchema(type)))
      if (people.test(field)) expect(EVENTS[type].personal).toContain(field)
  })

  test.each(TYPES)('%s refuses its example without a required field', (type) => {
    for (const field of dataSchema(type).required ?? []) {
      const event = sample(type)
      delete event.data[field]
      expect(admit(event)).toMatchObject({ ok: false, refusal: { field: `data.${field}` } })
    }
  })

  test('a finding is exactly what the finding event carries', () => {
    expectTypeOf<DataOf<'live.finding.raised'>>().toEqualTypeOf<Finding>()
  })

  test('the type of an event tells its data apart', () => {
    expectTypeOf<EventOf<'live.like.sent'>['subject']>().toEqualTypeOf<string>()
    expectTypeOf<EventOf<'live.order.paid'>['subject']>().toEqualTypeOf<string | undefined>()
    expect(taps(sample('live.like.sent') as unknown as AssayEvent)).toBe(12)
  })
})

const PAGE = new URL('../../../shared/vocabulary.md', import.meta.url)

describe.skipIf(!existsSync(PAGE))(
  'against the page that all parties agreed (when present)',
  () => {
    const rows = existsSync(PAGE) ? agreedRows(readFileSync(PAGE, 'utf8')) : []

    test('the page names event types', () => {
      expect(rows.length).toBeGreaterThan(40)
    })

    test.each(rows)('$type has the fields of the page, required as written there', (row) => {
      const { properties = {}, required = [] } = dataSchema(row.type as (typeof TYPES)[number])
      for (const { name, optional } of row.fields) {
        expect(Object.keys(properties)).toContain(name)
        expect(required.includes(name)).toBe(!optional)
      }
    })
  },
)

type AgreedRow = { type: string; fields: { name: string; optional: boolean }[] }

/**
 * Reads the tables of the page. A row with ` / ` in its data splits its fields over its events;
 * what the words of a row make optional ("absent for a guest", "any of", "or") is listed here.
 */
function agreedRows(page: string): AgreedRow[] {
  const byWords: Record<string, string[]> = {
    'live.viewer.joined': ['viewer'],
    'live.display.updated': ['concurrent', 'viewers', 'likes', 'orders', 'sales'],
    'live.document.filed': ['account', 'product'],
  }
  return page.split('\n').flatMap((line) => {
    const cells = line.replaceAll('\\|', '¦').split(' | ')
    if (!line.startsWith('| `live.') || cells.length < 2) return []
    const types = typesOf(cells[0]!)
    const parts = cells[1]!.includes(' / ') ? cells[1]!.split(' / ') : types.map(() => cells[1]!)
    if (types.includes('live.follow.added'))
      return ['live.follow.added', 'live.fangroup.joined'].map((type) => ({
        type,
        fields: [{ name: 'viewer', optional: false }],
      }))
    return types.map((type, i) => ({
      type,
      fields: fieldsOf(parts[i]!).map(({ name, optional }) => ({
        name,
        optional: optional || (byWords[type]?.includes(name) ?? false),
      })),
    }))
  })
}

/** `live.appeal.lodged` / `.decided` gives both names in full. */
function typesOf(cell: string): string[] {
  const names = [...cell.matchAll(/`([a-z.]+)`/g)].map((match) => match[1]!)
  const stem = names[0]!.slice(0, names[0]!.lastIndexOf('.'))
  return names.map((name) => (name.startsWith('.') ? stem + name : name))
}

/** The fields at the top of a cell: nested braces, enumerations and remarks set aside. */
function fieldsOf(cell: string): { name: string; optional: boolean }[] {
  const top = cell
    .split(' — ')[0]!
    .replace(/: \[?\{.*?\}\]?/g, '')
    .replace(/: `[^`]*`/g, '')
    .replace(/\([^)]*\)/g, '')
    .replace(/^.*any of/, '')
  return [...top.matchAll(/`([A-Za-z0-9]+)`(\??)/g)].map((match) => ({
    name: match[1]!,
    optional: match[2] === '?',
  }))
}
