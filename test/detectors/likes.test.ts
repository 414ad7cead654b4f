import { describe, expect, it } from 'vitest'
import { boughtLikes } from '../../src/detectors/likes/bought-likes.ts'
import { build, click, comment, like, social, START, uniform, view, watchers } from './build.ts'

const suspects = (signal: ReturnType<typeof boughtLikes.weigh>[number] | undefined, kind: string) =>
  signal?.suspicions.find((s) => s.kind === kind)

describe('bought likes', () => {
  it('S3-1: 30,000 likes from 600 accounts with no dwell leave no genuine like', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    for (let i = 0; i < 600; i += 1) {
      const [account, id, at] = [`bought-${i}`, `b-${i}`, 600_000 + i * 100]
      view(room, { id, account, at, stayMs: 500 })
      like(room, { account, at: at + 300, count: 50, view: id })
    }
    const [signal] = boughtLikes.weigh(room, evidence)
    const rows = suspects(signal, 'like')!
    expect(rows.rows).toHaveLength(600)
    expect(Math.min(...rows.probabilities)).toBeGreaterThan(0.9)
    expect(suspects(signal, 'account')?.rows).toHaveLength(600)
    expect(signal?.hypotheses[0]?.name).toBe('bought-likes')
    expect(signal?.summary.en).toContain('30,000 of 30,000 likes')
  })

  it('are there since most of them were, not since the first of those under suspicion', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    for (let i = 0; i < 100; i += 1) {
      const [account, id, at] = [`bought-${i}`, `b-${i}`, i < 2 ? 60_000 : 1_800_000 + i * 1000]
      view(room, { id, account, at, stayMs: 1500 })
      like(room, { account, at: at + 800, count: 50, view: id })
    }
    const [signal] = boughtLikes.weigh(room, evidence)
    // One a second from the third on; two half an hour before them are no beginning.
    expect(signal?.from).toBe(START + 1_800_000 + 2 * 1000 + 800)
    expect(signal?.until).toBe(START + 1_800_000 + 99 * 1000 + 800)
  })

  it('S3-1: the same where the bought accounts send no sign of leaving', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    for (let i = 0; i < 600; i += 1) {
      const [account, id, at] = [`bought-${i}`, `b-${i}`, i * 5000]
      view(room, { id, account, at, stayMs: 0, leaves: false })
      like(room, { account, at: at + 6000, count: 50, view: id })
    }
    expect(suspects(boughtLikes.weigh(room, evidence)[0], 'like')?.rows).toHaveLength(600)
  })

  it('S3-1: likes by accounts that never entered count as bought where every entry is recorded', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    room.counts = { 'live.viewer.joined': 400 }
    for (let i = 0; i < 300; i += 1)
      like(room, { account: `ghost-${i}`, at: 900_000 + i * 200, count: 8 })
    expect(suspects(boughtLikes.weigh(room, evidence)[0], 'like')?.rows).toHaveLength(300)
  })

  it('says nothing of such accounts where some entries are missing from the record', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    room.counts = { 'live.viewer.joined': 900 }
    for (let i = 0; i < 300; i += 1)
      like(room, { account: `unseen-${i}`, at: 900_000 + i * 200, count: 8 })
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })

  it('leaves eager fans alone: ten taps a second for two minutes, by people who stay an hour', () => {
    const { room, evidence } = build()
    watchers(room, 400)
    const next = uniform(11)
    for (let i = 0; i < 50; i += 1) {
      const [account, id] = [`fan-${i}`, `f-${i}`]
      view(room, { id, account, at: Math.floor(next() * 100_000), stayMs: 3_400_000 })
      const from = 200_000 + Math.floor(next() * 2_000_000)
      for (let batch = 0; batch < 24; batch += 1)
        like(room, {
          account,
          at: from + batch * 5000,
          count: 40 + Math.floor(next() * 11),
          view: id,
        })
    }
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })

  it('leaves passers-by alone who tap twice and go, as a few of those do who go at once', () => {
    const { room, evidence } = build()
    watchers(room, 300)
    for (let i = 0; i < 1000; i += 1) {
      const [account, id, at] = [`passer-${i}`, `p-${i}`, 1_000_000 + i * 700]
      view(room, { id, account, at, stayMs: 2000 })
      if (i % 25 === 0) like(room, { account, at: at + 1500, count: 3, view: id })
    }
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })

  it('leaves a room alone where people like as often however long they stay', () => {
    const { room, evidence } = build()
    const next = uniform(41)
    for (let i = 0; i < 4000; i += 1) {
      const [account, id, at] = [`p-${i}`, `v-${i}`, Math.floor(next() * 3_400_000)]
      const stayMs = Math.floor(-Math.log(1 - next()) * 45_000)
      view(room, { id, account, at, stayMs })
      if (next() < 0.35)
        like(room, {
          account,
          at: at + Math.floor(next() * stayMs),
          count: 1 + Math.floor(next() * 8),
        })
    }
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })

  it('leaves a burst alone that those bring about who were there already (the host called for it)', () => {
    const { room, evidence } = build()
    for (let i = 0; i < 500; i += 1) {
      const [account, id] = [`there-${i}`, `t-${i}`]
      view(room, { id, account, at: i * 1000, stayMs: 3_000_000 })
      if (i % 2 === 0)
        like(room, { account, at: 1_800_000 + i * 60, count: 5 + (i % 37), view: id })
    }
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })

  it('finds accounts that arrive together only to like, though each taps at a human rate', () => {
    const { room, evidence } = build()
    watchers(room, 600)
    const next = uniform(5)
    for (let i = 0; i < 400; i += 1) {
      const [account, id, at] = [`hired-${i}`, `h-${i}`, 1_200_000 + i * 250]
      view(room, { id, account, at, stayMs: 30_000 + Math.floor(next() * 20_000) })
      like(room, { account, at: at + 9000, count: 20 + Math.floor(next() * 30), view: id })
    }
    const rows = suspects(boughtLikes.weigh(room, evidence)[0], 'like')
    expect(rows?.rows.length).toBeGreaterThan(360)
    // A human rate over a real stay is no reason to write off the whole account.
    expect(suspects(boughtLikes.weigh(room, evidence)[0], 'account')).toBeUndefined()
  })

  it('accuses one account that taps 40 times a second for ten minutes, and nobody else', () => {
    const { room, evidence } = build()
    watchers(room, 200)
    for (const account of ['person-1', 'person-2', 'person-3'])
      like(room, { account, at: 100_000, count: 12 })
    view(room, { id: 'c', account: 'clicker', at: 0, stayMs: 600_000 })
    for (let at = 0; at < 600_000; at += 5000)
      like(room, { account: 'clicker', at, count: 200, view: 'c' })
    const found = suspects(boughtLikes.weigh(room, evidence)[0], 'account')!
    expect([...found.rows].map((row) => room.accounts.ids.nameOf(row))).toEqual(['clicker'])
  })

  it('lets young accounts on shared devices speak in families of their own', () => {
    const { room, evidence } = build()
    watchers(room, 300)
    for (let i = 0; i < 200; i += 1) {
      const [account, id, at] = [`young-${i}`, `y-${i}`, 600_000 + i * 200]
      const device = `phone-${i % 20}`
      view(room, { id, account, at, stayMs: 400, createdAt: START - 86_400_000, device })
      like(room, { account, at: at + 200, count: 60, view: id })
    }
    const [signal] = boughtLikes.weigh(room, evidence)
    expect(signal?.reasons.map((r) => r.family)).toContain('account')
  })

  it('S3-1: answers insufficient data for a capture without views', () => {
    const { room, evidence } = build({ capture: true })
    for (let i = 0; i < 600; i += 1) like(room, { account: `x-${i}`, at: i * 100, count: 50 })
    const [signal] = boughtLikes.weigh(room, evidence)
    expect(signal?.insufficient).toBe(true)
    expect(signal?.suspicions).toEqual([])
  })

  it('answers insufficient data where every person has one masked id', () => {
    const { room, evidence } = build({ capture: true })
    for (let i = 0; i < 100; i += 1)
      view(room, { id: `v-${i}`, account: '111111', at: i * 1000, stayMs: 0, leaves: false })
    like(room, { account: '111111', at: 5000, count: 4000 })
    expect(boughtLikes.weigh(room, evidence)[0]?.insufficient).toBe(true)
  })

  it('never accuses an account that also bought, talked and followed for tapping at once', () => {
    const { room, evidence } = build()
    watchers(room, 300)
    for (let i = 0; i < 60; i += 1) {
      const [account, id, at] = [`keen-${i}`, `k-${i}`, 500_000 + i * 20_000]
      view(room, { id, account, at, stayMs: 600_000 })
      like(room, { account, at: at + 500, count: 5, view: id })
      comment(room, { account, at: at + 9000, text: `第 ${i} 个来的，支持一下主播` })
      click(room, { account, at: at + 20_000 })
      social(room, account, at + 30_000)
    }
    expect(boughtLikes.weigh(room, evidence)).toEqual([])
  })
})
