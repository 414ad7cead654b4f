/**
 * What people write: a phrase grammar of live rooms in Chinese with some English. Short reactions
 * repeat naturally (everybody writes 好看, by Zipf's law), questions are filled from the goods and from numbers, and
 * about one comment in three is unlike any other. Hired writers have scripts of their own.
 */
import { chance, integer, pick, weighted, zipf } from './distributions.ts'
import type { Random } from './random.ts'

type Grammar = Readonly<Record<string, readonly string[]>>

const CHINESE: Grammar = {
  reaction: [
    '好看',
    '666',
    '哈哈哈',
    '哈哈哈哈哈',
    '真的假的',
    '支持',
    '来了来了',
    '绝了',
    '可以',
    '赞',
    '👍',
    '❤️❤️',
    '主播好',
    '晚上好',
    '刚来',
    '爱了',
    '抢到了',
    '没抢到',
    '手慢了',
    '心动',
  ],
  opener: ['主播', '姐姐', '小姐姐', '老板', '请问', '那个', '家人们', '想问下', '', '', ''],
  thing: [
    '这个',
    '刚才那个',
    '一号链接',
    '三号',
    '身上这件',
    '蓝色的',
    '黑色那款',
    '大瓶的',
    '套装',
    '小的那个',
    '{n}号链接',
  ],
  ask: [
    '{thing}多少钱',
    '{thing}还有吗',
    '{thing}什么时候发货',
    '{thing}有优惠吗',
    '{thing}能退吗',
    '{n}斤穿什么码',
    '身高{n}体重{m}穿多大',
    '敏感肌能用吗',
    '保质期到什么时候',
    '{thing}和去年那款一样吗',
    '包邮吗',
    '到{place}要几天',
    '能开发票吗',
    '孩子{k}岁可以用吗',
  ],
  place: ['新疆', '广州', '哈尔滨', '成都', '西藏', '县城', '上海', '内蒙'],
  tell: [
    '上次买的{thing}用了{k}个月，还行',
    '我妈{adverb}喜欢',
    '已经拍了{k}件',
    '下单了坐等',
    '{adverb}纠结要不要买',
    '昨天等到{k}点',
    '家里还有{k}瓶没用完',
    '我买过，{adverb}好用',
    '物流有点慢，等了{k}天',
    '颜色和图上{adverb}像',
    '质量一般吧',
    '{thing}比商场便宜{n}块',
    '我家离你们仓库{n}公里',
  ],
  adverb: ['特别', '真的', '有点', '挺', '不太', '超级', '还算'],
  comment: [
    '{reaction}',
    '{reaction}',
    '{opener}{ask}',
    '{opener}{ask}？',
    '{tell}',
    '{tell}，{reaction}',
    '{reaction}，{ask}',
  ],
}

const ENGLISH: Grammar = {
  reaction: [
    'nice',
    'lol',
    'wow',
    'hi',
    'hello',
    'love it',
    'so cute',
    '😍',
    'yes',
    'omg',
    'cool',
    'just got here',
  ],
  thing: ['this one', 'the blue one', 'number {n}', 'the first one', 'the set', 'the big size'],
  ask: [
    'how much is {thing}',
    'is {thing} still available',
    'what size for {n} kg',
    'do you ship to {place}',
    'when does {thing} ship',
    'can I return it',
    'is it the same as last year',
  ],
  place: ['Singapore', 'Manila', 'Sydney', 'KL', 'London'],
  tell: [
    'bought {k} already',
    'mine lasted {k} months',
    'my mum likes {thing}',
    'took {k} days last time',
    'the colour is a bit off',
    'cheaper than the shop by {n}',
    'ordered {thing}',
  ],
  comment: [
    '{reaction}',
    '{reaction}',
    '{ask}?',
    '{tell}',
    '{reaction}, {ask}',
    '{tell} {reaction}',
  ],
}

/** An ordinary comment; `english` is the room's share of English. */
export const chat = (random: Random, english: number): string =>
  expand(random, chance(random, english) ? ENGLISH : CHINESE, '{comment}')

const expand = (random: Random, grammar: Grammar, template: string): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'n') return String(integer(random, 2, 190))
    if (name === 'm') return String(integer(random, 80, 180))
    if (name === 'k') return String(integer(random, 2, 12))
    const choices = grammar[name] ?? ['']
    // a few reactions make up most of them
    const chosen =
      name === 'reaction' ? choices[zipf(random, choices.length)]! : pick(random, choices)
    return expand(random, grammar, chosen)
  })

/** An answer to "write …": as told, repeated, with a flourish, or mistyped. */
export const answer = (random: Random, word: string): string =>
  weighted<() => string>(random, [
    [() => word, 6],
    [() => word.repeat(integer(random, 2, 4)), 2],
    [() => `${word}！`, 1],
    [() => `${word}${pick(random, ['冲', '👍', '来了', '求中', '~', '拼手气', '！！'])}`, 1],
    [() => word.slice(0, -1) || word, 0.3],
  ])()

const PRAISE = [
  '主播{a}',
  '{g}{a}',
  '已经回购{k}次，{g}{a}',
  '买过的都说{a}',
  '{a}，闭眼入',
  '家人们快冲，{a}',
  '{g}性价比{a}',
  '跟着主播买{g}准没错',
  '第{k}次来了，{a}',
  '抢到{k}件，{a}',
]
const WORDS = {
  a: ['真不错', '太好了', '没得说', '绝绝子', '很满意', '值得'],
  g: ['这款', '东西', '质量', '产品', '衣服'],
}

/** The script of one hired supplier: some lines, each with slots filled in, as sold in packages. */
export const script = (random: Random): (() => string) => {
  const lines = Array.from({ length: integer(random, 4, 12) }, () => pick(random, PRAISE))
  const fixed = chance(random, 0.5) ? lines.map((line) => fill(random, line)) : undefined
  return () => (fixed === undefined ? fill(random, pick(random, lines)) : pick(random, fixed))
}

const fill = (random: Random, line: string): string =>
  line.replace(/\{(\w)\}/g, (_, slot: string) =>
    slot === 'k' ? String(integer(random, 2, 5)) : pick(random, slot === 'a' ? WORDS.a : WORDS.g),
  )
