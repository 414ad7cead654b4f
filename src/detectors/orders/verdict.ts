/**
 * From the features of an affair to its signal: two guilty hypotheses weighed against the innocent
 * one and against each other, the reasons, what is missing, and the orders that are suspected.
 */
import { say } from '../../language/say.ts'
import type { Family, Hypotheses, Reason } from '../../vocabulary/finding.ts'
import type { Signal, Suspicion } from '../detector.ts'
import type { Affair, Cell } from './affair.ts'
import type { Feature, FeatureContext } from './contrast.ts'
import { featuresOf } from './features.ts'
import { nameIn, orderedAt } from './groups.ts'
import { ABSENT } from './marks.ts'
import { meanShare } from './refunds.ts'
import { SEEN } from './sightings.ts'
import { feeReasons, missingReason } from './statements.ts'
import type { Evidence } from '../room.ts'

/** Lead in bans at which one guilty hypothesis stands clear of the other. */
const CLEAR_LEAD = 1
/** Least weight at which a finding is made at all. */
const SOMETHING = 0.3
/** Least weight, from two families, at which single orders are named. */
const NAMES_ORDERS = 1
/** Least weight of a family that speaks: more than a shared address, or a reason left out. */
const SPEAKS = 0.5

/** Undefined where honest returns explain the affair. */
export const signalOf = (
  evidence: Evidence,
  context: FeatureContext,
  affair: Affair,
  repeats: readonly Feature[],
): Signal | undefined => {
  const { orders } = evidence
  const features = withoutOverlap([
    ...surge(evidence, affair),
    ...ring(affair),
    ...featuresOf(context, affair),
    ...repeats,
  ])
  const brushing = sum(features, 'brushingBans')
  const attack = sum(features, 'attackBans')
  const most = Math.max(brushing, attack)
  if (most < SOMETHING) return undefined
  const broadcast = nameIn(orders.broadcasts, orders.columns.broadcast[affair.rows[0]!]!)
  const families = speaking(features)
  const isUndetermined = Math.abs(brushing - attack) < CLEAR_LEAD || families.length < 2
  const suspected = Array.from(affair.rows.filter((_, i) => affair.suspected[i] === 1))
  const times = suspected.map((row) => orderedAt(orders, row)).filter((at) => !Number.isNaN(at))
  const counts = { suspected: suspected.length, orders: affair.rows.length }
  return {
    kind: 'order-anomaly',
    ...(broadcast === '' ? {} : { broadcast }),
    subject: broadcast || subjectOf(evidence, affair),
    hypotheses: inOrder(brushing, attack),
    summary: isUndetermined
      ? say('order.anomaly.undetermined', counts)
      : brushing > attack
        ? say('order.anomaly.brushing', counts)
        : say('order.anomaly.attack', counts),
    reasons: [
      ...features.map((feature) =>
        reasonOf(feature, attack > brushing ? 'attackBans' : 'brushingBans'),
      ),
      ...feeReasons(evidence, affair),
      ...missingReason(context, affair),
    ],
    undetermined: isUndetermined,
    evidence: suspected.slice(0, 20).map((row) => orders.ids.nameOf(row)),
    from: times.reduce((a, b) => Math.min(a, b), times[0] ?? 0),
    until: times.reduce((a, b) => Math.max(a, b), times[0] ?? 0),
    suspicions: suspicions(affair, families, most, broadcast),
  }
}

/** A refund share is never more than moderate evidence, however many merchants show it. */
const MOST_OF_SURGE = 1.9

/** The fullest cell speaks; further merchants with the same pattern add a little, not their sum. */
const surge = ({ orders }: Evidence, { cells, baseline }: Affair): Feature[] => {
  const surges = cells
    .filter((cell) => cell.surgeBans > 0)
    .sort((a, b) => b.surgeBans - a.surgeBans)
  const [top] = surges
  if (top === undefined) return []
  const total = sumCells(surges)
  const bans = Math.min(MOST_OF_SURGE, top.surgeBans + 0.25 * (surges.length - 1))
  return [
    {
      family: 'transaction',
      text: say('order.surge', {
        givenBack: total.givenBack,
        orders: total.orders,
        share: { percent: total.givenBack / total.orders },
        honest: { percent: meanShare(baseline) },
        merchants: surges.length,
        names: namesOf(orders, surges),
      }),
      observed: total.givenBack / total.orders,
      expected: { 'honest-returns': meanShare(baseline) },
      brushingBans: bans,
      attackBans: bans,
    },
  ]
}

/** States the ring; what its links weigh stands in their own features and is not counted twice. */
const ring = (affair: Affair): Feature[] => {
  const members = affair.ring.reduce((total, is) => total + is, 0)
  if (members === 0) return []
  return [
    {
      family: 'transaction',
      text: say('order.ring', { members, orders: affair.rows.length }),
      observed: members,
      expected: { 'honest-returns': 0 },
      brushingBans: 0,
      attackBans: 0,
    },
  ]
}

/**
 * Within one family features depend on each other: the strongest counts in full, further ones by
 * half, in what they weigh against honest returns. What speaks against a hypothesis, or for its
 * rival rather than it, counts in full. O(features²), a dozen at most.
 */
