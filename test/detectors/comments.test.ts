import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { machineComments } from '../../src/detectors/comments/machine-comments.ts'
import { body, isPraiseOrUrge, isQuestion, normalise } from '../../src/detectors/comments/text.ts'
import type { Room } from '../../src/detectors/room.ts'
import { build, comment, like, uniform, view } from './build.ts'

const SCRIPT = [
  '这个质量真的太好了我已经回购三次',
  '家人们赶紧冲手慢就没有啦',
  '主播推荐的东西从来没有踩过雷',
  '用了一个月效果特别明显推荐大家',
  '刚刚下单了两件希望快点发货',
  '价格比实体店划算太多啦直接入手',
  '朋友推荐过来的果然没有失望',
  '老粉丝了每次都在这里买很放心',
  '库存不多了大家抓紧时间拍哦',
  '包装特别精致送礼也非常合适',
] as const
const DECORATIONS = ['', '！！', '🔥', '❤️ ', '~~', ' 👍', '。', '💯💯'] as const

/** A line with a decoration before, after and in the middle, as comment tools do it. */
const varied = (line: string, next: () => number) => {
  const pick = () => DECORATIONS[Math.floor(next() * DECORATIONS.length)]!
  const cut = 1 + Math.floor(next() * (line.length - 2))
  return pick() + line.slice(0, cut) + (next() < 0.5 ? ' ' : pick()) + line.slice(cut) + pick()
}

const WORDS = '尺码颜色袖子领口腰围版型面料洗涤退换物流客服优惠赠品色差薄厚弹力起球身高体重'.split(
  '',
)

/** People asking and chatting in their own words. */
const people = (room: Room, count: number, seed = 3) => {
  const next = uniform(seed)
  const word = () => WORDS[Math.floor(next() * WORDS.length)]!
  for (let i = 0; i < count; i += 1) {
    const account = `person-${i}`
    const lines = 1 + Math.floor(next() * 4)
    for (let n = 0; n < lines; n += 1) {
      const at = Math.floor(next() * 3_500_000)
      const own = Array.from({ length: 9 }, word).join('')
      const text = [`请问${own}吗`, `${own}我觉得还行`, '多少钱', '哈哈哈哈', '666', '这个有货吗']
      comment(room, { account, at, text: text[Math.floor(next() * text.length)]! })
    }
  }
}

const accused = (room: Room, kind: 'comment' | 'account') => {
  const [signal] = machineComments.weigh(room, build().evidence)
  return new Set(
    [...(signal?.suspicions.find((s) => s.kind === kind)?.rows ?? [])].map((row) =>
      kind === 'account'
        ? room.accounts.ids.nameOf(row)
        : room.accounts.ids.nameOf(room.comments.columns.account[row]! - 1),
    ),
  )
}

