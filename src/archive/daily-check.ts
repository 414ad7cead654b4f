/**
 * The daily look for replays that should be there and are not (scenarios S1-35, S1-44; M26-16,
 * OTM21-20b, LIVE16-16): every broadcast that was announced or held, against what lies in the store.
 * Pure.
 *
 * Innocent until shown otherwise: what was only announced may never have gone on air, what has just
 * ended may still be processed, and what was kept as long as the law asks may be gone.
 */
import type { Policy } from '../law/policy.ts'
import { provisionsFor } from '../law/provisions.ts'
import { say } from '../language/say.ts'
import { strengthOf, type Finding, type Reason } from '../vocabulary/finding.ts'
import { keptOf } from './due.ts'
import { endOfBroadcast, erasedKey, type BroadcastFacts, type Facts } from './facts.ts'
import { expiryOf } from './retention.ts'
import type { RetentionPolicy } from './retention-table.ts'

export type ReplayState =
  | 'stored'
  /** Ended, or due to begin, less than the grace ago. */
  | 'too-early'
  /** Kept as long as the law asks. */
  | 'expired'
  /** Pieces that the log names are not in the store. */
  | 'gone'
  /** Nothing was ever stored. */
  | 'absent'
  /** Some of it was never recorded and no disturbance explains it. */
  | 'incomplete'

export type ReplayCheck = {
  readonly broadcast: string
  readonly state: ReplayState
  /** Whether anything shows that it went on air; otherwise it was only announced. */
  readonly wasHeld: boolean
  readonly recorded: number
  readonly stored: number
  /** Complaints about it: a missing replay stays an open question in each of them (S1-44). */
  readonly complaints: readonly string[]
  readonly finding: Finding | null
}

export type CheckOptions = {
  readonly at: number
  readonly keyRooms: ReadonlySet<string>
  /** Whether the store holds the bytes with this digest, lower-case hexadecimal. */
  readonly isStored: (sha256: string) => boolean
  readonly graceMs?: number
}

/** A day for the recording to be finished: our choice, the law names none. */
const GRACE_MS = 86_400_000
/** Unrecorded time that needs no explanation: a slow start, a late goodbye. */
const SLACK_MS = 5 * 60_000
/**
 * At most one replay in a hundred comes later than the grace: 2 bans against "still processing".
 * That is also the most that one family of evidence supports.
 */
const ABSENT_BANS = 2

export const checkReplays = (
  facts: Facts,
  policy: RetentionPolicy,
  options: CheckOptions,
): ReplayCheck[] =>
  [...facts.broadcasts.values()].flatMap((broadcast) => {
    if (broadcast.form === 'picture-text') return []
    const wasHeld = broadcast.startedAt !== null || broadcast.firstLiveAt !== null
    if (!wasHeld && broadcast.scheduledAt === null) return []
    const segments = [...broadcast.segments.values()]
    const stored = segments.filter(({ sha256 }) => options.isStored(sha256.toLowerCase())).length
    const check = { wasHeld, recorded: segments.length, stored }
    const state = stateOf(broadcast, facts, policy, options, check)
    const isMissing = state === 'gone' || state === 'absent' || state === 'incomplete'
    const finding = isMissing ? missing(broadcast, state, check, policy.law, options.at) : null
    const complaints = complaintsAbout(broadcast, facts)
    return [{ broadcast: broadcast.broadcast, state, ...check, complaints, finding }]
  })

const complaintsAbout = ({ broadcast, orders }: BroadcastFacts, facts: Facts): string[] =>
  [...facts.complaints.values()]
    .filter(
      ({ lodged: { subject, data } }) =>
        subject === broadcast || (data.order !== undefined && orders.has(data.order)),
    )
    .map(({ complaint }) => complaint)

type Counted = Pick<ReplayCheck, 'wasHeld' | 'recorded' | 'stored'>

