/**
 * Price-drop routines (scenarios S1-5 to S1-9): each sign says what was filed when, what was said,
 * and how sure that is. None of them is a penalty; `undetermined` and `honest-mistake` are answers.
 */
import type { AssayEvent } from '../vocabulary/index.ts'
import { mistakesOf, type Mistake } from './scripts/planned-mistakes.ts'
import { plannedConcessions, type PlannedConcession } from './scripts/planned-concessions.ts'
import { SCRIPT_POLICY, type ScriptPolicy } from './scripts/policy.ts'
import { shownSales, type ShownSales } from './scripts/shown-sales.ts'
import { stagedConflicts, type StagedConflict } from './scripts/staged-conflict.ts'
import { stagingOf } from './scripts/stage.ts'

export type ScriptSign = PlannedConcession | StagedConflict | Mistake | ShownSales

/** Every sign in the order of the broadcasts; repeated events change nothing. */
export const scriptSigns = (
  events: Iterable<AssayEvent>,
  policy: ScriptPolicy = SCRIPT_POLICY,
): readonly ScriptSign[] => {
  const staging = stagingOf(events)
  return [
    ...staging.stages.flatMap((stage) => [
      ...plannedConcessions(stage, staging, policy),
      ...mistakesOf(stage, staging, policy),
      ...shownSales(stage, staging, policy),
    ]),
    ...stagedConflicts(staging, policy),
  ]
}
