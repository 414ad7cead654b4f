/**
 * What belongs in a bundle. A broadcast brings everything of itself; an order or a complaint brings
 * its own events, the terms that stood behind it, and the moments of the broadcast that matter to
 * it, with a margin. Decided from the leaves alone: the ids that tie events together are not
 * personal. Pure.
 */
import { isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { parseTime } from '../vocabulary/time.ts'

export type BundleMatter = {
  readonly kind: 'broadcast' | 'complaint' | 'order'
  readonly id: string
}

/** Milliseconds since the epoch. */
export type Span = { readonly from: number; readonly until: number }

/** What a leaf says in clear. */
export type LeafFacts = {
  readonly type: string
  readonly subject: string | null
  /** Milliseconds since the epoch; of a chunk, when it begins. */
  readonly at: number
  readonly data: JsonObject
}

/** The facts of one leaf of ours; null for a leaf of another producer. */
export const factsOf = (leaf: Json): LeafFacts | null => {
  if (!isJsonObject(leaf)) return null
  const { event, chunk, counted } = leaf
  if (isJsonObject(chunk)) {
    const at = typeof chunk['first'] === 'string' ? parseTime(chunk['first']) : Number.NaN
    return { type: CHUNK, subject: textOf(chunk['broadcast']), at, data: chunk }
  }
  if (isJsonObject(counted))
    return { type: COUNTS, subject: textOf(counted['broadcast']), at: Number.NaN, data: counted }
  if (!isJsonObject(event) || typeof event['type'] !== 'string') return null
  const at = typeof event['time'] === 'string' ? parseTime(event['time']) : Number.NaN
  const data = isJsonObject(event['data']) ? event['data'] : {}
  return { type: event['type'], subject: textOf(event['subject']), at, data }
}

/** Stands for the type of a leaf that holds a chunk of telemetry. */
export const CHUNK = 'chunk'
/** The same for a leaf that states how many events a broadcast had. */
export const COUNTS = 'counts'

/** The leaves of a log in their order, from the beginning at each call. */
export type Leaves = () => AsyncIterable<{ readonly index: number; readonly facts: LeafFacts }>

export type SelectedLeaf = {
  /** Its place in the log. */
  readonly index: number
  /** Type of its event, or CHUNK, or COUNTS. */
  readonly type: string
  /** Part of the matter itself; the others are the scene around it. */
  readonly isTied: boolean
}

export type Selection = {
  /** In order of the log. */
  readonly leaves: readonly SelectedLeaf[]
  /** Null where no broadcast has to do with it. */
  readonly broadcast: string | null
  /** When the broadcast began; null where that is not known. */
  readonly startedAt: number | null
  /** The moments in question, margin included, merged and in order; none for a whole broadcast. */
  readonly moments: readonly Span[]
}

/** `marginMs` is added before and after each moment. Null where the log does not know the matter. */
export const selectLeaves = async (
  leaves: Leaves,
  matter: BundleMatter,
  marginMs: number,
): Promise<Selection | null> => {
  const ties = await tiesOf(leaves, matter)
  if (ties === null) return null
  const { startedAt, moments } = await momentsOf(leaves, ties, matter, marginMs)
  const selected: SelectedLeaf[] = []
  const comments = new Set<string>()
  for await (const { index, facts } of leaves()) {
    const isOn = ties.broadcast !== null && facts.subject === ties.broadcast
    const tied = isTied(facts, ties)
    const isWanted =
      tied ||
      (matter.kind === 'broadcast'
        ? isOn
        : isOn && (FRAME.has(facts.type) || isIn(facts, moments) || isRemoval(facts, comments)))
    if (!isWanted) continue
    // A whole broadcast is all scene: nobody in it is the one who asks.
    selected.push({ index, type: facts.type, isTied: tied && matter.kind !== 'broadcast' })
    if (facts.type === 'live.comment.posted') comments.add(textOf(facts.data['comment']) ?? '')
  }
  return { leaves: selected, broadcast: ties.broadcast, startedAt, moments }
}

/** What ties other events to the matter. */
type Ties = {
  readonly matter: BundleMatter
  broadcast: string | null
  readonly orders: Set<string>
  readonly products: Set<string>
  readonly coupons: Set<string>
}

/** Begin and end of the broadcast go with every part of it. */
const FRAME = new Set([
  'live.broadcast.announced',
  'live.broadcast.started',
  'live.broadcast.ended',
])

/** What was to be seen and heard in the moment. */
const SCENE = new Set([
  'live.segment.recorded',
  'live.recording.disturbed',
  'live.caption.spoken',
  'live.comment.posted',
  'live.comment.removed',
  'live.display.updated',
])

/** The terms on which something was for sale. */
const TERMS = new Set([
  'live.product.listed',
  'live.product.withdrawn',
  'live.price.set',
  'live.promise.made',
  'live.test.reported',
  'live.document.filed',
])

const tiesOf = async (leaves: Leaves, matter: BundleMatter): Promise<Ties | null> => {
  const ties: Ties = {
    matter,
    broadcast: matter.kind === 'broadcast' ? matter.id : null,
    orders: new Set(matter.kind === 'order' ? [matter.id] : []),
    products: new Set(),
    coupons: new Set(),
  }
  let isKnown = false
  if (matter.kind === 'complaint')
    for await (const { facts } of leaves()) {
      if (textOf(facts.data['complaint']) !== matter.id) continue
      isKnown = true
      if (facts.type !== 'live.complaint.lodged') continue
      const { order, product } = facts.data
      if (typeof order === 'string') ties.orders.add(order)
      if (typeof product === 'string') ties.products.add(product)
      ties.broadcast ??= facts.subject
    }
  for await (const { facts } of leaves()) {
    if (matter.kind === 'broadcast') {
      if (facts.subject !== matter.id) continue
      isKnown = true
      const { order } = facts.data
      if (typeof order === 'string') ties.orders.add(order)
    } else if (!ties.orders.has(textOf(facts.data['order']) ?? '')) continue
    if (matter.kind === 'order') isKnown = true
    if (facts.type === 'live.order.placed') learnOrder(facts, ties)
  }
  return isKnown ? ties : null
}

const learnOrder = ({ data, subject }: LeafFacts, ties: Ties): void => {
  ties.broadcast ??= subject
  for (const line of listOf(data['lines'])) {
    const product = isJsonObject(line) ? textOf(line['product']) : null
    if (product !== null) ties.products.add(product)
  }
  for (const discount of listOf(data['discounts'])) {
    const coupon = isJsonObject(discount) ? textOf(discount['coupon']) : null
    if (coupon !== null) ties.coupons.add(coupon)
  }
}

/** When the order was placed, and when a promise about its goods was made on air. */
const momentsOf = async (leaves: Leaves, ties: Ties, matter: BundleMatter, marginMs: number) => {
  let startedAt: number | null = null
  const spoken: number[] = []
  const points: number[] = []
  for await (const { facts } of leaves()) {
    const isOn = ties.broadcast !== null && facts.subject === ties.broadcast
    if (isOn && facts.type === 'live.broadcast.started') startedAt = facts.at
    if (facts.type === 'live.order.placed' && ties.orders.has(textOf(facts.data['order']) ?? ''))
      points.push(facts.at)
    if (isOn && facts.type === 'live.promise.made' && isTied(facts, ties)) {
      const { saidAt } = facts.data
      if (typeof saidAt === 'number') spoken.push(saidAt)
      else points.push(facts.at)
    }
  }
  if (startedAt !== null) for (const saidAt of spoken) points.push(startedAt + saidAt)
  const isWhole = matter.kind === 'broadcast'
  const spans = points.map((at) => ({ from: at - marginMs, until: at + marginMs }))
  return { startedAt, moments: isWhole ? [] : merged(spans) }
}

const merged = (spans: readonly Span[]): readonly Span[] => {
  const joined: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && span.from <= last.until)
      joined[joined.length - 1] = { ...last, until: Math.max(last.until, span.until) }
    else joined.push(span)
  }
  return joined
}

const isTied = ({ type, data }: LeafFacts, ties: Ties): boolean => {
  const { kind, id } = ties.matter
  if (kind === 'complaint' && (data['complaint'] === id || data['matter'] === id)) return true
  if (ties.orders.has(textOf(data['order']) ?? '')) return true
  if (ties.coupons.has(textOf(data['coupon']) ?? '') && type === 'live.coupon.issued') return true
  return TERMS.has(type) && ties.products.has(textOf(data['product']) ?? '')
}

const isIn = ({ type, at, data }: LeafFacts, moments: readonly Span[]): boolean => {
  if (!SCENE.has(type)) return false
  const { startsAt, durationMs } = data
  const from = typeof startsAt === 'string' ? parseTime(startsAt) : at
  const until = typeof durationMs === 'number' ? from + durationMs : from
  return moments.some((moment) => from <= moment.until && until >= moment.from)
}

/** A comment of the moment that was taken away later. */
const isRemoval = ({ type, data }: LeafFacts, comments: ReadonlySet<string>): boolean =>
  type === 'live.comment.removed' && comments.has(textOf(data['comment']) ?? '')

const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : null

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : []
