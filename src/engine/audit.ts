/**
 * The audit: every detector weighs the evidence, judgement turns what they say into findings and
 * probabilities, and each figure is given three ways. Pure: equal evidence gives equal reports, to
 * the byte, in whatever order the events came.
 */
import { concentration } from '../detectors/orders/concentration.ts'
import { broadcastTotals, merchantFigures, type SalesTotals } from '../detectors/orders/figures.ts'
import type { Signal } from '../detectors/detector.ts'
import type { Evidence, Room } from '../detectors/room.ts'
import { judge } from '../judgement/judge.ts'
import { scoreRoom, type RoomScores, type Scores } from '../judgement/suspicions.ts'
import { costOf, type Counterfeit } from '../law/market.ts'
import type { Policy } from '../law/policy.ts'
import type { Figure, Finding, Suspect } from '../vocabulary/finding.ts'
import { CROSS_DETECTORS, DETECTORS } from './detectors.ts'
import {
  commentsFigure,
  concurrentFigure,
  likesFigure,
  viewersFigure,
  viewsFigure,
} from './figures.ts'
import { gridOf, presenceOf } from './presence.ts'
import { weighPrices } from './prices.ts'
import type { AuditReport, BroadcastAudit, InputSummary, MerchantAudit, Refused } from './report.ts'
import { ordersByRoom, salesFigures } from './sales.ts'
import { dwellOf, seriesOf } from './series.ts'
import { scoreOrders, suspectedBuyers, suspectedOrders, suspectsIn } from './suspects.ts'
import { vantageOf } from './vantage.ts'
import { weighFiles, weighWords, type WordDesk } from './words.ts'

/** How many of those suspected a report names; the suspects file names all. */
const NAMED_IN_REPORT = 50

export type AuditOptions = {
  readonly version: string
  readonly policy: Policy
  /** The date of the audit, RFC 3339, when it was given: findings are dated by their events. */
  readonly at: string | null
  readonly inputs: readonly InputSummary[]
  readonly refusedByBroadcast: ReadonlyMap<string, readonly Refused[]>
  /** Word lists and tables; without them words are not weighed. */
  readonly words?: WordDesk
}

export type Audit = { readonly report: AuditReport; readonly suspects: readonly Suspect[] }

export const audit = (evidence: Evidence, options: AuditOptions): Audit => {
  const rooms = [...evidence.rooms.values()].sort((x, y) => compare(x.broadcast, y.broadcast))
  const cross = weighCross(evidence, options.words)
  const audits = rooms.map((room) => auditRoom(room, evidence, cross, options))
  const merchants = merchantAudits(evidence, cross.signals, options)
  return {
    report: {
      assay: options.version,
      policy: { id: options.policy.pack, at: options.at },
      inputs: options.inputs,
      broadcasts: audits.map(({ broadcast }) => broadcast),
      merchants,
      findings: cross.signals
        .filter((signal) => signal.broadcast === undefined && !isMerchants(signal, merchants))
        .map((signal) => judge(signal, options.policy)),
    },
    suspects: [
      ...audits.flatMap(({ suspects }) => suspects.flat()),
      ...suspectedOrders(evidence, cross.orderScores),
    ],
  }
}

/** What is weighed over all broadcasts and orders at once, and every broadcast's audit leans on. */
export type Cross = {
  readonly signals: readonly Signal[]
  readonly orderScores: Scores
  readonly totals: ReadonlyMap<string, SalesTotals>
  readonly ordersOf: (room: Room) => Uint32Array
}

export const weighCross = (evidence: Evidence, desk: AuditOptions['words']): Cross => {
  const signals = [
    ...CROSS_DETECTORS.flatMap((detector) => detector.weigh(evidence)),
    ...(desk === undefined ? [] : weighFiles(evidence, desk)),
    ...weighPrices(evidence),
  ]
  const orderScores = scoreOrders(evidence, signals)
  return {
    signals,
    orderScores,
    totals: broadcastTotals(evidence.orders, orderScores.probability),
    ordersOf: ordersByRoom(evidence),
  }
}

