/**
 * The audit: every detector weighs the evidence, judgement turns what they say into findings and
 * probabilities, and each figure is given three ways. Pure: equal evidence gives equal reports, to
 * the byte, in whatever order the events came.
 */
import { concentration } from '../detectors/orders/concentration.ts'
import {
  broadcastTotals,
  merchantFigures,
  type MerchantFigures,
  type SalesTotals,
} from '../detectors/orders/figures.ts'
import { groupRows } from '../detectors/orders/groups.ts'
import { amountOf, soldIn } from '../detectors/orders/money.ts'
import type { Signal, Suspicion } from '../detectors/detector.ts'
import type { Evidence, Room } from '../detectors/room.ts'
import { GenuineCount } from '../judgement/interval.ts'
import { judge } from '../judgement/judge.ts'
import { bitsOf, Scores, scoreRoom, suspectsOf, type RoomScores } from '../judgement/suspicions.ts'
import type { Policy } from '../law/policy.ts'
import type { Suspect } from '../vocabulary/finding.ts'
import { CROSS_DETECTORS, DETECTORS } from './detectors.ts'
import {
  commentsFigure,
  concurrentFigure,
  figure,
  highest,
  likesFigure,
  unknown,
  viewersFigure,
  viewsFigure,
} from './figures.ts'
import { gridOf, presenceOf } from './presence.ts'
import type {
  AuditReport,
  BroadcastAudit,
  InputSummary,
  MerchantAudit,
  Refused,
  SalesFigure,
} from './report.ts'
import { dwellOf, seriesOf } from './series.ts'
import { vantageOf } from './vantage.ts'

/** How many of those suspected a report names; the suspects file names all. */
const NAMED_IN_REPORT = 50

export type AuditOptions = {
  readonly version: string
  readonly policy: Policy
  /** The date of the audit, RFC 3339, when it was given: findings are dated by their events. */
  readonly at: string | null
  readonly inputs: readonly InputSummary[]
  readonly refusedByBroadcast: ReadonlyMap<string, readonly Refused[]>
}

export type Audit = { readonly report: AuditReport; readonly suspects: readonly Suspect[] }

export const audit = (evidence: Evidence, options: AuditOptions): Audit => {
  const rooms = [...evidence.rooms.values()].sort((x, y) => compare(x.broadcast, y.broadcast))
  const cross = CROSS_DETECTORS.flatMap((detector) => detector.weigh(evidence))
  const orderScores = scoreOrders(evidence, cross)
  const totals = broadcastTotals(evidence.orders, orderScores.probability)
  const ordersOf = ordersByRoom(evidence)
  const suspects: Suspect[] = []
  const broadcasts = rooms.map((room) => {
    const signals = [
      ...DETECTORS.flatMap((detector) => detector.weigh(room, evidence)),
      ...cross.filter((signal) => signal.broadcast === room.broadcast),
    ]
    const crowds = cross.flatMap((signal) => signal.suspicions)
    const scores = scoreRoom(room, [
      ...signals.flatMap((signal) =>
        signal.broadcast === undefined || cross.includes(signal) ? [] : signal.suspicions,
      ),
      ...crowds.filter((suspicion) => suspicion.broadcast === room.broadcast),
    ])
    const mine = suspectsIn(room, scores)
    for (const list of mine) suspects.push(...list)
    return broadcastAudit(
      room,
      evidence,
      signals,
      scores,
      ordersOf(room),
      orderScores,
      totals,
      mine,
      options,
    )
  })
  suspects.push(...suspectedOrders(evidence, orderScores))
  const merchants = merchantAudits(evidence, cross, options)
  for (const merchant of merchants)
    if (merchant.concentration.brushing)
      suspects.push(...merchant.concentration.suspects.map((id) => concentrated(id)))
  return {
    report: {
      assay: options.version,
      policy: { id: options.policy.pack, at: options.at },
      inputs: options.inputs,
      broadcasts,
      merchants,
      findings: cross
        .filter((signal) => signal.broadcast === undefined && !isMerchants(signal, merchants))
        .map((signal) => judge(signal, options.policy)),
    },
    suspects,
  }
}

const compare = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)

const broadcastAudit = (
  room: Room,
  evidence: Evidence,
  signals: readonly Signal[],
  scores: RoomScores,
  orderRows: Uint32Array,
  orderScores: Scores,
  totals: ReadonlyMap<string, SalesTotals>,
  mine: readonly Suspect[][],
  options: AuditOptions,
): BroadcastAudit => {
  const vantage = vantageOf(room)
  const grid = gridOf(room)
  const presence = presenceOf(room, scores, grid)
  const sales = salesFigures(room, evidence, orderRows, totals, orderScores)
  return {
    broadcast: room.broadcast,
    room: room.room,
    operator: room.operator,
    title: room.title,
    currency: room.currency,
    startedAt: instant(room.startedAt),
    endedAt: instant(room.endedAt),
    vantage,
    figures: {
      viewers: viewersFigure(room, scores, vantage, doubtful(signals)),
      views: viewsFigure(room, scores),
      concurrent: concurrentFigure(room, presence, vantage),
      likes: likesFigure(room, scores),
      comments: commentsFigure(room, scores),
      ...sales,
    },
    findings: signals
      .map((signal) => judge(signal, options.policy))
      .sort((x, y) => y.weightBans - x.weightBans || compare(x.finding, y.finding)),
    refused: options.refusedByBroadcast.get(room.broadcast) ?? [],
    series: seriesOf(room, scores, grid, presence, evidence.orders, orderRows),
    dwell: dwellOf(room, scores),
    contents: Object.fromEntries([...room.seen].sort(([x], [y]) => compare(x, y))),
    suspects: Object.fromEntries(
      mine
        .map((list) => list.filter((suspect) => suspect.probability >= 0.5))
        .filter((list) => list.length > 0)
        .map((list) => [
          list[0]!.kind,
          {
            count: list.length,
            first: list
              .slice(0, NAMED_IN_REPORT)
              .map(({ id, probability }) => ({ id, probability })),
          },
        ]),
    ),
  }
}

