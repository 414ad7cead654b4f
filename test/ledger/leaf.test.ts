/** Leaves without personal data in clear, and the disclosures that fill them. */
import { describe, expect, it } from 'vitest'
import { base64url, fromUtf8, hex, utf8 } from '../../src/ledger/bytes.ts'
import { fromCanonical } from '../../src/ledger/canonical.ts'
import { digestOf, disclose, openDisclosure } from '../../src/ledger/disclosure.ts'
import { leafHash } from '../../src/ledger/hash.ts'
import { leafOf, openLeaf } from '../../src/ledger/leaf.ts'
import { EVENTS, EVENT_TYPES, type AssayEvent } from '../../src/vocabulary/index.ts'
import { json, present, suite } from './vectors.ts'

const code = (expected: string) => expect.objectContaining({ code: expected })
const PLACE = { room: 'room-1', sequence: 17 }

/** Salts that count: different ones, and the same at every run. */
const counting = () => {
  let n = 0
  return () => {
    n += 1
    return new Uint8Array(16).fill(n)
  }
}

const eventOf = (type: string, data: unknown, more: object = {}): AssayEvent =>
  ({
    specversion: '1.0',
    id: 'event-1',
    source: '/platforms/example/rooms',
    type,
    subject: 'broadcast-1',
    time: '2026-03-01T20:00:00.000+08:00',
    data,
    ...more,
  }) as unknown as AssayEvent

const COMMENT = eventOf('live.comment.posted', {
  comment: 'comment-1',
  viewer: 'viewer-1',
  text: '这个锅能用电磁炉吗',
})

const open = (leaf: ReturnType<typeof leafOf>, keep = (_path: string) => true) =>
  openLeaf(
    leaf.entry,
    leaf.disclosures.filter(({ path }) => keep(path)).map(({ disclosure }) => disclosure),
  )

describe.skipIf(!present)(suite('the published redactable leaf'), () => {
  type Vector = {
    readonly rfc9901_example: { readonly disclosure: string; readonly digest: string }
    readonly disclosures: readonly string[]
    readonly digests: readonly string[]
    readonly leaf_jcs: string
    readonly leaf_hash_hex: string
  }
  const vector = present ? (json('redactable-leaf.json') as Vector) : null

  it('has the digest of RFC 9901 for its example, though its JSON is not ours', () => {
    const { disclosure, digest } = vector!.rfc9901_example
    expect(digestOf(disclosure)).toBe(digest)
    expect(openDisclosure(disclosure)).toEqual({ name: 'family_name', value: 'Möbius' })
  })

  it('has these disclosures, digests and leaf hash', () => {
    expect(vector!.disclosures.map((disclosure) => digestOf(disclosure))).toEqual(vector!.digests)
    const salts = [7, 8].map((byte) => new Uint8Array(16).fill(byte))
    expect(disclose(salts[0]!, 'author', 'u_8812')).toBe(vector!.disclosures[0])
    expect(disclose(salts[1]!, 'text', '这个杯子漏水')).toBe(vector!.disclosures[1])
    expect(hex(leafHash(utf8(vector!.leaf_jcs)))).toBe(vector!.leaf_hash_hex)
  })

  it('opens with both disclosures, with one, and with none', () => {
    const entry = utf8(vector!.leaf_jcs)
    const { leaf, hidden } = openLeaf(entry, vector!.disclosures)
    expect(leaf).toMatchObject({ author: 'u_8812', text: '这个杯子漏水', room: 'r_42', seq: 17 })
    expect(hidden).toEqual([])
    const erased = openLeaf(entry, [vector!.disclosures[1]!])
    expect(erased.leaf).not.toHaveProperty('author')
    expect(erased.hidden).toEqual([vector!.digests[0]])
    expect(openLeaf(entry, []).disclosed).toEqual([])
  })
})

