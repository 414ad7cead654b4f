/** "Too little to say anything", said as a signal: rivals named, none weighed, nobody suspected. */
import type { Sentence } from '../../language/sentence.ts'
import type { FindingKind, Hypothesis } from '../../vocabulary/finding.ts'
import type { Signal } from '../detector.ts'
import type { Room } from '../room.ts'

export const insufficient = (
  room: Room,
  kind: FindingKind,
  hypotheses: readonly [Hypothesis, Hypothesis, ...Hypothesis[]],
  summary: Sentence,
): Signal => ({
  kind,
  broadcast: room.broadcast,
  subject: room.broadcast,
  hypotheses: hypotheses.map((name) => ({ name, weightBans: 0 })),
  summary,
  reasons: [],
  insufficient: true,
  evidence: [],
  from: room.firstAt,
  until: room.lastAt,
  suspicions: [],
})
