/** The evaluation of one run or of several together: measures by kind of item, and coverage. */
import { coverage, type Coverage, type Covered } from './coverage.ts'
import { KINDS, type Kind } from './lines.ts'
import { CAP_BANS, measure, SILENT_BANS, type Measures } from './measures.ts'
import { pool, type Sample } from './sample.ts'

/** One simulation and its audit. */
export type Run = {
  readonly run: string
  /** From scenario.json, where there is one. */
  readonly scenario: string | null
  readonly samples: Readonly<Record<Kind, Sample>>
  readonly figures: { readonly known: readonly Covered[]; readonly withheld: number } | null
}

export type Scores = {
  readonly kinds: Readonly<Record<Kind, Measures>>
  readonly coverage: Coverage | null
}

/** What `assay evaluate --json` prints. */
export type Evaluation = {
  readonly cllr: {
    readonly from: 'weightBans'
    readonly capBans: number
    readonly silentBans: number
  }
  readonly pooled: Scores
  readonly runs: readonly (Scores & {
    readonly run: string
    readonly scenario: string | null
    readonly figures: readonly Covered[]
  })[]
}

export const evaluate = (runs: readonly Run[]): Evaluation => ({
  cllr: { from: 'weightBans', capBans: CAP_BANS, silentBans: SILENT_BANS },
  pooled: scores(runs),
  runs: runs.map((run) => ({
    run: run.run,
    scenario: run.scenario,
    ...scores([run]),
    figures: run.figures?.known ?? [],
  })),
})

const scores = (runs: readonly Run[]): Scores => {
  const kinds = Object.fromEntries(
    KINDS.map((kind) => [kind, measure(pool(runs.map(({ samples }) => samples[kind])))]),
  ) as Record<Kind, Measures>
  const known = runs.flatMap(({ figures }) => figures?.known ?? [])
  const withheld = runs.reduce((sum, { figures }) => sum + (figures?.withheld ?? 0), 0)
  return { kinds, coverage: known.length + withheld === 0 ? null : coverage(known, withheld) }
}