describe('machine comments', () => {
  it('S3-6: accounts speaking only from a varied script are found, and nobody else', () => {
    const { room, evidence } = build()
    people(room, 150)
    const next = uniform(9)
    for (let bot = 0; bot < 60; bot += 1)
      for (let n = 0; n < 8; n += 1) {
        const line = SCRIPT[Math.floor(next() * SCRIPT.length)]!
        const at = Math.floor(next() * 3_500_000)
        comment(room, { account: `bot-${bot}`, at, text: varied(line, next) })
      }
    const found = accused(room, 'comment')
    expect([...found].filter((name) => name.startsWith('person'))).toEqual([])
    expect(found.size).toBeGreaterThanOrEqual(57)
    const [signal] = machineComments.weigh(room, evidence)
    expect(signal?.hypotheses.map((h) => h.name)).toEqual(['machine-written', 'host-prompt'])
    expect(signal?.reasons[0]?.family).toBe('content')
    expect(signal?.reasons[0]?.text.zh).toContain('话术')
  })

  it('lines shared word for word, from a script or a page’s quick replies, stay a moderate matter', () => {
    const { room, evidence } = build()
    people(room, 150)
    const next = uniform(29)
    for (let account = 0; account < 80; account += 1)
      for (let n = 0; n < 5; n += 1) {
        const text = SCRIPT[Math.floor(next() * SCRIPT.length)]!
        comment(room, { account: `same-${account}`, at: Math.floor(next() * 3_500_000), text })
      }
    const [signal] = machineComments.weigh(room, evidence)
    expect(signal?.hypotheses[0]?.weightBans).toBeLessThanOrEqual(1)
    expect([...accused(room, 'comment')].filter((name) => name.startsWith('person'))).toEqual([])
  })

  it('S3-6: a script that also asks planted questions does not pass for people', () => {
    const { room } = build()
    people(room, 150)
    const next = uniform(37)
    const script = [...SCRIPT, '这个链接在哪里可以拍呀主播', '还有没有最后几单的库存呢']
    for (let bot = 0; bot < 60; bot += 1)
      for (let n = 0; n < 8; n += 1) {
        const line = script[Math.floor(next() * script.length)]!
        const at = Math.floor(next() * 3_500_000)
        comment(room, { account: `bot-${bot}`, at, text: varied(line, next) })
      }
    const found = [...accused(room, 'comment')]
    expect(found.filter((name) => name.startsWith('bot')).length).toBeGreaterThanOrEqual(57)
    expect(found.filter((name) => name.startsWith('person'))).toEqual([])
  })

  it('S1-12: a short line counts where tools break it up, not where people repeat it', () => {
    const lines = ['质量很好', '主播真棒', '已经下单', '支持主播', '超级划算']
    const plain = build()
    const broken = build()
    for (const { room } of [plain, broken]) people(room, 150)
    const next = uniform(13)
    for (let account = 0; account < 40; account += 1)
      for (let n = 0; n < 6; n += 1) {
        const line = lines[(account + n) % 5]!
        const at = Math.floor(next() * 3_500_000)
        comment(plain.room, { account: `fan-${account}`, at, text: line })
        comment(broken.room, { account: `bot-${account}`, at, text: varied(line, next) })
      }
    expect(accused(plain.room, 'comment').size).toBe(0)
    expect(accused(broken.room, 'comment').size).toBeGreaterThanOrEqual(38)
  })

  it('S2-8: where most comments are machine-written, the share says so', () => {
    const { room, evidence } = build()
    people(room, 60)
    const genuine = room.comments.length
    const next = uniform(21)
    for (let bot = 0; bot < 40; bot += 1)
      for (let n = 0; n < 12; n += 1) {
        const line = SCRIPT[Math.floor(next() * SCRIPT.length)]!
        comment(room, {
          account: `bot-${bot}`,
          at: Math.floor(next() * 3e6),
          text: varied(line, next),
        })
      }
    const rows = machineComments.weigh(room, evidence)[0]!.suspicions[0]!.rows
    expect(rows.length / room.comments.length).toBeGreaterThan(0.5)
    expect(rows.length).toBeLessThanOrEqual(room.comments.length - genuine)
  })

  it('S1-19: accounts that comment by the clock give a second family', () => {
    const { room, evidence } = build()
    people(room, 100)
    for (let bot = 0; bot < 20; bot += 1)
      for (let n = 0; n < 15; n += 1)
        comment(room, {
          account: `bot-${bot}`,
          at: bot * 1300 + n * 60_000,
          text: `${SCRIPT[(bot + n * 3) % SCRIPT.length]!}${DECORATIONS[(bot * n) % 8]!}`,
        })
    const families = machineComments.weigh(room, evidence)[0]?.reasons.map((r) => r.family)
    expect(families).toContain('content')
    expect(families).toContain('behaviour')
  })

  it('sixty-two people typing 888 because the host said so are nobody’s machines', () => {
    const { room, evidence } = build()
    people(room, 120)
    for (let i = 0; i < 62; i += 1)
      comment(room, { account: `person-${i}`, at: 1_000_000 + i * 400, text: '888' })
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('lucky-bag words, typed once by hundreds in each of three rounds, accuse nobody', () => {
    const { room, evidence } = build()
    people(room, 120)
    const rounds = [
      '主播家的羽绒服我超级喜欢',
      '祝大家新年快乐万事如意',
      '关注主播不迷路天天有惊喜',
    ]
    for (const [round, text] of rounds.entries())
      for (let i = 0; i < 300; i += 1)
        comment(room, { account: `guest-${i}`, at: 600_000 + round * 900_000 + i * 300, text })
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('words spoken on air before people typed them in their own ways are the host’s', () => {
    const { room, evidence } = build()
    people(room, 120)
    const lines = SCRIPT.slice(0, 3)
    for (const [n, line] of lines.entries()) {
      const at = 600_000 + n * 900_000
      const from = room.startedAt + at - 20_000
      const said = { id: `said-${n}`, speaker: 'host', text: `大家一起打${line}`, confidence: 1 }
      room.captions.push({ from, until: from + 9000, ...said })
      for (let i = 0; i < 40; i += 1) {
        const text = i % 2 === 0 ? line : `${line.slice(0, 4)} ${line.slice(4)}`
        comment(room, { account: `guest-${i}`, at: at + i * 9000, text })
      }
    }
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('a room where everybody, buyers and askers too, uses the same stock of phrases accuses nobody', () => {
    const { room, evidence } = build()
    const next = uniform(17)
    const stock = [
      ...SCRIPT,
      '主播身高体重是多少呀',
      '什么时候可以发货呢亲',
      '这款还有其他颜色吗主播',
    ]
    for (let i = 0; i < 300; i += 1)
      for (let n = 0; n < 4; n += 1) {
        const text = stock[Math.floor(next() * stock.length)]!
        comment(room, { account: `person-${i}`, at: Math.floor(next() * 3_500_000), text })
      }
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('a room that only ever cheers, in common phrases, gives no measure and accuses nobody', () => {
    const { room, evidence } = build()
    const next = uniform(19)
    for (let i = 0; i < 300; i += 1)
      for (let n = 0; n < 4; n += 1) {
        const text = SCRIPT[Math.floor(next() * SCRIPT.length)]!
        comment(room, { account: `person-${i}`, at: Math.floor(next() * 3_500_000), text })
      }
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('S1-19: a crew behind one address that only echoes is found, a campus that talks is not', () => {
    const { room } = build()
    people(room, 300)
    for (let i = 0; i < 300; i += 1) {
      const [id, account] = [`v-${i}`, `person-${i}`]
      view(room, { id, account, at: 0, stayMs: 3_500_000, ip: i < 150 ? 'campus' : `home-${i}` })
    }
    const next = uniform(71)
    for (let i = 0; i < 15; i += 1) {
      const [id, account] = [`crew-visit-${i}`, `crew-${i}`]
      view(room, { id, account, at: 0, stayMs: 3_500_000, ip: 'office' })
      for (let n = 0; n < 2; n += 1) {
        const text = SCRIPT[(i + 3 * n) % 5]!
        comment(room, { account, at: Math.floor(next() * 3_400_000), text })
      }
    }
    const names = [...accused(room, 'account')]
    expect(names).toHaveLength(15)
    expect(names.filter((name) => name.startsWith('person'))).toEqual([])
  })

  it('three accounts going through one long script are found, three friends with a saying are not', () => {
    const { room } = build()
    people(room, 60)
    const next = uniform(73)
    for (let i = 0; i < 3; i += 1)
      for (let n = 0; n < 30; n += 1) {
        const at = Math.floor(next() * 3_400_000)
        comment(room, { account: `crew-${i}`, at, text: varied(SCRIPT[n % 10]!, next) })
        if (n < 12)
          comment(room, {
            account: `friend-${i}`,
            at: at + 500,
            text: varied('我们永远支持小北加油', next),
          })
      }
    expect([...accused(room, 'account')].sort()).toEqual(['crew-0', 'crew-1', 'crew-2'])
  })

  it('suspects no account that also likes: it is its comments that are not genuine', () => {
    const { room } = build()
    people(room, 60)
    const next = uniform(79)
    for (let i = 0; i < 12; i += 1) {
      for (let n = 0; n < 12; n += 1) {
        const at = Math.floor(next() * 3_400_000)
        comment(room, { account: `crew-${i}`, at, text: varied(SCRIPT[n % 10]!, next) })
      }
      if (i < 6) like(room, { account: `crew-${i}`, at: 1000, count: 200 })
    }
    expect(accused(room, 'comment').size).toBe(12)
    expect(accused(room, 'account').size).toBe(6)
  })

  it('one person repeating one line fifty times is a nuisance, not a fleet', () => {
    const { room, evidence } = build()
    people(room, 120)
    for (let i = 0; i < 50; i += 1)
      comment(room, { account: 'loud', at: i * 20_000, text: '主播看看我我要那件红色的外套' })
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('birthday wishes in a hundred wordings, once each, accuse nobody', () => {
    const { room, evidence } = build()
    people(room, 120)
    for (let i = 0; i < 100; i += 1) {
      const text = `祝${i % 3 === 0 ? '亲爱的' : ''}主播生日快乐${'呀啊哦～！'[i % 5]!}永远十八${i % 2 ? '岁' : ''}`
      comment(room, { account: `fan-${i}`, at: 500_000 + i * 20_000, text })
    }
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })

  it('answers insufficient data where every account is masked as one', () => {
    const { room, evidence } = build({ capture: true })
    for (let i = 0; i < 60; i += 1)
      comment(room, { account: '111111', at: i * 1000, text: SCRIPT[i % 10]! })
    expect(machineComments.weigh(room, evidence)[0]?.insufficient).toBe(true)
  })

  it('compares no pairs at large: two hundred thousand comments end within the test', () => {
    const { room, evidence } = build()
    const next = uniform(2)
    for (let i = 0; i < 200_000; i += 1) {
      const word = Math.floor(next() * 40_000).toString(36)
      comment(room, { account: `p-${i % 50_000}`, at: i * 15, text: `想要${word}号这一款谢谢主播` })
    }
    expect(machineComments.weigh(room, evidence)).toEqual([])
  })
})

describe('the ear for comments', () => {
  it('hears one line through decoration, width, case and look-alike letters', () => {
    expect(normalise('🔥 这 个！！质量～真 好❤️')).toBe('这个质量真好')
    expect(normalise('ＡＢＣ１２３')).toBe('abc123')
    // Cyrillic о and а.
    expect(normalise('gооd vаlue')).toBe('goodvalue')
    expect(normalise('哈哈哈哈哈')).toBe('哈哈')
  })

  it('keeps inner spacing, which people do not vary by habit, as a version of its own', () => {
    expect(body('❤️质量 真好！！')).toBe('质量 真好')
  })

  it('tells praise and urging from questions', () => {
    expect(isPraiseOrUrge('质量很好已回购')).toBe(true)
    expect(isPraiseOrUrge('质量好吗')).toBe(false)
    expect(isQuestion('什么时候发货')).toBe(true)
  })
})

const capture = new URL('../../../shared/data/douyin-capture/quiet-room.jsonl', import.meta.url)
const youtube = new URL('../../../shared/data/youtube-comments/Youtube01-Psy.csv', import.meta.url)

describe.skipIf(!existsSync(capture))(
  'a real room of innocents (skipped without shared data)',
  () => {
    it('has no machine comments', () => {
      const { room, evidence } = build({ capture: true })
      const lines = readFileSync(capture, 'utf8').trim().split('\n')
      for (const [i, line] of lines.entries()) {
        const { type, payload } = JSON.parse(line) as {
          type: string
          payload: { content?: string }
        }
        if (type === 'chat')
          comment(room, { account: '111111', at: i * 1000, text: payload.content! })
      }
      expect(room.comments.length).toBe(15)
      expect(machineComments.weigh(room, evidence)).toEqual([])
    })
  },
)

describe.skipIf(!existsSync(youtube))('labelled comments (skipped without shared data)', () => {
  it('accuses no author of a comment that people labelled genuine', () => {
    const { room } = build({ capture: true, minutes: 1440 })
    const genuine = new Set<string>()
    const rows = readFileSync(youtube, 'utf8')
      .split(/\r?\n(?=[\w-]{20,},)/)
      .slice(1)
    for (const [i, row] of rows.entries()) {
      const [, author, , text, label] =
        /^[^,]+,([^,]*),([^,]*),([\s\S]*),([01])\s*$/.exec(row) ?? []
      if (author === undefined) continue
      comment(room, { account: author, at: i * 60_000, text: text! })
      if (label === '0') genuine.add(author)
    }
    expect(room.comments.length).toBeGreaterThan(300)
    expect([...accused(room, 'comment')].filter((author) => genuine.has(author))).toEqual([])
  })
})
