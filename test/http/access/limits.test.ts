import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKey, Buckets } from '../../../src/http/access/limits.ts'
import { isCrossSite } from '../../../src/http/access/same-origin.ts'

describe('a bucket', () => {
  it('gives the burst, then the rate, and says how long to wait', () => {
    const buckets = new Buckets({ perSecond: 2, burst: 3 })
    expect([0, 0, 0].map((at) => buckets.take('a', at))).toEqual([0, 0, 0])
    expect(buckets.take('a', 0)).toBe(500)
    expect(buckets.take('a', 250)).toBe(250)
    expect(buckets.take('a', 500)).toBe(0)
    expect(buckets.take('b', 500)).toBe(0)
  })

  it('never gives more than burst + rate × time, whatever the order of times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 200 }), (times) => {
        const buckets = new Buckets({ perSecond: 5, burst: 4 })
        const sorted = [...times].sort((a, b) => a - b)
        const given = sorted.filter((at) => buckets.take('a', at) === 0).length
        const span = sorted.length === 0 ? 0 : sorted.at(-1)! - sorted[0]!
        expect(given).toBeLessThanOrEqual(4 + (span / 1000) * 5)
      }),
    )
  })

  it('remembers a bounded number of callers', () => {
    const buckets = new Buckets({ perSecond: 1, burst: 1 })
    for (let i = 0; i < 60_000; i += 1) buckets.take(`caller-${i}`, 0)
    expect(buckets.size).toBe(50_000)
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['2001:0db8::9%eth0', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })
})

describe('a request from another site', () => {
  const origin = 'https://assay.example'
  const of = (method: string, headers: Record<string, string>) =>
    isCrossSite(method, new Headers(headers), origin)

  it.each([
    [
      'a page elsewhere posting with the cookie',
      'POST',
      { cookie: 'c', origin: 'https://evil.example' },
      true,
    ],
    ['a page elsewhere signing somebody in', 'POST', { origin: 'https://evil.example' }, true],
    ['a sandboxed page', 'POST', { cookie: 'c', origin: 'null' }, true],
    ['a cookie without any word of where from', 'POST', { cookie: 'c' }, true],
    ['a same-site neighbour', 'POST', { cookie: 'c', 'sec-fetch-site': 'same-site' }, true],
    [
      'a socket opened from elsewhere',
      'GET',
      { upgrade: 'websocket', cookie: 'c', origin: 'https://evil.example' },
      true,
    ],
    ['our own page', 'POST', { cookie: 'c', origin }, false],
    [
      'our own page, by its fetch metadata',
      'DELETE',
      { cookie: 'c', 'sec-fetch-site': 'same-origin' },
      false,
    ],
    ['our own socket', 'GET', { upgrade: 'websocket', cookie: 'c', origin }, false],
    ['a producer with a key', 'POST', { authorization: 'Bearer x' }, false],
    [
      'reading, which the browser itself keeps from others',
      'GET',
      { cookie: 'c', origin: 'https://evil.example' },
      false,
    ],
  ])('%s', (_, method, headers, refused) => {
    expect(of(method, headers as Record<string, string>)).toBe(refused)
  })
})
