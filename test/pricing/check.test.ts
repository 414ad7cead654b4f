/** `assay price check`, `preflight` and `refunds` as a script meets them: data, files, statuses. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError, type Command, type Io } from '../../src/cli/command.ts'
import { checkCommand } from '../../src/cli/price/check.ts'
import { preflightCommand } from '../../src/cli/price/preflight.ts'
import { refundsCommand } from '../../src/cli/price/refunds.ts'
import { buyers, comparisonOrder, guess2020, protection } from '../scenarios/guess-2020.ts'
import { at, line, Story } from './story.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-price-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const shopFile = (name: string, { events }: Story) =>
  file(name, events.map((event) => `${JSON.stringify(event)}\n`).join(''))

const run = async (command: Command, args: readonly string[], language: Io['language'] = 'en') => {
  let [out, err] = ['', '']
  const status = await command.run(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isTerminal: false,
    language,
    signal: new AbortController().signal,
  })
  return { status, out, err }
}

const json = async (command: Command, args: readonly string[]) =>
  JSON.parse((await run(command, [...args, '--json'])).out) as Record<string, unknown>

const guess = () =>
  comparisonOrder(protection(buyers(guess2020({ filler: 160_100 }), ['o1', 'o2']), true))

const HALF = { kind: 'percent-off', threshold: 0, value: 5000 }

/** A jacket of 100 yuan, coupons of half its price each, and the promise of 25 yuan at the lowest. */
const halves = (coupons: readonly string[]) => {
  const story = new Story().product('jacket', 10_000)
  story.promise('lowest', 'lowest-price', {
    scope: { from: at('11-01'), until: at('11-12') },
    price: 2500,
    couponsCount: true,
  })
  for (const coupon of coupons) story.coupon(coupon, '11-02', '11-03', HALF)
  return story
}

describe('assay price check', () => {
  it('gives promises as the contract has them', async () => {
    const path = shopFile('guess.ndjson', guess())
    const { promises } = await json(checkCommand, [path])
    expect(promises).toMatchObject([
      {
        promise: 'lowest',
        outcome: 'review',
        missingClause: 'couponsCount',
        responsible: 'issue-president',
        counterexample: {
          unitPrice: '53940/1',
          exact: true,
          lower: '53940/1',
          upper: '53940/1',
          channel: 'room-a',
          coupons: ['president'],
          basket: [
            { product: 'jacket', quantity: 1, unitPrice: 89_900, discount: 35_960 },
            { product: 'filler', quantity: 1, unitPrice: 160_100, discount: 64_040 },
          ],
        },
        possibleClaims: [
          { order: 'o1', status: 'suspected', isOwed: false, amount: 269_700 },
          { order: 'o2', status: 'suspected', isOwed: false, amount: 269_700 },
        ],
      },
      {
        promise: 'protected',
        outcome: 'broken',
        orders: [
          { order: 'o1', difference: 35_960 },
          { order: 'o2', difference: 35_960 },
        ],
      },
    ])
  })

  it('asks about a moment with --at', async () => {
    const path = shopFile('at.ndjson', guess2020({ filler: 110_100, couponsCount: true }))
    const outcome = async (when: string) => {
      const { promises } = await json(checkCommand, [path, '--at', when])
      return (promises as { outcome: string }[])[0]!.outcome
    }
    expect(await outcome(at('11-01 20:00'))).toBe('broken')
    expect(await outcome('2020-11-05')).toBe('kept')
    expect(await outcome('2020-12-05')).toBe('outside')
  })

  it('reads coupons the way --terms says', async () => {
    const path = shopFile('halves.ndjson', halves(['half', 'also-half']))
    const outcome = async (...args: string[]) => {
      const { promises } = await json(checkCommand, [path, ...args])
      return (promises as { outcome: string }[])[0]!.outcome
    }
    // Both halves of 100 yuan leave nothing; one half of what the other left is the 25 promised.
    expect(await outcome()).toBe('broken')
    expect(await outcome('--terms', 'chained')).toBe('kept')
    await expect(outcome('--terms', 'kind')).rejects.toThrow(UsageError)
  })

  it('judges every reference price that was shown, on both bases', async () => {
    const story = guess2020()
    story.price('jacket', 149_900, { kind: 'reference', when: '11-01' })
    const { references } = await json(checkCommand, [shopFile('reference.ndjson', story)])
    expect(references).toMatchObject([
      {
        product: 'jacket',
        claimed: 149_900,
        basis: 'PR22-16',
        outcome: 'no-transaction',
        cap: null,
      },
      // The store had listed it at 1,499 since 25 October.
      { basis: 'EU-98/6-6a', outcome: 'allowed', cap: '149900/1' },
    ])
  })

  it('reads a JSON array over many lines, and takes repeated events once', async () => {
    const { events } = guess()
    const array = file('array.json', JSON.stringify([...events, ...events], null, 2))
    const lines = shopFile('lines.ndjson', guess())
    expect((await json(checkCommand, [array]))['promises']).toEqual(
      (await json(checkCommand, [lines]))['promises'],
    )
  })

  it('ends with 1 for what --fail-on names', async () => {
    const path = shopFile('fail.ndjson', guess())
    expect((await run(checkCommand, [path])).status).toBe(0)
    expect((await run(checkCommand, [path, '--fail-on', 'broken'])).status).toBe(1)
    await expect(run(checkCommand, [path, '--fail-on', 'outside'])).rejects.toThrow(UsageError)
  })

  it('refuses by field, and goes on only when told to', async () => {
    const story = guess()
    story.price('jacket', 1, { from: '11-05', until: '11-04' })
    const path = shopFile('bad.ndjson', story)
    await expect(run(checkCommand, [path])).rejects.toThrow(/data\.until/)
    const { err, status } = await run(checkCommand, [path, '--skip-refused'])
    expect(err).toContain('data.until')
    expect(status).toBe(0)
  })

  it('says it to a person in both languages', async () => {
    const path = shopFile('words.ndjson', guess())
    const { out } = await run(checkCommand, [path])
    expect(out).toContain('lowest (lowest price, jacket): for review')
    expect(out).toContain('539.40 CNY a piece was reachable')
    expect(out).toContain('2 order(s) are owed 719.20 CNY')
    expect((await run(checkCommand, [path], 'zh')).out).toContain(
      '仅凭优惠券才能达到的价格是否计入',
    )
  })

  it('exports the coupon ledger with digests, and not without a salt', async () => {
    const path = shopFile('ledger.ndjson', guess())
    const csv = join(folder, 'coupons.csv')
    await run(checkCommand, [path, '--coupon-ledger', csv, '--salt', 'pepper'])
    const text = readFileSync(csv, 'utf8')
    expect(text).toMatch(
      /^coupon,account,claimed_at,order,used_at,amount\r\npresident,[0-9a-f]{64},,with-coupon,/,
    )
    expect(text).not.toContain('buyer-')
    await expect(run(checkCommand, [path, '--coupon-ledger', csv])).rejects.toThrow(/--salt/)
  })
})