/** The audit of one broadcast: what a beat of the live service asks for. */
export const auditRoom = (
  room: Room,
  evidence: Evidence,
  cross: Cross,
  options: AuditOptions,
): { readonly broadcast: BroadcastAudit; readonly suspects: readonly Suspect[][] } => {
  const own = DETECTORS.flatMap((detector) => detector.weigh(room, evidence))
  const rows = cross.ordersOf(room)
  const { words: desk, policy } = options
  const signals = [
    ...own,
    ...cross.signals.filter((signal) => signal.broadcast === room.broadcast),
    ...(desk === undefined ? [] : weighWords(room, evidence, rows, desk, policy)),
  ]
  const scores = scoreRoom(room, [
    ...own.flatMap((signal) => signal.suspicions),
    ...cross.signals
      .flatMap((signal) => signal.suspicions)
      .filter((suspicion) => suspicion.broadcast === room.broadcast),
    suspectedBuyers(room, evidence, rows, cross.orderScores),
  ])
  const suspects = suspectsIn(room, scores)
  return {
    broadcast: broadcastAudit(room, evidence, signals, scores, rows, cross, suspects, options),
    suspects,
  }
}

/** The order of findings in a report. */
export const byWeight = (x: Finding, y: Finding): number =>
  y.weightBans - x.weightBans || compare(x.finding, y.finding)

const compare = (x: string, y: string) => (x < y ? -1 : x > y ? 1 : 0)

const broadcastAudit = (
  room: Room,
  evidence: Evidence,
  signals: readonly Signal[],
  scores: RoomScores,
  orderRows: Uint32Array,
  { totals, orderScores }: Cross,
  mine: readonly Suspect[][],
  options: AuditOptions,
): BroadcastAudit => {
  const vantage = vantageOf(room)
  const grid = gridOf(room)
  const presence = presenceOf(room, scores, grid)
  const viewers = viewersFigure(room, scores, vantage, doubtful(room, signals, scores))
  const likes = likesFigure(room, scores, vantage)
  const sales = salesFigures(room, evidence, orderRows, totals, orderScores, vantage)
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
      viewers,
      views: viewsFigure(room, scores),
      concurrent: concurrentFigure(room, presence, vantage),
      likes,
      comments: commentsFigure(room, scores),
      ...sales,
    },
    market: marketOf(options.policy, { viewers, likes }),
    findings: signals.map((signal) => judge(signal, options.policy, room.form)).sort(byWeight),
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

/** The water of each figure at the prices of the pack; nothing where there is next to no water. */
const marketOf = (
  { market }: Policy,
  figures: Readonly<Record<Counterfeit, Figure>>,
): BroadcastAudit['market'] => {
  if (market === null) return []
  const whats: readonly Counterfeit[] = ['viewers', 'likes']
  return whats.flatMap((what) => {
    const { displayed, observed, genuine } = figures[what]
    const shown = Math.max(displayed ?? 0, observed ?? 0)
    if (genuine === null || genuine.high >= shown * 0.9) return []
    const count = shown - (genuine.estimate ?? genuine.high)
    return [{ what, count, ...costOf(market, what, count), currency: market.currency }]
  })
}

const instant = (ms: number): string | null =>
  Number.isFinite(ms) ? new Date(ms).toISOString() : null

/**
 * People whose arrival nobody could explain: they may or may not be an audience. Whoever of them is
 * suspected anyway is not doubted twice.
 */
const doubtful = (room: Room, signals: readonly Signal[], scores: RoomScores): number => {
  const { startAt } = room.views.columns
  let sum = 0
  for (const { undetermined, doubtful: people = 0, from, until } of signals) {
    if (undetermined !== true || people === 0) continue
    let [came, genuine] = [0, 0]
    for (let row = 0; row < room.views.length; row += 1) {
      if (!(startAt[row]! >= from && startAt[row]! <= until)) continue
      came += 1
      genuine += 1 - scores.views.probability[row]!
    }
    sum += came === 0 ? people : (people * genuine) / came
  }
  return sum
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
        figures: figures[merchant]!,
        findings: cross
          .filter((signal) => signal.broadcast === undefined && signal.subject === name)
          .map((signal) => judge(signal, options.policy)),
      }
    })
    .sort((x, y) => compare(x.merchant, y.merchant))
}

const isMerchants = (signal: Signal, merchants: readonly MerchantAudit[]) =>
  signal.kind !== 'paid-crowd' && merchants.some(({ merchant }) => merchant === signal.subject)
