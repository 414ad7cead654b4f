/** Rooms in which nobody did anything: nobody is accused, by figures or by words. */
import { expect, it } from 'vitest'
import { readPolicy } from '../../src/cli/policy-pack.ts'
import { readDesk } from '../../src/cli/words/desk.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import { SCENARIO_NAMES, SCENARIOS } from '../../src/simulator/scenarios.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { HYPOTHESES } from '../../src/vocabulary/finding.ts'

const policy = await readPolicy('cn')
const words = (await readDesk('cn', policy))!
const innocent = SCENARIO_NAMES.filter((name) => SCENARIOS[name].contamination === undefined)
/** Below it a finding is a note to a person. */
const WEAK_BANS = 1

const accusations = (scenario: (typeof SCENARIO_NAMES)[number], seed: number) => {
  const evidence = new Evidence()
  const intake = new Intake(evidence)
  intake.open(scenario, 'simulated')
  const { events } = simulateWhole({ scenario, seed, viewers: 500 })
  for (const [i, event] of events.entries()) intake.offer(event, i + 1)
  intake.end()
  const { report } = audit(evidence, {
    version: 'test',
    policy,
    at: null,
    inputs: [],
    refusedByBroadcast: new Map(),
    words,
  })
  return [report, ...report.broadcasts, ...report.merchants]
    .flatMap(({ findings }) => findings)
    .filter(
      ({ weightBans, hypotheses }) =>
        weightBans >= WEAK_BANS && !HYPOTHESES[hypotheses[0]!.name].innocent,
    )
    .map(({ kind, summary }) => `${kind}: ${summary.en}`)
}

it.each(innocent)('nobody is accused in %s', (scenario) => {
  for (const seed of [11, 12, 13, 14]) expect(accusations(scenario, seed)).toEqual([])
})