describe('assay price preflight', () => {
  const coupon = {
    coupon: 'new',
    issuer: 'merchant-a',
    scope: { merchant: 'merchant-a' },
    kind: 'amount-off',
    threshold: 200_000,
    value: 100_000,
    quantity: 1000,
    from: at('11-05'),
    until: at('11-06'),
  }

  it('says what would break, and by which basket, from the data of a coupon', async () => {
    const shop = shopFile('flight.ndjson', guess2020({ filler: 160_100, couponsCount: true }))
    const result = await json(preflightCommand, [file('coupon.json', JSON.stringify(coupon)), shop])
    expect(result).toMatchObject({
      outcome: 'breaks',
      liability: 100_000_000,
      breaks: [{ promise: 'lowest', counterexample: { unitPrice: '53940/1', coupons: ['new'] } }],
      changes: [{ change: 'exclude', products: ['jacket'] }, { change: 'wait' }],
    })
  })

  it('reads coupons the way --terms says', async () => {
    const path = shopFile('half.ndjson', halves(['half']))
    const second = { ...coupon, ...HALF, from: at('11-02'), until: at('11-03') }
    const asked = [file('second.json', JSON.stringify(second)), path]
    expect(await json(preflightCommand, asked)).toMatchObject({ outcome: 'breaks' })
    expect(await json(preflightCommand, [...asked, '--terms', 'chained'])).toMatchObject({
      outcome: 'safe',
    })
  })

  it.each([
    ['no JSON', '{'],
    ['a coupon that ends before it starts', JSON.stringify({ ...coupon, until: at('11-04') })],
    ['a threshold below zero', JSON.stringify({ ...coupon, threshold: -1 })],
    ['a product nobody lists', JSON.stringify({ ...coupon, scope: { products: ['ghost'] } })],
  ])('refuses %s', async (_, text) => {
    const shop = shopFile('flight.ndjson', guess2020())
    await expect(run(preflightCommand, [file('bad.json', text), shop])).rejects.toThrow(UsageError)
  })
})

describe('assay price refunds', () => {
  it('writes one row an order, and nothing is due after it was paid', async () => {
    const story = guess()
    const csv = join(folder, 'refunds.csv')
    await run(refundsCommand, [shopFile('refunds.ndjson', story), '--csv', csv])
    const rows = readFileSync(csv, 'utf8').trim().split('\r\n')
    expect(rows[0]).toContain('order,promise,kind,product')
    expect(rows[1]).toBe(
      'o1,protected,price-protection,jacket,1,89900,89900,53940/1,with-coupon,53940,35960,0,0,35960,due,,,CNY',
    )
    expect(rows).toHaveLength(3)
    for (const order of ['o1', 'o2']) story.refund(order, 35_960, '11-20', false)
    const after = await json(refundsCommand, [shopFile('paid.ndjson', story)])
    expect(after).toMatchObject({ total: 0, findings: [] })
    expect(
      (await run(refundsCommand, [shopFile('paid.ndjson', story), '--fail-on', 'due'])).status,
    ).toBe(0)
  })

  it('makes no formula of an id', async () => {
    const story = guess().order('=1+1', '11-02', [line('jacket', 89_900)])
    const { out } = await run(refundsCommand, [shopFile('formula.ndjson', story), '--csv', '-'])
    expect(out).toContain("'=1+1,protected")
  })

  it('names unequal treatment', async () => {
    const story = guess().refund('o1', 35_960, '11-10', false)
    const { findings } = await json(refundsCommand, [shopFile('unequal.ndjson', story)])
    expect(findings).toMatchObject([
      {
        kind: 'unequal-treatment',
        verdict: 'undetermined',
        compensated: ['o1'],
        uncompensated: ['o2'],
      },
    ])
  })
})
