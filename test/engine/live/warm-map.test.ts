/** What is at rest leaves memory and comes back; what is not yet put away never leaves. */
import { describe, expect, it } from 'vitest'
import { WarmMap } from '../../../src/engine/live/warm-map.ts'

const shelf = () => {
  const stored = new Map<string, { n: number }>()
  const reads: string[] = []
  return {
    stored,
    reads,
    cold: {
      take: (key: string) => {
        reads.push(key)
        const value = stored.get(key)
        return value && { ...value }
      },
      keys: () => stored.keys(),
    },
  }
}

const put = (map: WarmMap<{ n: number }>, stored: Map<string, { n: number }>) => {
  for (const [key, value] of map.changed()) stored.set(key, { ...value })
  map.cool()
}

describe('a warm map', () => {
  it('keeps what is in use, lets go what rests, and reads it back', () => {
    const { stored, cold } = shelf()
    const map = new WarmMap(cold)
    map.use('a', () => ({ n: 1 }))
    map.use('b', () => ({ n: 2 }))
    for (const key of ['a', 'b']) map.touch(key)
    put(map, stored)
    expect(map.size).toBe(2)
    map.rest('a')
    put(map, stored)
    expect(map.size).toBe(1)
    expect(map.get('a')).toEqual({ n: 1 })
    // Only asked for: it leaves again.
    put(map, stored)
    expect(map.size).toBe(1)
  })

  it('never lets go what changed and is not put away', () => {
    const { stored, cold } = shelf()
    const map = new WarmMap(cold)
    map.use('a', () => ({ n: 1 })).n = 5
    map.touch('a')
    map.rest('a')
    map.cool()
    expect(map.get('a')).toEqual({ n: 5 })
    put(map, stored)
    expect(map.size).toBe(0)
    expect(map.get('a')).toEqual({ n: 5 })
  })

  it('goes through all there are without keeping those at rest', () => {
    const { stored, cold } = shelf()
    for (let n = 0; n < 100; n += 1) stored.set(`k${n}`, { n })
    const map = new WarmMap(cold)
    map.use('k7', () => ({ n: -1 }))
    expect([...map.entries()].map(([, { n }]) => n).sort((x, y) => x - y)).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    )
    expect(map.size).toBe(1)
  })

  it('drops what nothing is kept of', () => {
    const { stored, cold } = shelf()
    const map = new WarmMap(cold)
    map.use('a', () => ({ n: 1 }))
    map.touch('a')
    map.drop('a')
    expect([...map.changed()]).toEqual([])
    put(map, stored)
    expect(map.get('a')).toBeUndefined()
  })
})
