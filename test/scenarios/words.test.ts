/** Scenarios of words: claims, lures, services for sale, criticism (S0-3 … S4-29). */
import { describe, expect, it } from 'vitest'
import { Story } from './words.ts'

const ids = (finding: { provisions: readonly { id: string }[] } | undefined) =>
  finding?.provisions.map(({ id }) => id) ?? []

const soldAsRich = () =>
  new Story().lists('燕窝风味饮品', { documents: [] }).says(60, '这款燕窝含量特别高，闭眼入')

describe('bird’s nest of 0.014 % (S0-3, S4-11)', () => {
  it('is unsupported while no test is on file', () => {
    const finding = soldAsRich().finding('claim-unsupported')
    expect(finding?.reasons[0]?.text.zh).toContain('燕窝含量的检测报告')
    expect(soldAsRich().finding('claim-contradicted')).toBeUndefined()
  })

  it('is contradicted once a laboratory has measured it, by two families of evidence', () => {
    const finding = soldAsRich()
      .send('test.reported', 90_000, {
        product: 'product-1',
        laboratory: 'laboratory-a',
        attribute: 'bird-nest content',
        value: 0.014,
        unit: '%',
      })
      .finding('claim-contradicted')!
    expect(finding).toMatchObject({ verdict: 'supported', strength: 'moderately-strong' })
    expect([...finding.families].sort()).toEqual(['content', 'public'])
    expect(finding.hypotheses[0]!.name).toBe('false-claim')
    expect(finding.evidence).toEqual(['e2', 'e3'])
    expect(ids(finding)).toEqual(expect.arrayContaining(['AdL-28', 'M21-18-2']))
    expect(finding.summary.en).toContain('0.014 %')
  })
})

describe('an imported brand (S0-4)', () => {
  const claims = [{ attribute: 'origin', value: 'imported', text: '原装进口' }]

  it('without papers is unsupported, and the papers are named', () => {
    const finding = new Story()
      .lists('漱口水', { claims, documents: [] })
      .finding('claim-unsupported')
    expect(finding).toMatchObject({ verdict: 'supported', strength: 'weak' })
    expect(finding!.reasons[0]!.text.en).toContain('certificate of origin or customs declaration')
  })

  it('with papers is nothing', () => {
    const documents = [
      { kind: 'customs declaration', uri: 'files/1', sha256: 'a'.repeat(64) },
      { kind: 'trademark registration', uri: 'files/2', sha256: 'b'.repeat(64) },
    ]
    expect(new Story().lists('漱口水', { claims, documents }).findings()).toEqual([])
  })

  it('of which nobody says what papers there are cannot be judged', () => {
    const finding = new Story().lists('漱口水', { claims }).finding('claim-unsupported')
    expect(finding?.verdict).toBe('insufficient-data')
  })
})

const cardCalledBlackGold = () =>
  new Story()
    .lists('联名信用卡（白金卡）', { category: '金融' })
    .says(60, '今天带来的是黑金卡，权益很多')

describe('a platinum card called black gold (S0-8)', () => {
  it('is contradicted by its dossier', () => {
    expect(cardCalledBlackGold().finding('claim-contradicted')).toMatchObject({
      verdict: 'supported',
      evidence: ['e2', 'e1'],
    })
  })

  it('accuses nobody once it is corrected on air (M26-31)', () => {
    const story = cardCalledBlackGold().says(1200, '更正一下，不是黑金卡，是白金卡')
    expect(story.accusations()).toEqual([])
    const finding = story.finding('claim-contradicted')!
    expect(finding.hypotheses[0]!.name).toBe('corrected-on-air')
    expect(finding.summary.zh).toContain('当场更正')
  })

  it('is not claimed again by the words that take it back', () => {
    const story = cardCalledBlackGold().says(1200, '刚才说的黑金卡是口误，是白金卡')
    expect(story.accusations()).toEqual([])
  })

  it('is claimed all the same in words that take something else back', () => {
    const story = new Story()
      .lists('联名信用卡（白金卡）', { category: '金融' })
      .says(60, '刚才说错了，这张是黑金卡')
    expect(story.accusations()).toEqual(['claim-contradicted'])
  })

  it('is said anew when it is said again after the correction', () => {
    const story = cardCalledBlackGold()
      .says(1200, '更正一下，是白金卡')
      .says(2400, '这张黑金卡大家抓紧')
    expect(story.accusations()).toEqual(['claim-contradicted'])
  })

  it('is told from the other goods of the room by what is said around it', () => {
    const story = new Story()
      .lists('联名信用卡（白金卡）', { category: '金融' })
      .lists('不锈钢炒锅 黑金款', { product: 'product-2', category: '厨具' })
      .says(60, '这口不锈钢炒锅是黑金配色')
    expect(story.accusations()).toEqual([])
  })
})