const stateOf = (
  broadcast: BroadcastFacts,
  facts: Facts,
  policy: RetentionPolicy,
  { at, keyRooms, graceMs = GRACE_MS }: CheckOptions,
  { wasHeld, recorded, stored }: Counted,
): ReplayState => {
  const end = wasHeld ? endOfBroadcast(broadcast, at) : broadcast.scheduledAt
  if (end === null || at < end + graceMs) return 'too-early'
  const group = { kind: 'video', broadcast: broadcast.broadcast, events: 0 } as const
  const kept = keptOf({ ...group, from: end, until: end }, facts, at, keyRooms)
  // The end of the broadcast alone: an order that completes later cannot bring back what went.
  const alone = { ...kept, clocks: { 'broadcast-end': end, 'transaction-completion': end } }
  const mayGoAt = expiryOf(alone, policy).at
  const erasedAt = facts.erased.get(erasedKey('video', broadcast.broadcast)) ?? null
  const isComplete = recorded > 0 && stored === recorded
  if (!isComplete && mayGoAt !== null && mayGoAt <= (erasedAt ?? at)) {
    const whole = expiryOf({ ...kept, clocks: { ...kept.clocks, 'broadcast-end': end } }, policy)
    if (erasedAt !== null || (whole.at !== null && whole.at <= at)) return 'expired'
  }
  if (recorded === 0) return 'absent'
  if (stored < recorded) return 'gone'
  return unexplainedMs(broadcast, end) > SLACK_MS ? 'incomplete' : 'stored'
}

/** Time on air that is neither recorded nor covered by a disturbance on file. */
const unexplainedMs = (broadcast: BroadcastFacts, end: number): number => {
  const from = broadcast.startedAt ?? broadcast.firstLiveAt ?? end
  let covered = 0
  for (const { durationMs } of broadcast.segments.values()) covered += durationMs
  for (const { data } of broadcast.disturbances) covered += data.durationMs ?? 0
  return end - from - covered
}

const missing = (
  broadcast: BroadcastFacts,
  state: 'gone' | 'absent' | 'incomplete',
  { wasHeld, recorded, stored }: Counted,
  law: Policy,
  at: number,
): Finding => {
  const name = broadcast.broadcast
  const from = broadcast.startedAt ?? broadcast.firstLiveAt ?? broadcast.scheduledAt ?? at
  // What was never recorded may have failed honestly; a person must look.
  const weightBans = wasHeld && state !== 'incomplete' ? ABSENT_BANS : 0
  const days = Math.floor((at - from) / 86_400_000)
  const reason: Reason = {
    family: 'content',
    text: say(`replay-missing.${state}`, { recorded, stored, days }),
    observed: stored,
    expected: { 'replay-not-kept': 0, 'still-processing': recorded },
    weightBans,
  }
  return {
    finding: ['replay-missing', name, name, from].join(':'),
    kind: 'replay-missing',
    broadcast: name,
    subject: name,
    hypotheses: [
      { name: 'replay-not-kept', weightBans },
      { name: 'still-processing', weightBans: 0 },
      ...(wasHeld ? [] : [{ name: 'never-held', weightBans: 0 } as const]),
      ...(state === 'incomplete' ? [{ name: 'partial-telemetry', weightBans: 0 } as const] : []),
    ],
    verdict: weightBans > 0 ? 'supported' : 'undetermined',
    weightBans,
    strength: strengthOf(weightBans),
    families: weightBans > 0 ? ['content'] : [],
    summary: say(wasHeld ? 'replay-missing.held' : 'replay-missing.announced', {
      broadcast: name,
      days,
    }),
    reasons: [reason],
    provisions: provisionsFor('replay-missing', from, law, broadcast.form),
    evidence: [broadcast.announcement, broadcast.start, ...eventsOf(broadcast)]
      .filter((id) => id !== null)
      .slice(0, 20),
    from: new Date(from).toISOString(),
    until: new Date(at).toISOString(),
  }
}

const eventsOf = (broadcast: BroadcastFacts): string[] =>
  [...broadcast.segments.values()].map(({ event }) => event)
