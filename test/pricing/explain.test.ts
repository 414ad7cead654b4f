/** `assay price explain` as it is typed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/command.ts'
import { explainCommand } from '../../src/cli/price/explain.ts'
import { AT, couponEvent, goodsEvents, iso } from './random-shop.ts'

const events = [
  ...goodsEvents([
    { product: 'jacket', merchant: 'brand-x', price: 89_900 },
    { product: 'trousers', merchant: 'brand-x', price: 110_100 },
  ]),
  couponEvent('store-2000', { kind: 'amount-off', threshold: 200_000, value: 100_000 }),
]

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-price-'))
})
afterAll(() => rm(folder, { recursive: true }))

const explain = async (
  lines: readonly object[],
  args: readonly string[],
  language: 'en' | 'zh' = 'en',
) => {
  const path = join(folder, 'shop.ndjson')
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  let out = ''
  let err = ''
  const io: Io = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: false,
    language,
    signal: new AbortController().signal,
  }
  const status = await explainCommand.run([path, ...args], io)
  return { status, out, err }
}

describe('assay price explain', () => {
  it('answers with the contract, fields and all', async () => {
    const args = ['--product', 'jacket', '--at', iso(AT), '--max-units', '1', '--json']
    const { status, out } = await explain(events, args)
    expect(status).toBe(0)
    expect(JSON.parse(out)).toEqual({
      product: 'jacket',
      at: iso(AT),
      unitPrice: '44950/1',
      exact: true,
      lower: '44950/1',
      upper: '44950/1',
      channel: 'room-1',
      basket: [
        { product: 'jacket', quantity: 1, unitPrice: 89_900, discount: 44_950 },
        { product: 'trousers', quantity: 1, unitPrice: 110_100, discount: 55_050 },
      ],
      coupons: ['store-2000'],
    })
  })

  it('shows a person the basket as a receipt, in either language', async () => {
    const args = ['--product', 'jacket', '--at', iso(AT)]
    const { out } = await explain(events, args)
    expect(out).toContain('449.50')
    expect(out).toMatch(/total\s+2000\.00\s+−1000\.00\s+1000\.00/)
    expect((await explain(events, args, 'zh')).out).toContain('合计')
  })

  it('refuses bad input in one line that names the field, and goes on only when told', async () => {
    const bad = couponEvent('late', { kind: 'amount-off', value: 1, until: iso(AT - 2000) })
    const args = ['--product', 'jacket', '--at', iso(AT), '--json']
    await expect(explain([...events, bad], args)).rejects.toThrow(/issue-late, data\.until/)
    const negative = { ...events[1], id: 'n', data: { ...events[1]!.data, price: -1 } }
    await expect(explain([...events, negative], args)).rejects.toThrow(/data\.price/)
    const { status, err } = await explain([...events, bad], [...args, '--skip-refused'])
    expect(status).toBe(0)
    expect(err).toContain('data.until')
  })

  it.each([
    [['--at', iso(AT)], /--product/],
    [['--product', 'cup'], /"cup"/],
    [['--product', 'jacket', '--at', 'yesterday'], /RFC 3339/],
    [['--product', 'jacket', '--max-units', '0'], /whole number/],
    [['--product', 'jacket', '--terms', 'kind'], /parallel or chained/],
    [['--product', 'jacket', '--channel', 'nowhere'], /not for sale/],
    [['--product', 'jacket', '--discount'], /discount/],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(explain(events, args)).rejects.toThrow(message)
  })
})
