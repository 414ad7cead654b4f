/**
 * One broadcast as it is put on: its opening and end, its goods one after another, what the host
 * asks for, what the page shows, the recording. Writes everything that does not come from viewers.
 */
import { between, chance, integer, logNormal, pick } from './distributions.ts'
import type { Habits } from './habits.ts'
import type { Tally } from './model.ts'
import type { Random } from './random.ts'
import { stamp, type Stage } from './stage.ts'

export type Product = {
  readonly product: string
  readonly priceFen: number
  /** While the host shows it, in ms. */
  readonly from: number
  readonly until: number
}

/** Something the host says that many answer at once. */
export type Moment = {
  readonly at: number
  readonly ask: 'like' | 'write' | 'draw'
  /** What to write. */
  readonly word: string
  /** Multiplies the share that answers. */
  readonly pull: number
}

export type Show = {
  readonly id: string
  readonly room: string
  readonly operator: string
  readonly host: string
  readonly merchant: string
  readonly startsAt: number
  readonly endsAt: number
  readonly habits: Habits
  readonly products: readonly Product[]
  readonly moments: readonly Moment[]
  /** Views cut off between `at` and `until`, with this chance each. */
  readonly outage:
    { readonly at: number; readonly until: number; readonly share: number } | undefined
  /** What the page shows for what there is; the identity in an honest room. */
  readonly shown: (
    figure: 'concurrent' | 'viewers' | 'likes' | 'orders' | 'sales',
    figureNow: number,
    at: number,
  ) => number
  /** Events written, by type. */
  readonly counts: Map<string, number>
  readonly genuine: Tally
  readonly all: Tally
  readonly hired: { service: string; count: number }[]
  present: number
}

export const emptyTally = (): Tally => ({
  viewers: 0,
  views: 0,
  likes: 0,
  comments: 0,
  orders: 0,
  sales: 0,
  refundedOrders: 0,
  netSales: 0,
})

type Look = {
  readonly title: string
  readonly speaks: boolean
  readonly showsEveryMs: number
}

/** Enters the frame of the broadcast in the agenda. */
export const putOn = (stage: Stage, random: Random, show: Show): void => {
  const look: Look = {
    title: pick(random, [
      '晚间好物',
      '换季上新',
      '老粉专场',
      '工厂直发',
      '今日福利',
      'Evening finds',
    ]),
    speaks: chance(random, 0.75),
    showsEveryMs: pick(random, [5_000, 10_000, 10_000, 15_000]),
  }
  stage.at(show.startsAt, () => {
    open(stage, show, look)
  })
  const display = (): void => {
    if (stage.now > show.endsAt) return
    showFigures(stage, show)
    stage.at(stage.now + look.showsEveryMs + between(random, 0, 400), display)
  }
  stage.at(show.startsAt + 3_000, display)
  if (look.speaks)
    for (const moment of show.moments)
      stage.at(moment.at, () => {
        speak(stage, show, moment)
      })
  record(stage, random, show)
  stage.at(show.endsAt, () => {
    showFigures(stage, show)
    const counts = Object.fromEntries(show.counts)
    stage.emit(show, 'live.broadcast.ended', { reason: 'finished', counts })
  })
}

const open = (stage: Stage, show: Show, look: Look): void => {
  stage.emit(show, 'live.broadcast.started', {
    room: show.room,
    operator: show.operator,
    title: look.title,
    form: 'video',
    currency: 'CNY',
    hosts: [{ account: show.host, role: 'host' }],
    category: show.habits.category,
  })
  for (const { product, priceFen } of show.products) {
    stage.emit(show, 'live.product.listed', {
      product,
      sku: `${product}-1`,
      merchant: show.merchant,
      title: `${show.habits.category} ${product}`,
      category: show.habits.category,
    })
    stage.emit(show, 'live.price.set', {
      product,
      channel: show.room,
      kind: 'sale',
      price: priceFen,
      from: stamp(show.startsAt),
      until: stamp(show.endsAt),
    })
  }
}

const showFigures = (stage: Stage, show: Show): void => {
  const { all, shown } = show
  const at = stage.now
  stage.emit(show, 'live.display.updated', {
    concurrent: shown('concurrent', show.present, at),
    viewers: shown('viewers', all.viewers, at),
    likes: shown('likes', all.likes, at),
    orders: shown('orders', all.orders, at),
    sales: shown('sales', all.sales, at),
  })
}

const SPEECH = {
  like: '家人们动动小手，点点赞，点赞到了给大家上福利',
  write: '想要的家人们在公屏上打{word}',
  draw: '三二一，抽奖开始，公屏打{word}参与',
} as const

const speak = (stage: Stage, show: Show, moment: Moment): void => {
  const startMs = stage.now - show.startsAt
  stage.emit(show, 'live.caption.spoken', {
    speaker: show.host,
    text: SPEECH[moment.ask].replace('{word}', moment.word),
    language: 'zh-CN',
    startMs,
    endMs: startMs + 4_000,
    confidence: 0.93,
  })
}

/** The replay, in gap-free segments of ten minutes. */
const record = (stage: Stage, random: Random, show: Show): void => {
  const wholeMs = show.endsAt - show.startsAt
  for (let sequence = 0; sequence * 600_000 < wholeMs; sequence += 1) {
    const from = sequence * 600_000
    const durationMs = Math.min(600_000, wholeMs - from)
    const bytes = Math.round(durationMs * between(random, 180, 320))
    const sha256 = Array.from({ length: 8 }, () =>
      random.word().toString(16).padStart(8, '0'),
    ).join('')
    stage.at(show.startsAt + from + durationMs - 1, () => {
      stage.emit(show, 'live.segment.recorded', {
        sequence,
        durationMs,
        bytes,
        sha256,
        uri: `/replays/${show.id}/${sequence}`,
        startsAt: stamp(show.startsAt + from),
      })
    })
  }
}

/** Goods shown one after another, four to fourteen minutes each, at a price of the category. */
export const drawProducts = (
  stage: Stage,
  random: Random,
  startsAt: number,
  endsAt: number,
): readonly Product[] => {
  const products: Product[] = []
  const medianFen = between(random, 3_000, 20_000)
  let from = startsAt + 60_000
  while (from < endsAt - 120_000) {
    const until = Math.min(endsAt - 5_000, from + integer(random, 4, 14) * 60_000)
    products.push({
      product: stage.platform.id('p'),
      // prices end in 9 yuan
      priceFen: Math.max(9, Math.round(logNormal(random, medianFen, 0.6) / 1000) * 10 - 1) * 100,
      from,
      until,
    })
    from = until
  }
  return products
}

/** A host's ordinary asking: for likes now and then, for a word when something new comes up. */
export const drawMoments = (
  random: Random,
  startsAt: number,
  endsAt: number,
): readonly Moment[] => {
  const moments: Moment[] = []
  let at = startsAt + between(random, 3, 12) * 60_000
  while (at < endsAt - 60_000) {
    moments.push({
      at: Math.round(at),
      ask: chance(random, 0.6) ? 'like' : 'write',
      word: pick(random, ['1', '想要', '要', '666', '来了']),
      pull: between(random, 0.4, 1.6),
    })
    at += between(random, 4, 18) * 60_000
  }
  return moments
}
