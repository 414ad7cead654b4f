/**
 * What the world is shown of a judged room: its figures, the counters of the page (verified where
 * that measure stands), how grave the gravest finding is, and why it is a key room.
 */
import type { Registered } from '../engine/live/register.ts'
import type { BroadcastAudit } from '../engine/report.ts'
import type { Counters, LiveFigures, MeasureView } from '../http/contract.ts'
import { keyTriggers, type KeyRooms } from '../law/key-rooms.ts'
import { HYPOTHESES, type Finding } from '../vocabulary/finding.ts'
import { placeOf, type DecidedOf } from './decided.ts'

export type Shown = {
  readonly audit: BroadcastAudit
  readonly decided: DecidedOf | undefined
  readonly known: Registered | undefined
  readonly keyRooms: KeyRooms
  readonly judgedAtMs: number
}

export const liveFiguresOf = (
  broadcast: string,
  { audit, decided, known, keyRooms, judgedAtMs }: Shown,
): LiveFigures => {
  const { startedAt, endedAt, vantage, figures, title, room, operator, currency } = audit
  const standing = [...(decided?.measures.values() ?? [])]
  const gravest = raisedIn(broadcast, audit.findings).reduce<Finding | null>(
    (most, one) => (most === null || one.weightBans > most.weightBans ? one : most),
    null,
  )
  return {
    broadcast,
    room,
    operator,
    title,
    currency,
    startedAt,
    endedAt,
    judgedAt: new Date(judgedAtMs).toISOString(),
    vantage,
    figures,
    counters: countersOf(audit, standing),
    risk: gravest?.weightBans ?? 0,
    gravest: gravest && {
      finding: gravest.finding,
      kind: gravest.kind,
      strength: gravest.strength,
      from: gravest.from,
    },
    keyTriggers: [
      ...keyTriggers(
        {
          viewers: figures.viewers.genuine?.estimate ?? null,
          salesFen: figures.sales.observed,
          violations: decided?.violations ?? 0,
          complaints: known?.complaints ?? 0,
          category: known?.category ?? '',
          hosts: [...(known?.hosts ?? [])],
        },
        keyRooms,
      ),
    ],
    measures: standing.map(placeOf),
  }
}

/**
 * Findings that are worth telling: supported, and led by a hypothesis that is not innocent. They are
 * named by what they say of whom: the times in an audit's own names move as more is known.
 */
export const raisedIn = (broadcast: string, findings: readonly Finding[]): readonly Finding[] =>
  findings
    .filter(
      ({ verdict, weightBans, hypotheses }) =>
        verdict === 'supported' && weightBans > 0 && !HYPOTHESES[hypotheses[0]!.name].innocent,
    )
    .map((finding) => {
      const name = [finding.kind, broadcast, finding.subject].join(':')
      return { ...finding, broadcast, finding: name }
    })

/** The verified figure where the measure stands; else what the page shows, or what was counted. */
const countersOf = ({ figures }: BroadcastAudit, standing: readonly MeasureView[]): Counters => {
  const counter = (of: 'viewers' | 'likes') => {
    const { displayed, observed, genuine } = figures[of]
    const isReplaced = standing.some((view) => view.name === 'verified-counter' && view.of === of)
    const isVerified = isReplaced && genuine?.estimate != null
    return {
      value: isVerified ? Math.round(genuine.estimate) : (displayed ?? observed),
      isVerified,
    }
  }
  return { viewers: counter('viewers'), likes: counter('likes') }
}
