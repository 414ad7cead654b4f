/** Persons taken out of the tables: the audit says of everybody else what it said before. */
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { Fold } from '../../src/engine/fold.ts'
import { parseTime, type AssayEvent } from '../../src/vocabulary/index.ts'

let serial = 0
const event = (type: string, data: object, subject: string | null = 'b1') =>
  ({
    specversion: '1.0',
    id: `e-${(serial += 1)}`,
    source: '/test',
    type,
    ...(subject === null ? {} : { subject }),
    time: `2026-03-01T20:00:${String(serial % 60).padStart(2, '0')}+08:00`,
    data,
  }) as unknown as AssayEvent

const order = (id: string, buyer: string, address: string) =>
  event('live.order.placed', {
    order: id,
    buyer,
    merchant: 'm',
    lines: [{ product: 'p', quantity: 1, unitPrice: 1 }],
    total: 1,
    address,
  })
const comment = (id: string, viewer: string, text: string) =>
  event('live.comment.posted', { comment: id, viewer, text })

const folded = (events: readonly AssayEvent[]) => {
  const evidence = new Evidence()
  const fold = new Fold(evidence)
  for (const each of events) fold.take(each, parseTime(each.time))
  return { evidence, fold, room: evidence.rooms.get('b1')! }
}

const evening = () => [
  comment('c1', 'viewer-a', 'only mine'),
  comment('c2', 'viewer-a', 'what everybody says'),
  comment('c3', 'viewer-b', 'what everybody says'),
  order('o1', 'viewer-a', 'street 1'),
  order('o2', 'viewer-a', 'street 1'),
  order('o3', 'viewer-b', 'street 2'),
  event('live.review.posted', { review: 'r1', buyer: 'viewer-a', text: 'my review' }, null),
]

describe('a person taken out of a room', () => {
  it('leaves rows and numbers, and the words of others', () => {
    const { fold, room } = folded(evening())
    const accounts = room.accounts.length
    const { ids, texts } = room.comments
    fold.eraseRoom('b1', new Set(['viewer-a']))
    expect(room.accounts.ids.find('viewer-a')).toBeUndefined()
    expect(room.accounts.ids.find('viewer-b')).toBeDefined()
    expect([room.accounts.length, ids.size, texts.size]).toEqual([accounts, 3, 2])
    expect(texts.find('only mine')).toBeUndefined()
    expect(texts.find('what everybody says')).toBeDefined()
  })

  it('takes everybody out where nobody is named', () => {
    const { fold, room } = folded(evening())
    fold.eraseRoom('b1', null)
    for (const viewer of ['viewer-a', 'viewer-b'])
      expect(room.accounts.ids.find(viewer)).toBeUndefined()
    expect(room.comments.texts.find('what everybody says')).toBeUndefined()
    expect(room.comments.length).toBe(3)
  })

  it('keeps a buyer of other orders apart from those that went', () => {
    const { fold, evidence } = folded(evening())
    const { orders, files } = evidence
    const persons = {
      ids: new Set(['viewer-a']),
      orders: new Set(['o1']),
      reviews: new Set(['r1']),
    }
    fold.eraseShared(persons)
    const buyerOf = (id: string) =>
      orders.buyers.nameOf(orders.columns.buyer[orders.ids.find(id)!]! - 1)
    expect(['o1', 'o2', 'o3'].map(buyerOf)).toEqual(['', 'viewer-a', 'viewer-b'])
    expect(orders.addresses.find('street 1')).toBeDefined()
    fold.eraseShared({ ...persons, orders: new Set(['o1', 'o2']) })
    expect(orders.buyers.find('viewer-a')).toBeUndefined()
    expect(orders.addresses.find('street 1')).toBeUndefined()
    expect(orders.addresses.find('street 2')).toBeDefined()
    expect(files.reviews.texts.find('my review')).toBeUndefined()
  })
})