describe('a leaf', () => {
  it('is this, for a comment', () => {
    const { entry, disclosures } = leafOf(COMMENT, PLACE, counting())
    const [viewer, words] = disclosures.map(({ digest }) => digest)
    expect(disclosures.map(({ path }) => path)).toEqual(['event.data.viewer', 'event.data.text'])
    expect(fromUtf8(entry)).toBe(
      `{"event":{"data":{"_sd":${JSON.stringify([viewer, words].sort(byCodeUnit))},"comment":"comment-1"},` +
        '"id":"event-1","source":"/platforms/example/rooms","specversion":"1.0",' +
        '"subject":"broadcast-1","time":"2026-03-01T20:00:00.000+08:00",' +
        '"type":"live.comment.posted"},"room":"room-1","sequence":17,"v":1}',
    )
    expect(disclosures[0]!.disclosure).toBe(
      base64url(utf8(`["${base64url(new Uint8Array(16).fill(1))}","viewer","viewer-1"]`)),
    )
  })

  it.each(EVENT_TYPES)('of %s opens to the event, and says nothing personal by itself', (type) => {
    const { example, personal } = EVENTS[type]
    const event = eventOf(type, structuredClone(example))
    const leaf = leafOf(event, PLACE, counting())
    expect(open(leaf).leaf).toEqual({ event, ...PLACE, v: 1 })
    const bare = openLeaf(leaf.entry, []).leaf['event'] as { data: object }
    for (const path of personal)
      for (const node of nodesAt(bare.data, path.split('.').slice(0, -1)))
        expect(node, path).not.toHaveProperty(path.split('.').at(-1)!)
  })

  it('conceals each field that the vocabulary calls personal, in every type that has one', () => {
    const personal = EVENT_TYPES.flatMap((type) =>
      EVENTS[type].personal.map((path) => ({ type, path })),
    )
    expect(personal.length).toBeGreaterThan(30)
    for (const { type, path } of personal) {
      const data = path
        .split('.')
        .reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'OF-A-PERSON')
      const leaf = leafOf(eventOf(type, data), PLACE, counting())
      expect(fromUtf8(leaf.entry), `${type} ${path}`).not.toContain('OF-A-PERSON')
      expect(leaf.disclosures.map((d) => d.path)).toEqual([`event.data.${path}`])
    }
  })

  it('conceals fields within lists where they stand', () => {
    const event = eventOf('live.broadcast.started', {
      ...EVENTS['live.broadcast.started'].example,
      hosts: [
        { account: 'host-a', role: 'host' },
        { account: 'guest-b', role: 'guest', virtual: true },
      ],
    })
    const leaf = leafOf(event, PLACE, counting())
    expect(leaf.disclosures.map(({ path }) => path)).toEqual([
      'event.data.hosts.0.account',
      'event.data.hosts.1.account',
    ])
    const opened = open(leaf, (path) => path.includes('.1.'))
    const { hosts } = (opened.leaf['event'] as { data: { hosts: unknown } }).data
    expect(hosts).toEqual([{ role: 'host' }, { account: 'guest-b', role: 'guest', virtual: true }])
    expect(opened.disclosed[0]).toMatchObject({
      path: 'event.data.hosts.1.account',
      value: 'guest-b',
    })
  })

  it('conceals every field that the vocabulary does not know, wherever it stands', () => {
    const event = eventOf(
      'live.broadcast.started',
      {
        ...EVENTS['live.broadcast.started'].example,
        hosts: [{ account: 'host-a', role: 'host', phone: '13800000000' }],
        contact: { phone: '13800000001' },
      },
      { traceparent: 'of-a-person' },
    )
    const leaf = leafOf(event, PLACE, counting())
    for (const text of ['13800000000', '13800000001', 'of-a-person', 'phone', 'host-a'])
      expect(fromUtf8(leaf.entry)).not.toContain(text)
    expect(open(leaf).leaf['event']).toEqual(event)
  })

  it('keeps what a field is called, even the prototype of all objects', () => {
    const data = JSON.parse(
      '{"comment":"c","viewer":"v","text":"t","__proto__":{"x":1}}',
    ) as unknown
    const leaf = leafOf(eventOf('live.comment.posted', data), PLACE, counting())
    const opened = open(leaf).leaf['event'] as { data: object }
    expect(JSON.stringify(opened.data)).toContain('"__proto__":{"x":1}')
    expect(Object.getPrototypeOf(opened.data)).toBe(Object.prototype)
  })

  it('does not let a field bear a name that is kept for digests', () => {
    const named = (more: object) => eventOf('live.comment.posted', { ...COMMENT.data, ...more })
    expect(() => leafOf(named({ _sd: ['x'] }), PLACE, counting())).toThrow(code('reserved-name'))
    expect(() => leafOf(named({ '...': 'x' }), PLACE, counting())).toThrow(code('reserved-name'))
    const counts = eventOf('live.broadcast.ended', { counts: { _sd: 1 } })
    expect(() => leafOf(counts, PLACE, counting())).toThrow(code('reserved-name'))
  })

  it('conceals the whole of an event that is too long for an entry, and keeps it provable', () => {
    const products = Array.from({ length: 1000 }, (_, i) => `product-${i}-${'x'.repeat(100)}`)
    const event = eventOf('live.restriction.imposed', {
      ...EVENTS['live.restriction.imposed'].example,
      basis: products,
    })
    const leaf = leafOf(event, PLACE, counting())
    expect(leaf.entry.length).toBeLessThan(65_536)
    expect(leaf.disclosures.map(({ path }) => path)).toEqual(['event.data'])
    expect(open(leaf).leaf['event']).toEqual(event)
  })

  it('asks for a fresh salt for every field, and sixteen bytes of it', () => {
    const salts = new Set<string>()
    const salt = counting()
    leafOf(COMMENT, PLACE, () => {
      const bytes = salt()
      salts.add(hex(bytes))
      return bytes
    })
    expect(salts.size).toBe(2)
    expect(() => leafOf(COMMENT, PLACE, () => new Uint8Array(15))).toThrow(RangeError)
  })
})