const roomThatSays = (text: string) => {
  const story = new Story().lists('项链', { category: '饰品' }).says(3000, text)
  for (let i = 0; i < 20; i += 1)
    story.send('order.placed', 100 + i, {
      order: `o${i}`,
      buyer: `b${i}`,
      merchant: 'merchant-a',
      lines: [{ product: 'product-1', quantity: 1, unitPrice: 9800 }],
      total: 9800,
    })
  return story
}

describe('sales called out on air (S1-3)', () => {
  it('far beyond the ledger are contradicted', () => {
    const told = roomThatSays('今晚我们已经卖了九千九百万')
    const weak = told.finding('claim-contradicted')!
    expect(weak).toMatchObject({ verdict: 'supported', strength: 'weak' })
    // With the whole room on file its ledger is a witness of its own.
    const finding = told
      .send('viewer.joined', 2, { view: 'w1', viewer: 'b1', entry: 'feed' })
      .finding('claim-contradicted')!
    expect(finding).toMatchObject({ verdict: 'supported', strength: 'moderate' })
    expect(finding.families).toContain('transaction')
  })

  it('that fit the ledger are nothing', () => {
    expect(roomThatSays('今晚已经卖出20单').accusations()).toEqual([])
  })

  it('of the whole shop, or hoped for, are not held against one room', () => {
    expect(roomThatSays('我们品牌全网累计销量9900万').finding('claim-contradicted')).toBeUndefined()
    expect(roomThatSays('今晚目标破亿，家人们冲').finding('claim-contradicted')).toBeUndefined()
  })
})

describe('words of the lexicon', () => {
  it('make a void term of "no return after sale" (S2-14)', () => {
    const finding = new Story().says(60, '本直播间商品一经售出概不退换').finding('red-line')!
    expect(finding.verdict).toBe('supported')
    expect(ids(finding)).toContain('CPL-26')
    expect(finding.evidence).toEqual(['e1'])
  })

  it('make a lure of "details via WeChat" on a shop page (S3-8)', () => {
    const finding = new Story()
      .lists('电商业务可办理，详情加微信', { category: '服务' }, null)
      .finding('offsite-lure')!
    expect(finding.broadcast).toBeUndefined()
    expect(ids(finding)).toContain('M21-10b')
  })

  it.each(['live swiping', 'live streaming number', 'live streaming artifact'])(
    'find the service for sale under every name (S3-7): %s',
    (title) => {
      const finding = new Story()
        .lists(`${title}, 10,000 viewers for 30 yuan`, { category: 'services' }, null)
        .finding('brushing-service')
      expect(finding).toBeDefined()
    },
  )

  it('count no more once they are taken back on air (M26-31)', () => {
    const said = new Story().says(60, '这是国家级的品质')
    expect(said.accusations()).toEqual(['red-line'])
    expect(said.says(600, '刚才说的国家级不准确，收回这句').accusations()).toEqual([])
  })

  it('count for what the room says, never for what viewers write or say on the line', () => {
    const story = new Story('晚间专场')
      .send('viewer.joined', 1, { view: 'w1', viewer: 'viewer-1', entry: 'feed' })
      .comments(10, 'c1', '这个能根治糖尿病，全国第一', 'viewer-1')
      .says(20, '这个能根治糖尿病，全国第一', 'viewer-1')
    expect(story.findings().filter(({ kind }) => kind === 'red-line')).toEqual([])
    expect(story.says(30, '这个能根治糖尿病').accusations()).toContain('red-line')
  })

  it('are one sentence however often the recogniser repeats it, and never more than moderate', () => {
    const story = new Story()
    for (let i = 0; i < 40; i += 1) story.says(60 + i, '这个能根治糖尿病')
    const once = new Story().says(60, '这个能根治糖尿病').finding('red-line')!
    expect(story.finding('red-line')!.weightBans).toBe(once.weightBans)
    const many = new Story()
    for (let i = 0; i < 40; i += 1) many.says(60 + i, `第${i}位家人，这个能根治糖尿病`)
    expect(many.finding('red-line')!.weightBans).toBeLessThanOrEqual(2)
  })

  it('say nothing of an ordinary evening', () => {
    const story = new Story('秋冬厨房好物', {
      hosts: [
        { account: 'host-a', role: 'host' },
        { account: 'helper-a', role: 'assistant' },
      ],
    })
      .lists('不锈钢炒锅 32厘米', { category: '厨具' })
      .says(10, '最近降温了，第一次来的朋友点个关注')
      .says(20, '这不是最贵的，也不是最便宜的')
      .says(30, '最后请大家一定要注意用电安全')
      .says(40, '七天无理由退货，运费险都有')
      .says(50, '我们家最大号的锅是三十四厘米')
      .comments(60, 'h1', '链接在购物车一号', 'helper-a')
      .comments(70, 'c1', '锅不错')
    expect(story.findings()).toEqual([])
  })
})

