import { describe, expect, it } from 'vitest'
import { emptyInterest } from '../../src/detectors/interest/empty-interest.ts'
import type { Room } from '../../src/detectors/room.ts'
import { banner, build, click, comment, order, uniform, view, watchers } from './build.ts'

const accused = (signal: ReturnType<typeof emptyInterest.weigh>[number] | undefined, room: Room) =>
  [...(signal?.suspicions[0]?.rows ?? [])].map((row) => room.accounts.ids.nameOf(row))

/** Accounts that enter, open the cart, show a banner and go. */
const staged = (room: Room, count: number) => {
  for (let i = 0; i < count; i += 1) {
    const [account, id, at] = [`staged-${i}`, `s-${i}`, 1_000_000 + i * 1500]
    view(room, { id, account, at, stayMs: 2500 })
    click(room, { account, at: at + 1000, view: id })
    banner(room, { account, at: at + 1200 })
  }
}

describe('empty interest', () => {
  it('S3-10: 300 bought accounts that click, show a banner and go are found, and no shopper', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    for (let i = 0; i < 20; i += 1)
      order({ room, evidence }, { id: `o-${i}`, at: 2_000_000, account: `person-${i}` })
    staged(room, 300)
    const [signal] = emptyInterest.weigh(room, evidence)
    const names = accused(signal, room)
    expect(names.filter((name) => name.startsWith('person'))).toEqual([])
    expect(names).toHaveLength(300)
    expect(signal?.hypotheses[0]?.name).toBe('staged-interest')
    // Clicks, banners and orders stand apart in the sentence.
    expect(signal?.summary.en).toMatch(/\d+ product clicks and 300 "going to buy".* 20 orders/)
  })

  it('S3-10: no order at all in the evidence adds little, because orders may not be in it', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    staged(room, 300)
    const reasons = emptyInterest.weigh(room, evidence)[0]!.reasons
    const conversion = reasons.find((reason) => reason.family === 'transaction')
    expect(conversion?.observed).toBe(0)
    expect(conversion?.weightBans).toBeLessThanOrEqual(0.5)
  })

  it('S1-17: accounts that open the cart every twenty seconds to the second are found', () => {
    const { room, evidence } = build()
    watchers(room, 300)
    for (let i = 0; i < 40; i += 1) {
      const [account, id] = [`clock-${i}`, `c-${i}`]
      view(room, { id, account, at: i * 1000, stayMs: 2_000_000 })
      for (let n = 0; n < 30; n += 1)
        click(room, { account, at: i * 1000 + 5000 + n * 20_000, view: id })
    }
    expect(accused(emptyInterest.weigh(room, evidence)[0], room)).toHaveLength(40)
  })

  it('S4-12: a thousand viewers, many clicks and nothing sold break no rule', () => {
    const { room, evidence } = build()
    const next = uniform(31)
    for (let i = 0; i < 1000; i += 1) {
      const [account, id, at] = [`p-${i}`, `v-${i}`, Math.floor(next() * 3_000_000)]
      view(room, { id, account, at, stayMs: 20_000 + Math.floor(next() * 400_000) })
      for (let n = 0; n < 3; n += 1)
        click(room, { account, at: at + 6000 + Math.floor(next() * 14_000), view: id })
    }
    expect(emptyInterest.weigh(room, evidence)).toEqual([])
  })

  it('leaves a room alone where people click as often however long they stay', () => {
    const { room, evidence } = build()
    const next = uniform(43)
    for (let i = 0; i < 4000; i += 1) {
      const [account, id, at] = [`p-${i}`, `v-${i}`, Math.floor(next() * 3_400_000)]
      const stayMs = Math.floor(-Math.log(1 - next()) * 45_000)
      view(room, { id, account, at, stayMs })
      for (let n = 0; n < 2 && next() < 0.4; n += 1)
        click(room, { account, at: at + Math.floor(next() * stayMs), view: id })
    }
    expect(emptyInterest.weigh(room, evidence)).toEqual([])
  })

  it('does not take a shopper who talks, compares for an evening and buys for a machine', () => {
    const { room, evidence } = build()
    watchers(room, 300)
    for (let i = 0; i < 30; i += 1) {
      const [account, id] = [`keen-${i}`, `k-${i}`]
      view(room, { id, account, at: 0, stayMs: 3_500_000 })
      const next = uniform(100 + i)
      for (let n = 0; n < 25; n += 1)
        click(room, { account, at: Math.floor(next() * 3_400_000), view: id })
      comment(room, { account, at: 100_000, text: '多少钱' })
      order({ room, evidence }, { id: `o-${i}`, at: 3_000_000, account })
    }
    expect(emptyInterest.weigh(room, evidence)).toEqual([])
  })

  it('answers insufficient data for a capture that shows banners and no views', () => {
    const { room, evidence } = build({ capture: true })
    for (let i = 0; i < 500; i += 1) banner(room, { at: i * 1000, count: 20 })
    expect(emptyInterest.weigh(room, evidence)[0]?.insufficient).toBe(true)
  })

  it('S3-10: accounts that click, do nothing else and never buy where others do are found, and their visits', () => {
    const { room, evidence } = build()
    shoppers({ room, evidence }, 800)
    silent({ room, evidence }, 1500, 0)
    const [signal] = emptyInterest.weigh(room, evidence)
    const names = accused(signal, room)
    expect(names.filter((name) => name.startsWith('silent'))).toHaveLength(1500)
    // Of 800 people about 18 % only click, and look the same; the buyers among them do not.
    expect(names.length).toBeLessThan(1650)
    expect(signal?.suspicions[1]?.rows).toHaveLength(names.length)
    const spoke = signal?.reasons.filter((reason) => reason.weightBans >= 0.3)
    expect(new Set(spoke?.map((reason) => reason.family))).toEqual(
      new Set(['behaviour', 'transaction']),
    )
  })

  it('leaves visitors from a product search alone, who only click but buy as others do', () => {
    const { room, evidence } = build()
    shoppers({ room, evidence }, 800)
    silent({ room, evidence }, 300, 0.2)
    expect(emptyInterest.weigh(room, evidence)).toEqual([])
  })

  it('leaves a flash sale alone, where newcomers click in vain and so do the others of those minutes', () => {
    const { room, evidence } = build()
    shoppers({ room, evidence }, 800, { buysUntil: 1_200_000 })
    silent({ room, evidence }, 300, 0, 1_800_000)
    expect(emptyInterest.weigh(room, evidence)).toEqual([])
  })

  it('tells a set behind one address that only clicks from a campus behind another', () => {
    const { room, evidence } = build()
    shoppers({ room, evidence }, 800, { ip: (i) => (i < 300 ? 'campus' : `home-${i}`) })
    for (let i = 0; i < 25; i += 1) {
      const [account, id, at] = [`farm-${i}`, `f-${i}`, i * 100_000]
      view(room, { id, account, at, stayMs: 90_000, ip: 'farm' })
      click(room, { account, at: at + 20_000, view: id })
    }
    const [signal] = emptyInterest.weigh(room, evidence)
    const names = accused(signal, room)
    expect(names.filter((name) => name.startsWith('farm'))).toHaveLength(25)
    expect(names.length).toBe(25)
    expect(signal?.reasons.map((reason) => reason.family)).toContain('network')
  })
})

