/** The wall's rooms: which come first, which pass, and what changed since one last looked. */
import { describe, expect, it } from 'vitest'
import {
  changeOf,
  lookOf,
  NEVER_LOOKED,
  shownOf,
  type Asked,
  type Room,
} from '../../console/src/wall/rooms.ts'

const unknown = { displayed: null, observed: null, genuine: null, water: null }
const sold = { ...unknown, filtered: null, net: null }

const room = (broadcast: string, more: Partial<Room> & { readonly water?: number } = {}): Room => ({
  broadcast,
  room: `room-of-${broadcast}`,
  operator: 'operator-a',
  title: `Evening ${broadcast}`,
  currency: 'CNY',
  startedAt: '2026-03-01T12:00:00.000Z',
  endedAt: null,
  judgedAt: '2026-03-01T12:05:00.000Z',
  vantage: 'telemetry',
  figures: {
    viewers: { ...unknown, water: more.water ?? null },
    views: unknown,
    concurrent: unknown,
    likes: unknown,
    comments: unknown,
    orders: sold,
    sales: sold,
  },
  counters: {
    viewers: { value: null, isVerified: false },
    likes: { value: null, isVerified: false },
  },
  risk: 0,
  gravest: null,
  keyTriggers: [],
  measures: [],
  ...more,
})

const ASKED: Asked = { text: '', narrowing: 'all', order: 'risk', isReversed: false }
const ids = (rooms: readonly Room[]) => rooms.map(({ broadcast }) => broadcast)

describe('the order of the wall', () => {
  it('puts the gravest room first, then key rooms, then the one with the most water', () => {
    const rooms = [
      room('a', { water: 0.2 }),
      room('b', { risk: 2.5 }),
      room('c', { keyTriggers: ['large-trade'] }),
      room('d', { risk: 6.1 }),
      room('e', { water: 0.9 }),
    ]
    expect(ids(shownOf(rooms, ASKED, NEVER_LOOKED))).toEqual(['d', 'b', 'c', 'e', 'a'])
  })

  it('puts what is unknown last, and equal rooms by their ids, so that rows rest', () => {
    const rooms = [room('b'), room('c', { water: 0 }), room('a')]
    const byWater: Asked = { ...ASKED, order: 'water' }
    expect(ids(shownOf(rooms, byWater, NEVER_LOOKED))).toEqual(['c', 'a', 'b'])
  })

  it('turns round when asked to', () => {
    const rooms = [room('a', { risk: 1 }), room('b', { risk: 2 })]
    expect(ids(shownOf(rooms, { ...ASKED, isReversed: true }, NEVER_LOOKED))).toEqual(['a', 'b'])
  })
})

describe('what passes', () => {
  const rooms = [
    room('a', { risk: 1.2 }),
    room('b', { keyTriggers: ['life-and-health'] }),
    room('c', { title: '换季上新' }),
  ]
  it.each([
    ['with findings', { narrowing: 'doubt' }, ['a']],
    ['key rooms', { narrowing: 'key' }, ['b']],
    ['a title in Chinese', { text: '上新' }, ['c']],
    ['a room, whatever the case', { text: 'ROOM-OF-B' }, ['b']],
    ['nothing', { text: 'nobody' }, []],
  ] as const)('%s', (_, asked, expected) => {
    expect(ids(shownOf(rooms, { ...ASKED, ...asked }, NEVER_LOOKED))).toEqual(expected)
  })

  it('hides nothing from a merchant, who is told of no risks', () => {
    const { risk: _risk, keyTriggers: _triggers, gravest: _gravest, ...facts } = room('own')
    expect(ids(shownOf([facts], ASKED, NEVER_LOOKED))).toEqual(['own'])
  })
})

describe('what changed since one last looked', () => {
  const before = [room('a', { risk: 1.5, measures: ['mark:x'] }), room('b', { risk: 4.5 })]
  const look = lookOf(before, 1_000)

  it.each([
    ['a room that was not there is new', room('n'), 'new'],
    [
      'a higher step of the scale is a rise',
      room('a', { risk: 2.1, measures: ['mark:x'] }),
      'rose',
    ],
    ['a lower step is a fall', room('b', { risk: 2.5 }), 'fell'],
    [
      'another measure is told',
      room('a', { risk: 1.5, measures: ['mark:x', 'prompt:x'] }),
      'measures',
    ],
    ['more weight on the same step is no news', room('b', { risk: 5.9 }), null],
  ] as const)('%s', (_, now, change) => {
    expect(changeOf(now, look)).toBe(change)
  })

  it('is nothing to whoever looks for the first time', () => {
    expect(changeOf(room('n', { risk: 9 }), NEVER_LOOKED)).toBeNull()
  })

  it('is not fooled by a broadcast that is called like a property of every object', () => {
    expect(changeOf(room('constructor'), look)).toBe('new')
  })
})
