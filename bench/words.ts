/**
 * Reading words: speed through the whole shipped lexicon in one thread, the same on texts made to
 * hurt, start-up, and random texts in great number (`--fuzz N`, a million unless said).
 *
 * The processor's time counts the collector's and the compiler's threads as well; the clock counts
 * whatever else the machine does. The baseline is `String.prototype.normalize`, measured in the same run.
 */
import { parseArgs } from 'node:util'
import { randomOf } from './lib.ts'
import { createReader } from '../src/wording/read.ts'
import { shippedFiles, shippedPolicy, AT } from '../test/wording/reading.ts'
import { parseLexicon } from '../src/wording/lexicon.ts'

const { values } = parseArgs({ options: { fuzz: { type: 'string', default: '1000000' } } })

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const bytesOf = (text: string) => Buffer.byteLength(text)
const rounded = (value: number) => Number(value.toPrecision(3))

const policy = shippedPolicy()
const files = shippedFiles()
const begun = cpuMs()
const lexicon = parseLexicon(files)
const reader = createReader(lexicon, policy)
const startMs = Math.round(cpuMs() - begun)
const read = (text: string) => reader.read({ text, speaker: 'host', place: 'caption' }, AT)

/** Talk of a live room, without anything to find; seeded. */
const TALK =
  '今天给大家带来一款面霜，很多宝宝在问什么时候上架。这个颜色真的很好看，我自己也在用。家人们点点关注，下一个链接马上开！这件衣服是纯棉的，一百二十斤以内都可以穿。发货时间是四十八小时以内，包邮到家。一号链接还有三十单，想要的宝宝赶紧去拍。有没有不会做饭的朋友，这个锅真的省事。新来的朋友左上角领一下优惠券。'
const mixed = (bytes: number, seed: number): string => {
  const random = randomOf(seed)
  const sentences = TALK.split(/(?<=[。！])/)
  const terms = lexicon.entries.flatMap(({ terms = [] }) => terms)
  const parts: string[] = []
  for (let length = 0; length < bytes;) {
    const part =
      random() < 0.02
        ? `这款${terms[Math.floor(random() * terms.length)]!}。`
        : sentences[Math.floor(random() * sentences.length)]!
    parts.push(part)
    length += bytesOf(part)
  }
  return parts.join('')
}

const MB = 1_000_000
/** MB a second, the best of five: by the processor's time, and by the clock. */
const speedOf = (texts: readonly string[]) => {
  const bytes = texts.reduce((sum, text) => sum + bytesOf(text), 0)
  let [cpu, clock] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < 5; round += 1) {
    const [cpuFrom, clockFrom] = [cpuMs(), performance.now()]
    for (const text of texts) read(text)
    cpu = Math.min(cpu, cpuMs() - cpuFrom)
    clock = Math.min(clock, performance.now() - clockFrom)
  }
  return { cpu: rounded(bytes / MB / (cpu / 1000)), clock: rounded(bytes / MB / (clock / 1000)) }
}

const inLines = (text: string) => text.match(/.{1,200}/gsu) ?? []
const talk = mixed(8 * MB, 1)
const normalizeMs = (() => {
  const from = cpuMs()
  for (const line of inLines(talk)) line.normalize('NFKC')
  return cpuMs() - from
})()

/** Each at one size and at four times that: linear means a factor of four. */
const HOSTILE: Readonly<Record<string, (characters: number) => string>> = {
  'no space at all': (n) => '最'.repeat(n),
  'one word over and over': (n) => '最好'.repeat(n / 2),
  'beginnings without ends': (n) => '全网最低全国第'.repeat(n / 7),
  'spaces between': (n) => '最 '.repeat(n / 2),
  'one word wide apart': (n) => `最${' '.repeat(n)}好`,
  'combining marks': (n) => `最${'\u0336'.repeat(n)}`,
  'open tags': (n) => '<b'.repeat(n / 2),
  'open entities': (n) => '&#'.repeat(n / 2),
  'nested look-alikes': (n) => '最好不要不是最好的吗'.repeat(n / 10),
  letters: (n) => 'zuihao'.repeat(n / 6),
  'a regex bomb': (n) => `${'a'.repeat(n)}!`,
  'percent signs': (n) => '%1'.repeat(n / 2),
  backwards: (n) => `\u202e${'好最'.repeat(n / 2)}`,
  sounds: (n) => '罪号'.repeat(n / 2),
  patterns: (n) => '治疗三天有效'.repeat(n / 6),
}
const hostile = Object.entries(HOSTILE).map(([name, make]) => {
  const time = (characters: number) => {
    const text = make(characters)
    const from = cpuMs()
    read(text)
    return cpuMs() - from
  }
  time(100_000)
  const [small, large] = [time(832_500), time(3_330_000)]
  return { name, tenMbMs: Math.round(large), factor: rounded(large / Math.max(1, small)) }
})

const fuzz = (count: number): { readonly texts: number; readonly hits: number } => {
  const random = randomOf(7)
  const terms = lexicon.entries.flatMap(({ terms = [] }) => terms)
  const odd = [
    '<b>',
    '&#26368;',
    '&',
    '<',
    '\u202e',
    '\u202c',
    '\ud800',
    '\udc00',
    '。',
    '\n',
    '不',
    '吗',
    '%',
    '1',
    ' ',
    '\u200b',
    'zui',
    'v❤',
    '‮',
  ]
  let hits = 0
  for (let i = 0; i < count; i += 1) {
    let text = ''
    const pieces = Math.floor(random() * 6)
    for (let piece = 0; piece < pieces; piece += 1) {
      const kind = random()
      if (kind < 0.4) text += terms[Math.floor(random() * terms.length)]!
      else if (kind < 0.7) text += odd[Math.floor(random() * odd.length)]!
      else text += String.fromCharCode(Math.floor(random() * 0x10000))
    }
    for (const { span, matched } of read(text)) {
      hits += 1
      if (span.start >= span.end || text.slice(span.start, span.end) !== matched)
        throw new Error(`a span outside its text: ${JSON.stringify({ text, span })}`)
    }
  }
  return { texts: count, hits }
}

console.log(
  JSON.stringify(
    {
      entries: lexicon.entries.length,
      startMs,
      linesMBs: speedOf(inLines(talk)),
      oneTextMBs: speedOf([talk]),
      normalizeMBs: rounded(8 / (normalizeMs / 1000)),
      hostile,
      fuzz: fuzz(Number(values.fuzz)),
    },
    null,
    1,
  ),
)
