/**
 * A deletion that a hold forbids: refused, and raised as a finding (scenario S1-34: the playback of
 * the disputed day was deleted while the shop was "checking" it; M26-16, M26-21, ECL-62). Pure.
 *
 * Innocent until shown otherwise: a cleaning job, and somebody who was never told of the complaint,
 * destroy nothing. What weighs is who asked, and what they knew.
 */
import type { Policy } from '../law/policy.ts'
import { provisionsFor } from '../law/provisions.ts'
import { say } from '../language/say.ts'
import { strengthOf, type Family, type Finding, type Reason } from '../vocabulary/finding.ts'
import { parseTime } from '../vocabulary/time.ts'
import type { Facts } from './facts.ts'

export type Attempt = {
  /** Who asked for the deletion: the id of a party or a role, in clear as in every `by` of an event. */
  readonly by: string
  /** The broadcast that was to be deleted; `persons` for people, who are not named. */
  readonly subject: string
  readonly broadcast?: string
  /** ms. */
  readonly at: number
  /** A retention job, as opposed to somebody's wish. */
  readonly isAutomatic: boolean
  /** Holds that forbid it; at least one. */
  readonly holds: readonly string[]
}

/** Ten times likelier that the party complained against wants to destroy than that anybody does. */
const PARTY_BANS = 1
/** Whoever has answered the complaint knew that the material was in dispute. */
const KNEW_BANS = 1
/** A job that runs every night deletes what it is told to. */
const ROUTINE_BANS = -2

export const deletionUnderHold = (attempt: Attempt, facts: Facts, law: Policy): Finding => {
  const reasons = reasonsOf(attempt, facts)
  const weightBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  const families = [...new Set(reasons.filter(weighs).map(({ family }): Family => family))]
  const hold = facts.holds.get(attempt.holds[0]!)
  const from = hold?.placedAt ?? attempt.at
  const matter = hold?.matter ?? attempt.holds[0]!
  const complaint = facts.complaints.get(matter)
  return {
    finding: [
      'deletion-under-hold',
      attempt.broadcast ?? 'audit',
      attempt.subject,
      attempt.at,
    ].join(':'),
    kind: 'deletion-under-hold',
    ...(attempt.broadcast !== undefined && { broadcast: attempt.broadcast }),
    subject: attempt.subject,
    hypotheses: [
      { name: 'evidence-destruction' as const, weightBans },
      { name: 'routine-deletion' as const, weightBans: 0 },
    ].sort((x, y) => y.weightBans - x.weightBans),
    verdict: weightBans > 0 ? 'supported' : 'undetermined',
    weightBans,
    strength: strengthOf(weightBans),
    families,
    summary: say('deletion-under-hold.summary', {
      subject: attempt.broadcast ?? { term: say('deletion-under-hold.persons') },
      matter,
      after: { ms: attempt.at - from },
    }),
    reasons,
    provisions: provisionsFor('deletion-under-hold', attempt.at, law),
    evidence: complaint === undefined ? [] : [complaint.lodged.id],
    from: new Date(from).toISOString(),
    until: new Date(attempt.at).toISOString(),
  }
}

const weighs = ({ weightBans }: Reason) => weightBans > 0

const reasonsOf = (attempt: Attempt, facts: Facts): Reason[] => {
  if (attempt.isAutomatic)
    return [
      {
        family: 'behaviour',
        text: say('deletion-under-hold.routine'),
        observed: 'automatic',
        expected: { 'evidence-destruction': 'by hand', 'routine-deletion': 'automatic' },
        weightBans: ROUTINE_BANS,
      },
    ]
  const complaints = attempt.holds.flatMap(
    (hold) => facts.complaints.get(facts.holds.get(hold)?.matter ?? '') ?? [],
  )
  const against = complaints.find(({ lodged }) => lodged.data.against === attempt.by)
  const answer = complaints
    .flatMap(({ answers, lodged }) =>
      answers.map((given) => ({ ...given, afterMs: given.at - parseTime(lodged.time) })),
    )
    .find(({ by, at }) => by === attempt.by && at <= attempt.at)
  const reasons: Reason[] = [
    {
      family: 'public',
      text: say('deletion-under-hold.held', { holds: attempt.holds.length, by: attempt.by }),
      observed: attempt.holds.length,
      // A hold lies as much in the way of a routine as of a wish.
      expected: {},
      weightBans: 0,
    },
  ]
  if (against !== undefined)
    reasons.push({
      family: 'account',
      text: say('deletion-under-hold.party'),
      observed: 'party',
      expected: { 'evidence-destruction': 'party', 'routine-deletion': 'anybody' },
      weightBans: PARTY_BANS,
    })
  if (answer !== undefined)
    reasons.push({
      family: 'behaviour',
      text: say('deletion-under-hold.knew', { after: { ms: answer.afterMs } }),
      observed: 'answered',
      expected: { 'evidence-destruction': 'answered', 'routine-deletion': 'unaware' },
      weightBans: KNEW_BANS,
    })
  return reasons
}
