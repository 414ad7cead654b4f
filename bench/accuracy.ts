/**
 * Accuracy on our own simulator, by scenario: `npm run accuracy -- [--seeds N] [--viewers N]
 * [--scenario NAME,…] [--write]`. Prints a Markdown table; with `--write` it goes into
 * docs/accuracy.md. The simulator shares neither code nor constants with the detectors, and still
 * this is our own simulator: docs/accuracy.md says what that is worth.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Evidence } from '../src/detectors/room.ts'
import { audit } from '../src/engine/audit.ts'
import { Intake } from '../src/engine/intake.ts'
import type { AuditReport } from '../src/engine/report.ts'
import { intervals } from '../src/evaluation/coverage.ts'
import { evaluate, type Run } from '../src/evaluation/evaluate.ts'
import { KINDS } from '../src/evaluation/lines.ts'
import { Comparison } from '../src/evaluation/sample.ts'
import { readPolicy } from '../src/cli/policy-pack.ts'
import { readDesk } from '../src/cli/words/desk.ts'
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../src/simulator/scenarios.ts'
import { simulateWhole } from '../src/simulator/simulate.ts'
import { HYPOTHESES } from '../src/vocabulary/finding.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    viewers: { type: 'string', default: '1500' },
    scenario: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const seeds = Number(values.seeds)
const viewers = Number(values.viewers)
const names = (values.scenario?.split(',') ?? SCENARIO_NAMES) as readonly ScenarioName[]
const policy = await readPolicy('cn')
const words = (await readDesk('cn', policy))!

const once = (scenario: ScenarioName, seed: number) => {
  const { events, truth, outcome } = simulateWhole({ scenario, seed, viewers })
  const evidence = new Evidence()
  const intake = new Intake(evidence)
  intake.open(scenario, 'simulated')
  events.forEach((event, i) => intake.offer(event, i + 1))
  intake.end()
  const { report, suspects } = audit(evidence, {
    version: 'bench',
    policy,
    at: null,
    inputs: [],
    refusedByBroadcast: new Map(),
    words,
  })
  const comparison = new Comparison()
  for (const line of truth) comparison.learn(line)
  for (const line of suspects) comparison.suspect(line)
  const { known, withheld } = intervals(report, outcome)
  const run: Run = {
    run: `${scenario}-${seed}`,
    scenario,
    samples: Object.fromEntries(
      KINDS.map((kind) => [kind, comparison.sample(kind)!]),
    ) as Run['samples'],
    figures: { known, withheld },
  }
  return { run, accused: accusations(report), contamination: outcome.contamination }
}

/** Kinds of findings above *weak* whose leading hypothesis is guilty. */
const accusations = (report: AuditReport): string[] =>
  [
    ...report.findings,
    ...report.broadcasts.flatMap(({ findings }) => findings),
    ...report.merchants.flatMap(({ findings }) => findings),
  ]
    .filter(
      ({ weightBans, hypotheses }) => weightBans >= 1 && !HYPOTHESES[hypotheses[0]!.name].innocent,
    )
    .map(({ kind }) => kind)

const shown = (value: number | null) =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(3)

type Outcome = ReturnType<typeof once>

const rowOf = (name: string, guilty: boolean, outcomes: readonly Outcome[]): string => {
  const runs = outcomes.map(({ run }) => run)
  const accused = new Map<string, number>()
  for (const outcome of outcomes)
    for (const kind of new Set(outcome.accused)) accused.set(kind, (accused.get(kind) ?? 0) + 1)
  const { pooled } = evaluate(runs)
  const scores = KINDS.filter((kind) => pooled.kinds[kind].positives > 0).map((kind) => {
    const m = pooled.kinds[kind]
    return `${kind} ${shown(m.precision)} / ${shown(m.recall)} / ${shown(m.f1)} / ${shown(m.auc)} / ${shown(m.cllr)}`
  })
  const known = runs.flatMap((run) =>
    run.figures!.known.filter(({ figure }) => figure === 'viewers'),
  )
  return `| ${name} | ${guilty ? 'guilty' : 'innocent'} | ${outcomes.filter((o) => o.accused.length > 0).length} of ${runs.length} | ${[...accused].map(([kind, n]) => `${kind} ${n}`).join(', ') || '–'} | ${scores.join('<br>') || '–'} | ${known.filter(({ covered }) => covered).length} of ${known.length} |`
}

const rows: string[] = []
for (const scenario of names) {
  const outcomes: Outcome[] = []
  for (let seed = Number(values.first); seed < Number(values.first) + seeds; seed += 1)
    outcomes.push(once(scenario, seed))
  const guilty = SCENARIOS[scenario].contamination !== undefined
  rows.push(rowOf(`\`${scenario}\``, guilty, outcomes))
  if (scenario === 'bought-views')
    rows.push(
      rowOf(
        '`bought-views` from 10 %',
        guilty,
        outcomes.filter(({ contamination }) => contamination! >= 0.1),
      ),
    )
  process.stderr.write(`${rows.at(-1)!}\n`)
}
const table = [
  '| scenario | | runs with a finding above weak | of which kinds | precision / recall / F1 / AUC / Cllr | viewers’ interval covers |',
  '| --- | --- | --- | --- | --- | --- |',
  ...rows,
].join('\n')
process.stdout.write(`${table}\n`)
if (values.write) {
  const path = new URL('../docs/accuracy.md', import.meta.url)
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replace(/<!-- table -->[\s\S]*<!-- end -->/, `<!-- table -->\n\n${table}\n\n<!-- end -->`),
  )
}