/** People of a minute or two: two in five talk, three in ten click, one clicker in five buys. */
const shoppers = (
  { room, evidence }: ReturnType<typeof build>,
  count: number,
  options: { readonly buysUntil?: number; readonly ip?: (i: number) => string } = {},
) => {
  const next = uniform(61)
  for (let i = 0; i < count; i += 1) {
    const [account, id, at] = [`person-${i}`, `v-${i}`, Math.floor(next() * 3_400_000)]
    const ip = options.ip?.(i)
    const stayMs = 62_000 + Math.floor(next() * 55_000)
    view(room, { id, account, at, stayMs, ...(ip === undefined ? {} : { ip }) })
    if (next() < 0.4) comment(room, { account, at: at + 5000, text: `第 ${i} 位问尺码` })
    if (next() >= 0.3) continue
    click(room, { account, at: at + 20_000 + Math.floor(next() * 30_000), view: id })
    if (next() < 0.2 && at < (options.buysUntil ?? Number.POSITIVE_INFINITY))
      order({ room, evidence }, { id: `order-${i}`, at: at + 60_000, account })
  }
}

/** Accounts of as long a stay that click once and do nothing else; a share of them buys. */
const silent = (
  { room, evidence }: ReturnType<typeof build>,
  count: number,
  buying: number,
  from = 0,
) => {
  const next = uniform(67)
  for (let i = 0; i < count; i += 1) {
    const [account, id] = [`silent-${i}`, `s-${i}`]
    const at = from + Math.floor(next() * (3_400_000 - from))
    view(room, { id, account, at, stayMs: 62_000 + Math.floor(next() * 55_000) })
    click(room, { account, at: at + 20_000 + Math.floor(next() * 30_000), view: id })
    if (next() < buying) order({ room, evidence }, { id: `quiet-${i}`, at: at + 60_000, account })
  }
}
