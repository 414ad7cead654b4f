/**
 * Promises are weighed apart from the rooms, because their search can be long and looks beyond one room
 * (src/service/prices): their findings are put among the others of their room as an audit has them.
 */
import type { Signal } from '../../detectors/detector.ts'
import { judge } from '../../judgement/judge.ts'
import type { Form, Policy } from '../../law/policy.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import { byWeight } from '../audit.ts'
import type { BroadcastAudit } from '../report.ts'

export const isOfPromise = ({ kind }: Finding): boolean => kind === 'promise-broken'

/** @param form of the room; undefined where it has not begun */
export const promiseFindings = (
  signals: readonly Signal[],
  policy: Policy,
  form: Form | undefined,
): readonly Finding[] => signals.map((signal) => judge(signal, policy, form))

/** In place of those that stand there of promises. */
export const withPromises = (
  audit: BroadcastAudit,
  findings: readonly Finding[],
): BroadcastAudit => ({
  ...audit,
  findings: [...audit.findings.filter((one) => !isOfPromise(one)), ...findings].sort(byWeight),
})