const filtering = (words: readonly string[]) =>
  new Story()
    .send('viewer.muted', 10, { viewer: 'v1', by: 'a', reason: 'filter', words })
    .finding('criticism-removed')

const muting = (text: string) =>
  new Story()
    .comments(10, 'c1', text, 'viewer-1')
    .send('viewer.muted', 20, { viewer: 'viewer-1', by: 'a', reason: 'none' })
    .finding('criticism-removed')

/** `critical` and `praising`: how many of twenty each were taken down without a reason. */
const swept = (critical: number, praising: number) => {
  const story = new Story()
  for (let i = 0; i < 20; i += 1) {
    story.comments(i, `c${i}`, `质量太差了，第${i}天就坏`)
    story.comments(i, `p${i}`, `很好用，回购第${i}次`)
  }
  for (let i = 0; i < critical; i += 1) story.removes(100 + i, `c${i}`, 'none')
  for (let i = 0; i < praising; i += 1) story.removes(200 + i, `p${i}`, 'none')
  return story
}

describe('criticism removed (S4-5)', () => {
  it('without a reason is a finding with the comment as its evidence', () => {
    const finding = new Story()
      .comments(10, 'c1', '假的，退我钱')
      .removes(20, 'c1', 'none')
      .finding('criticism-removed')!
    expect(finding).toMatchObject({ verdict: 'supported', strength: 'moderate' })
    expect(finding.evidence).toEqual(['c1', 'e2'])
    expect(ids(finding)).toEqual(expect.arrayContaining(['M21-21b', 'ECL-39']))
  })

  it.each([
    ['personal data', '她身份证号110101199003070000', 'privacy'],
    ['an insult', '主播是个傻逼', 'abuse'],
    ['an advertisement', '加微信领红包', 'spam'],
    ['praise', '主播真好看', 'none'],
  ])('is not: %s', (_, text, reason) => {
    expect(new Story().comments(10, 'c1', text).removes(20, 'c1', reason).findings()).toEqual([])
  })

  it('by a filter list of complaints is a finding; one of insults is not', () => {
    expect(filtering(['假货', '退货', '质量差', '骗子'])).toMatchObject({ verdict: 'supported' })
    expect(filtering(['傻逼', '加微信', '兼职'])).toBeUndefined()
  })

  it('by muting critics without a reason is looked into', () => {
    expect(muting('用了两天就坏了')?.evidence).toEqual(['e2'])
    expect(muting('主播是个傻逼')).toBeUndefined()
    expect(muting('主播好')).toBeUndefined()
  })

  it('is the stronger the more it falls on criticism alone', () => {
    const finding = swept(15, 0).finding('criticism-removed')!
    expect([...finding.families].sort()).toEqual(['behaviour', 'content'])
    expect(finding.weightBans).toBeGreaterThan(3)
  })

  it('accuses nobody where praise goes just as often', () => {
    expect(swept(6, 12).accusations()).toEqual([])
    expect(swept(6, 12).finding('criticism-removed')!.hypotheses[0]!.name).toBe(
      'ordinary-moderation',
    )
  })

  it('from reviews is found by the merchant of the order (ECL-39)', () => {
    const finding = new Story()
      .send('order.placed', 1, {
        order: 'o1',
        buyer: 'b1',
        merchant: 'merchant-a',
        lines: [{ product: 'product-1', quantity: 1, unitPrice: 9800 }],
        total: 9800,
      })
      .send(
        'review.posted',
        90,
        { review: 'r1', order: 'o1', stars: 1, text: '质量太差，退钱' },
        null,
      )
      .send('review.removed', 95, { review: 'r1', by: 'operator-a', reason: '差评' }, null)
      .finding('criticism-removed')
    expect(finding).toMatchObject({ subject: 'merchant-a', evidence: ['r1'] })
  })
})

it('gives the same findings in any order of the events', () => {
  const story = new Story('全网第一的晚间专场')
    .lists('燕窝风味饮品', {
      documents: [],
      claims: [{ attribute: 'x', value: 'y', text: '原装进口' }],
    })
    .lists('live swiping', { product: 'product-2', category: 'services' }, null)
    .says(60, '燕窝含量特别高')
    .says(70, '这个能根治糖尿病')
    .says(90, '刚才说错了')
    .comments(10, 'c1', '假的，退钱')
    .comments(11, 'c2', '质量太差')
    .removes(20, 'c2', 'none')
    .removes(21, 'c1', 'none')
  for (const review of ['r2', 'r1', 'r3'])
    story
      .send('review.posted', 90, { review, text: `质量太差 ${review}` }, null)
      .send('review.removed', 95, { review, by: 'operator-a', reason: 'none' }, null)
  expect(story.findings().length).toBeGreaterThan(3)
  expect(story.findings(true)).toEqual(story.findings())
})
