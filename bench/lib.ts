/**
 * What the benchmarks share: a seeded file of mixed events, fresh processes, medians. A figure is
 * always a ratio against a baseline measured in the same run, for machines differ.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** mulberry32 (T. Ettinger, public domain): equal seeds, equal files. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Shape = {
  readonly events: number
  readonly viewers: number
  readonly broadcasts: number
  readonly seed: number
}

const STARTS_AT = Date.UTC(2026, 2, 1, 12)
const LASTS_MS = 4 * 3_600_000
const WORDS = [
  '好看',
  '多少钱',
  '这个锅能用电磁炉吗',
  'nice',
  '已下单',
  '主播能再讲一下吗',
  '666',
  '蹲一个',
]

/**
 * Writes `events` lines: about 60 % heartbeats, 12 % likes, 8 % clicks, 5 % comments, joins and
 * leaves, a few follows, orders and displays; in order of time, one time step an event.
 */
export const writeEvents = (path: string, shape: Shape): void => {
  const random = randomOf(shape.seed)
  const file = openSync(path, 'w')
  const times = new Map<number, string>()
  const secondsOf = (at: number) => {
    const second = Math.floor(at / 1000)
    let text = times.get(second)
    if (text === undefined) {
      if (times.size > 1000) times.clear()
      text = new Date(second * 1000 + 8 * 3_600_000).toISOString().slice(0, 20)
      times.set(second, text)
    }
    return text
  }
  let block = ''
  let joined = 0
  for (let i = 0; i < shape.events; i += 1) {
    const at = STARTS_AT + Math.floor((i / shape.events) * LASTS_MS)
    const time = `${secondsOf(at)}${String(at % 1000).padStart(3, '0')}+08:00`
    // Everybody has joined by the time nine tenths have passed.
    const due = Math.min(shape.viewers, Math.ceil((i / shape.events / 0.9) * shape.viewers))
    let what = random()
    let who = Math.floor(random() * Math.max(1, joined))
    if (joined < due || joined === 0) {
      who = joined
      joined += 1
      what = 2
    }
    const [type, data] = happening(what, who, i, random)
    const subject = `broadcast-${who % shape.broadcasts}`
    block += `{"specversion":"1.0","id":"e-${i}","source":"/platforms/example/rooms","type":"live.${type}","subject":"${subject}","time":"${time}","data":${data}}\n`
    if (block.length < 1 << 20) continue
    writeSync(file, block)
    block = ''
  }
  writeSync(file, block)
  closeSync(file)
}

const happening = (what: number, who: number, i: number, random: () => number) => {
  const view = `"view":"w-${who}"`
  const viewer = `"viewer":"u-${who}"`
  const product = `"product":"product-${Math.floor(random() * 30)}"`
  if (what === 2) {
    const ip = `10.${who & 255}.${(who >> 8) & 255}.${(who >> 16) & 255}`
    const rest = `"device":"d-${who}","ip":"${ip}","network":"mobile","app":"31.${who % 7}","entry":"feed"`
    return ['viewer.joined', `{${view},${viewer},${rest}}`]
  }
  if (what < 0.64) return ['viewer.watched', `{${view},"seconds":30,"visible":true,"playing":true}`]
  if (what < 0.78)
    return ['like.sent', `{${viewer},${view},"count":${1 + Math.floor(random() * 9)}}`]
  if (what < 0.87) return ['product.clicked', `{${viewer},${view},${product}}`]
  if (what < 0.93) {
    const text = WORDS[Math.floor(random() * WORDS.length)]!
    return ['comment.posted', `{"comment":"c-${i}",${viewer},${view},"text":"${text}"}`]
  }
  if (what < 0.97) return ['viewer.left', `{${view}}`]
  if (what < 0.98) return ['follow.added', `{${viewer}}`]
  if (what < 0.995) {
    const line = `{${product},"quantity":1,"unitPrice":9900}`
    const who2 = `"buyer":"u-${who}","merchant":"merchant-${who % 5}"`
    return ['order.placed', `{"order":"o-${i}",${who2},"lines":[${line}],"total":9900}`]
  }
  return ['display.updated', `{"concurrent":${who},"viewers":${i}}`]
}

/** Runs `work` with a folder that is gone afterwards. */
export const inFolder = async <T>(work: (folder: string) => Promise<T> | T): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export type Run = {
  readonly ms: number
  readonly cpuMs: number
  readonly rssMiB: number
  readonly events: number
}

/** One measured run of `script` in a fresh process, which prints a JSON object as its last line. */
export const fresh = (script: URL, args: readonly string[]): Run => {
  const flags = ['--import', 'tsx', '--expose-gc', script.pathname, ...args]
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Run
}

/** Runs every variant `rounds` times, the order turned each round, and gives the runs of each. */
export const rounds = (count: number, variants: readonly (() => Run)[]): readonly Run[][] => {
  const runs = variants.map((): Run[] => [])
  for (let round = 0; round < count; round += 1) {
    const order = variants.map((_, i) => (round % 2 === 0 ? i : variants.length - 1 - i))
    for (const i of order) runs[i]!.push(variants[i]!())
  }
  return runs
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