describe('opening a leaf', () => {
  const leaf = leafOf(COMMENT, PLACE, counting())
  const given = leaf.disclosures.map(({ disclosure }) => disclosure)
  const edited = (edit: (text: string) => string) => utf8(edit(fromUtf8(leaf.entry)!))

  it('refuses a disclosure of another leaf, a changed one, and one given twice', () => {
    const other = leafOf(COMMENT, PLACE, () => new Uint8Array(16).fill(99)).disclosures[0]!
    const changed = disclose(new Uint8Array(16).fill(1), 'viewer', 'viewer-2')
    for (const wrong of [other.disclosure, changed, given[0]!])
      expect(() => openLeaf(leaf.entry, [...given, wrong])).toThrow(code('unknown-disclosure'))
  })

  it.each([
    ['no JSON', '{'],
    ['not canonical', '{"a": 1}'],
    ['no object', '[1]'],
    ['digests that are no list', '{"_sd":1}'],
    ['no digests in the list', '{"_sd":[]}'],
    ['a digest that is no text', '{"_sd":[1]}'],
    ['unsorted digests', '{"_sd":["b","a"]}'],
    ['a digest twice', '{"_sd":["a","a"]}'],
    ['a digest twice, in two places', '{"_sd":["a"],"x":{"_sd":["a"]}}'],
    ['the other reserved name', '{"x":[{"...":"a"}]}'],
  ])('refuses an entry that is or has %s', (_, text) => {
    expect(() => openLeaf(utf8(text), [])).toThrow(code('malformed-leaf'))
  })

  it.each([
    ['not base64url', 'a+b'],
    ['not JSON', base64url(utf8('['))],
    ['no triple', base64url(utf8('["salt","name"]'))],
    ['a salt that is no text', base64url(utf8('[1,"name",1]'))],
    ['a reserved name', base64url(utf8('["salt","_sd",1]'))],
    ['not UTF-8', base64url(Uint8Array.of(0xff))],
  ])('refuses a disclosure that is or has %s', (_, disclosure) => {
    expect(() => openLeaf(leaf.entry, [disclosure])).toThrow(code('malformed-disclosure'))
  })

  it('does not let a disclosure replace a field that stands in clear', () => {
    const disclosure = disclose(new Uint8Array(16), 'room', 'room-2')
    const entry = utf8(`{"_sd":["${digestOf(disclosure)}"],"room":"room-1"}`)
    expect(() => openLeaf(entry, [disclosure])).toThrow(code('malformed-disclosure'))
  })

  it('takes a disclosed value as it stands: digests inside it are not looked up', () => {
    const inner = disclose(new Uint8Array(16), 'viewer', 'viewer-9')
    const value = { _sd: [digestOf(inner)] }
    const outer = disclose(new Uint8Array(16).fill(1), 'note', value)
    const entry = utf8(`{"_sd":["${digestOf(outer)}"]}`)
    expect(openLeaf(entry, [outer]).leaf).toEqual({ note: value })
    expect(() => openLeaf(entry, [outer, inner])).toThrow(code('unknown-disclosure'))
  })

  it('refuses a changed digest where its disclosure is given, and hides the field where not', () => {
    const { digest } = leaf.disclosures[0]!
    const entry = edited((text) => text.replace(digest, `0${digest.slice(1)}`))
    expect(() => openLeaf(entry, given)).toThrow()
    expect(fromCanonical(entry)).not.toBeNull()
  })
})

const byCodeUnit = (a = '', b = '') => (a < b ? -1 : 1)

/** Every object at a dotted path, lists passed through. */
const nodesAt = (node: unknown, steps: readonly string[]): unknown[] => {
  if (Array.isArray(node)) return node.flatMap((item) => nodesAt(item, steps))
  const [step, ...rest] = steps
  if (step === undefined) return [node]
  return nodesAt((node as Record<string, unknown>)[step], rest)
}
