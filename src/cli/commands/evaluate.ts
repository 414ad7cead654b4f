/**
 * `assay evaluate`: suspicions against the truth of a simulation, of one run or of a folder of runs.
 * A run is a folder with suspects.ndjson and truth.ndjson, and audit.json and scenario.json where
 * the intervals are to be checked too.
 */
import { createReadStream } from 'node:fs'
import { access, readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { intervals } from '../../evaluation/coverage.ts'
import { evaluate, type Evaluation, type Run, type Scores } from '../../evaluation/evaluate.ts'
import { KINDS, readSuspect, readTruth, type Kind, type Misread } from '../../evaluation/lines.ts'
import { Comparison, type Sample } from '../../evaluation/sample.ts'
import { say } from '../../language/say.ts'
import type { Language } from '../../language/sentence.ts'
import { UsageError, type Command } from '../command.ts'

export const evaluateCommand: Command = {
  name: 'evaluate',
  summary: say('evaluate.summary'),
  help: say('evaluate.help'),
  run: async (args, io) => {
    const { path, truth, json } = read(args)
    const places = (await stat(path).catch(() => missing(path))).isDirectory()
      ? await runsIn(path, truth)
      : [{ run: basename(dirname(path)) || path, suspects: path, truth: truth ?? noTruth() }]
    const runs: Run[] = []
    for (const place of places) {
      if (places.length > 1)
        io.err(`${say('evaluate.progress', { run: place.run })[io.language]}\n`)
      runs.push(await readRun(place, io.signal))
    }
    const evaluation = evaluate(runs)
    io.out(json ? `${JSON.stringify(evaluation, null, 2)}\n` : table(evaluation, io.language))
    return 0
  },
}

const read = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { truth: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const [path, ...more] = positionals
    if (path === undefined || more.length > 0) throw new UsageError(say('evaluate.one-path'))
    return { path, ...values }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(say('simulate.bad-option', { reason: messageOf(error) }))
  }
}

const missing = (path: string): never => {
  throw new UsageError(say('evaluate.missing', { path }))
}

const noTruth = (): never => {
  throw new UsageError(say('evaluate.no-truth'))
}

type Place = { readonly run: string; readonly suspects: string; readonly truth: string }

const runsIn = async (dir: string, truth: string | undefined): Promise<readonly Place[]> => {
  const entries = await readdir(dir, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name))
  const places: Place[] = []
  for (const folder of [dir, ...folders.sort()]) {
    const suspects = join(folder, 'suspects.ndjson')
    if (await exists(suspects))
      places.push({
        run: basename(folder),
        suspects,
        truth: folder === dir && truth !== undefined ? truth : join(folder, 'truth.ndjson'),
      })
  }
  if (places.length === 0) throw new UsageError(say('evaluate.no-runs', { path: dir }))
  if (truth !== undefined && (places.length > 1 || places[0]!.truth !== truth))
    throw new UsageError(say('evaluate.own-truth', { path: dir }))
  return places
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const readRun = async (place: Place, signal: AbortSignal): Promise<Run> => {
  const comparison = new Comparison()
  await eachLine(place.truth, signal, readTruth, (line) => {
    comparison.learn(line)
  })
  await eachLine(place.suspects, signal, readSuspect, (line) => {
    comparison.suspect(line)
  })
  const samples = Object.fromEntries(
    KINDS.map((kind) => {
      const sample = comparison.sample(kind)
      if (sample !== undefined) return [kind, sample]
      throw new UsageError(
        say('evaluate.strangers', { kind, path: place.suspects, truth: place.truth }),
      )
    }),
  ) as Record<Kind, Sample>
  const auditPath = join(dirname(place.suspects), 'audit.json')
  const scenarioPath = join(dirname(place.truth), 'scenario.json')
  const scenario = (await exists(scenarioPath)) ? await readJson(scenarioPath) : undefined
  const audit = (await exists(auditPath)) ? await readJson(auditPath) : undefined
  return {
    run: place.run,
    scenario: nameOf(scenario),
    samples,
    figures:
      audit === undefined || scenario === undefined ? null : figures(audit, scenario, auditPath),
  }
}

const figures = (audit: unknown, scenario: unknown, path: string): Run['figures'] => {
  try {
    return intervals(audit, scenario)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(say('evaluate.bad-json', { path, field: error.message }))
  }
}

const nameOf = (scenario: unknown): string | null =>
  typeof scenario === 'object' &&
  scenario !== null &&
  'scenario' in scenario &&
  typeof scenario.scenario === 'string'
    ? scenario.scenario
    : null

const eachLine = async <T extends object>(
  path: string,
  signal: AbortSignal,
  understand: (text: string) => T | Misread,
  take: (line: T) => void,
): Promise<void> => {
  if (!(await exists(path))) missing(path)
  let number = 0
  const lines = createInterface({ input: createReadStream(path, { signal }), crlfDelay: Infinity })
  for await (const text of lines) {
    number += 1
    if (text === '') continue
    const line = understand(text)
    if ('field' in line)
      throw new UsageError(
        line.field === ''
          ? say('evaluate.not-json', { path, line: String(number) })
          : say('evaluate.bad-line', { path, line: String(number), field: line.field }),
      )
    take(line)
  }
}

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown
  } catch (error) {
    throw new UsageError(say('evaluate.unreadable', { path, reason: messageOf(error) }))
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

const HEADINGS = [
  'run',
  'kind',
  'items',
  'false',
  'hits',
  'alarms',
  'precision',
  'recall',
  'f1',
  'auc',
  'cllr',
] as const

/** Pooled rows first, then each run; kinds with nothing to say of are left out. */
const table = ({ pooled, runs, cllr }: Evaluation, language: Language): string => {
  const rows = [HEADINGS.map((heading) => say(`evaluate.column.${heading}`)[language])]
  const add = (run: string, { kinds }: Scores): void => {
    for (const kind of KINDS) {
      const { items, positives, hits, falseAlarms, precision, recall, f1, auc, cllr } = kinds[kind]
      if (items === 0) continue
      const counts = [items, positives, hits, falseAlarms].map(String)
      const measures = [precision, recall, f1, auc, cllr].map((value) => value?.toFixed(3) ?? '–')
      rows.push([run, say(`evaluate.kind.${kind}`)[language], ...counts, ...measures])
    }
  }
  if (runs.length > 1) add(say('evaluate.pooled')[language], pooled)
  for (const run of runs) add(run.run, run)
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => width(row[column]!))))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, column > 1))
      .join('  ')
      .trimEnd(),
  )
  if (pooled.coverage !== null) {
    const { intervals, covered, share, withheld, medianError } = pooled.coverage
    const values = {
      intervals,
      covered,
      withheld,
      share: percent(share),
      error: percent(medianError),
    }
    lines.push('', say('evaluate.coverage', values)[language])
  }
  const { capBans, silentBans } = cllr
  lines.push('', say('evaluate.note', { cap: capBans, silent: String(silentBans) })[language])
  return `${lines.join('\n')}\n`
}

const percent = (share: number | null) => (share === null ? '–' : { percent: share })

/** Chinese characters are two columns wide. */
const width = (text: string): number => {
  let columns = 0
  for (const character of text) columns += /[\u2E80-\u9FFF\uFF00-\uFFEF]/.test(character) ? 2 : 1
  return columns
}

const pad = (text: string, columns: number, right: boolean): string => {
  const space = ' '.repeat(columns - width(text))
  return right ? space + text : text + space
}