const ordersByRoom = ({ orders }: Evidence): ((room: Room) => Uint32Array) => {
  const { broadcast } = orders.columns
  const groups = groupRows(orders.length, orders.broadcasts.size, (row) => broadcast[row]! - 1)
  return (room) => {
    const number = orders.broadcasts.find(room.broadcast)
    return number === undefined
      ? new Uint32Array(0)
      : groups.rows.subarray(groups.starts[number]!, groups.starts[number + 1]!)
  }
}

const instant = (ms: number): string | null =>
  Number.isFinite(ms) ? new Date(ms).toISOString() : null

/** People whose arrival nobody could explain: they may or may not be an audience. */
const doubtful = (signals: readonly Signal[]): number =>
  signals
    .filter((signal) => signal.kind === 'undisclosed-boost' && signal.undetermined === true)
    .reduce((sum, signal) => sum + (signal.doubtful ?? 0), 0)

const suspectsIn = (room: Room, scores: RoomScores): Suspect[][] => [
  suspectsOf('view', scores.views, (row) => room.views.ids.nameOf(row), room.broadcast),
  suspectsOf('account', scores.accounts, (row) => room.accounts.ids.nameOf(row), room.broadcast),
  suspectsOf('comment', scores.comments, (row) => room.comments.ids.nameOf(row), room.broadcast),
  suspectsOf('like', scores.likes, (row) => room.likes.ids.nameOf(row), room.broadcast),
]

const scoreOrders = (evidence: Evidence, signals: readonly Signal[]): Scores => {
  const scores = new Scores(evidence.orders.length)
  const suspicions = signals.flatMap((signal): readonly Suspicion[] => signal.suspicions)
  for (const { kind, rows, probabilities, families } of suspicions) {
    if (kind !== 'order') continue
    for (let i = 0; i < rows.length; i += 1)
      scores.add(rows[i]!, probabilities[i]!, bitsOf(families))
  }
  return scores
}

const suspectedOrders = (evidence: Evidence, scores: Scores): Suspect[] => {
  const { orders } = evidence
  return suspectsOf('order', scores, (row) => orders.ids.nameOf(row), undefined).map((suspect) => {
    const row = orders.ids.find(suspect.id)!
    const number = orders.columns.broadcast[row]!
    return number === 0 ? suspect : { ...suspect, broadcast: orders.broadcasts.nameOf(number - 1) }
  })
}

/** The contest's rule names buyers without a probability: a rule of thumb, weighed as moderate. */
const concentrated = (id: string): Suspect => ({
  kind: 'account',
  id,
  probability: 0.5,
  weightBans: 1,
  families: ['transaction'],
})

const salesFigures = (
  room: Room,
  evidence: Evidence,
  rows: Uint32Array,
  totals: ReadonlyMap<string, SalesTotals>,
  scores: Scores,
): { orders: SalesFigure; sales: SalesFigure } => {
  const mine = totals.get(room.broadcast)
  const shown = { orders: highest(room, 'orders'), sales: highest(room, 'sales') }
  if (mine === undefined)
    return {
      orders: { ...unknown(shown.orders), filtered: null, net: null },
      sales: { ...unknown(shown.sales), filtered: null, net: null },
    }
  const orders = new GenuineCount()
  const sales = new GenuineCount()
  const isSold = soldIn(evidence.orders)
  for (const row of rows) {
    if (!isSold(row)) continue
    orders.add(1, scores.probability[row]!)
    sales.add(amountOf(evidence.orders, row), scores.probability[row]!)
  }
  const level = (name: 'orders' | 'sales') => ({
    filtered: mine.filtered?.[name] ?? null,
    net: mine.net[name],
  })
  return {
    orders: { ...figure(shown.orders, mine.gross.orders, orders.interval()), ...level('orders') },
    sales: { ...figure(shown.sales, mine.gross.sales, sales.interval()), ...level('sales') },
  }
}

const merchantAudits = (
  evidence: Evidence,
  cross: readonly Signal[],
  options: AuditOptions,
): MerchantAudit[] => {
  const { orders } = evidence
  const figures = merchantFigures(evidence)
  return concentration(orders)
    .map(({ merchant, ...rule }) => {
      const name = orders.merchants.nameOf(merchant)
      return {
        merchant: name,
        concentration: {
          brushing: rule.brushing,
          rate: rule.rate,
          from: rule.from === null ? null : instant(rule.from),
          until: rule.until === null ? null : instant(rule.until),
          suspects: rule.suspects,
        },
        figures: figuresOf(figures[merchant]!),
        findings: cross
          .filter((signal) => signal.broadcast === undefined && signal.subject === name)
          .map((signal) => judge(signal, options.policy)),
      }
    })
    .sort((x, y) => compare(x.merchant, y.merchant))
}

const isMerchants = (signal: Signal, merchants: readonly MerchantAudit[]) =>
  signal.kind !== 'paid-crowd' && merchants.some(({ merchant }) => merchant === signal.subject)

const figuresOf = ({ merchant: _, ...figures }: MerchantFigures): MerchantAudit['figures'] =>
  figures