const withoutOverlap = (features: readonly Feature[]): Feature[] =>
  features.map((feature) => {
    const family = features.filter((other) => other.family === feature.family)
    const strongest = family.reduce((a, b) => (weight(b) > weight(a) ? b : a))
    const excess = feature === strongest ? 0 : Math.max(0, weight(feature)) / 2
    return {
      ...feature,
      brushingBans: feature.brushingBans - excess,
      attackBans: feature.attackBans - excess,
    }
  })

/** Against honest returns, for whichever guilty hypothesis it weighs more. */
const weight = ({ brushingBans, attackBans }: Feature): number => Math.max(brushingBans, attackBans)

/** Families of which one feature at least speaks for guilt. */
const speaking = (features: readonly Feature[]): Family[] => [
  ...new Set(features.filter((f) => weight(f) >= SPEAKS).map(({ family }) => family)),
]

type Side = 'brushingBans' | 'attackBans'

const sum = (features: readonly Feature[], side: Side): number =>
  features.reduce((total, feature) => total + feature[side], 0)

const inOrder = (brushing: number, attack: number): Hypotheses =>
  [
    { name: 'self-brushing', weightBans: brushing } as const,
    { name: 'third-party-attack', weightBans: attack } as const,
    { name: 'honest-returns', weightBans: 0 } as const,
  ].sort((a, b) => b.weightBans - a.weightBans)

/** A reason weighs for the guilty hypothesis that leads, so that the reasons add up to its weight. */
const reasonOf = (feature: Feature, side: Side): Reason => ({
  family: feature.family,
  text: feature.text,
  observed: feature.observed,
  expected: feature.expected,
  weightBans: feature[side],
})

/** Least weight of an order's own marks at which it is named: more than a shared address. */
const OWN_MARKS = 0.5

/** Before any evidence, one broadcast in ten that is looked into has staged orders. */
const PRIOR_ODDS = 0.1

/**
 * Names single orders only where the affair is guilty by two families, whoever did it, and where
 * the order's own marks say so: members of a ring, and orders of a surge with a mark of their own.
 * An order is staged as likely as the affair is, times what exceeds the honest share among the
 * orders with the same marks.
 */
const suspicions = (
  affair: Affair,
  families: readonly Family[],
  most: number,
  broadcast: string,
): Suspicion[] => {
  if (most < NAMES_ORDERS || families.length < 2) return []
  const odds = PRIOR_ODDS * 10 ** most
  const excess = excessOf(affair)
  const named: [row: number, probability: number][] = []
  for (let i = 0; i < affair.rows.length; i += 1) {
    if (affair.suspected[i] === 0 || affair.bans[i]! < OWN_MARKS) continue
    named.push([affair.rows[i]!, (odds / (1 + odds)) * excess(i)])
  }
  if (named.length === 0) return []
  return [
    {
      kind: 'order',
      ...(broadcast === '' ? {} : { broadcast }),
      families,
      rows: Uint32Array.from(named, ([row]) => row),
      probabilities: Float64Array.from(named, ([, probability]) => probability),
    },
  ]
}

/**
 * Of the suspected orders with the marks of order `i`, the share beyond what honest orders explain.
 * Honest buyers who carry the other marks are absent as often as those who carry none, so that
 * those of them who were seen tell how many were not; other marks are as rare as their weight says.
 */
const excessOf = ({ marks, bans, suspected, sighted, absentShare }: Affair) => {
  const suspectedOf = new Map<number, number>()
  const seenOf = new Map<number, number>()
  for (let i = 0; i < marks.length; i += 1) {
    const mark = marks[i]!
    if (suspected[i] === 1) suspectedOf.set(mark, (suspectedOf.get(mark) ?? 0) + 1)
    if (sighted[i] === SEEN) seenOf.set(mark, (seenOf.get(mark) ?? 0) + 1)
  }
  const absentOdds = absentShare / (1 - absentShare)
  return (i: number): number => {
    const mark = marks[i]!
    const seen = (seenOf.get(mark & ~ABSENT) ?? 0) + 1
    const honest = (mark & ABSENT) === 0 ? marks.length / 10 ** bans[i]! : seen * absentOdds
    return Math.max(0, 1 - honest / suspectedOf.get(mark)!)
  }
}

const sumCells = (cells: readonly Cell[]) =>
  cells.reduce(
    (total, cell) => ({
      givenBack: total.givenBack + cell.givenBack,
      orders: total.orders + cell.orders,
    }),
    { givenBack: 0, orders: 0 },
  )

/** Outside any broadcast: the host of the day, else its one merchant, as the place and not the doer. */
const subjectOf = ({ orders }: Evidence, { rows }: Affair): string =>
  nameIn(orders.hosts, orders.columns.host[rows[0]!]!) ||
  nameIn(orders.merchants, orders.columns.merchant[rows[0]!]!)

const namesOf = (orders: Evidence['orders'], cells: readonly Cell[]): string => {
  const names = cells.slice(0, 10).map((cell) => nameIn(orders.merchants, cell.merchant))
  return names.join(', ') + (cells.length > names.length ? ' …' : '')
}
