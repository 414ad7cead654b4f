/** `assay audit`: reads what it is given, judges it, and says what is genuine. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { Evidence } from '../../detectors/room.ts'
import { audit, type Audit } from '../../engine/audit.ts'
import { hasWords } from '../../engine/words.ts'
import type { AuditReport } from '../../engine/report.ts'
import { readAll } from '../../importers/read-all.ts'
import { say } from '../../language/say.ts'
import { renderHtml } from '../../report/render-html.ts'
import { renderTerminal } from '../../report/render-terminal.ts'
import { FINDING_KINDS, type Finding, type FindingKind } from '../../vocabulary/finding.ts'
import { orUsageError, UsageError, type Command, type Io } from '../command.ts'
import { writeLines, writeText } from '../output.ts'
import { readPolicy } from '../policy-pack.ts'
import { progressOn } from '../progress.ts'
import { VERSION } from '../version.ts'
import { readDesk } from '../words/desk.ts'

export const auditCommand: Command = {
  name: 'audit',
  summary: say('audit.summary'),
  help: say('audit.help'),
  run: async (args, io) => {
    const options = read(args)
    const result = await auditPaths(options, io)
    await publish(result, options, io)
    return failing(result.report, options.failOn) ? 1 : 0
  },
}

export type AuditSettings = {
  readonly paths: readonly string[]
  readonly format?: string | undefined
  readonly mapping?: string | undefined
  readonly json?: string | undefined
  readonly html?: string | undefined
  readonly suspects?: string | undefined
  readonly policy: string
  readonly at: number | null
  readonly failOn: readonly (FindingKind | 'any')[]
}

const read = (args: readonly string[]): AuditSettings => {
  const { values, positionals } = parse(args)
  if (positionals.length === 0) throw new UsageError(say('audit.no-input'))
  const failOn = (values['fail-on'] ?? '').split(',').filter((kind) => kind !== '')
  const unknown = failOn.find((kind) => kind !== 'any' && !isKind(kind))
  if (unknown !== undefined) throw new UsageError(say('audit.unknown-kind', { kind: unknown }))
  return {
    paths: positionals,
    format: values.format,
    mapping: values.mapping,
    json: values.json,
    html: values.html,
    suspects: values.suspects,
    policy: values.policy ?? 'cn',
    at: instantOf(values.at),
    failOn: failOn as (FindingKind | 'any')[],
  }
}

const parse = (args: readonly string[]) =>
  orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        mapping: { type: 'string' },
        json: { type: 'string' },
        html: { type: 'string' },
        suspects: { type: 'string' },
        policy: { type: 'string' },
        at: { type: 'string' },
        'fail-on': { type: 'string' },
      },
    }),
  )

const isKind = (kind: string): kind is FindingKind =>
  (FINDING_KINDS as readonly string[]).includes(kind)

/** A day means the end of that day in UTC. */
const instantOf = (date: string | undefined): number | null => {
  if (date === undefined) return null
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T23:59:59.999Z` : date)
  if (Number.isNaN(at)) throw new UsageError(say('audit.bad-date', { date }))
  return at
}

/** Reads and judges; nothing is written. */
export const auditPaths = async (settings: AuditSettings, io: Io): Promise<Audit> => {
  const policy = await readPolicy(settings.policy)
  const mapping = settings.mapping === undefined ? undefined : await readMapping(settings.mapping)
  const evidence = new Evidence()
  const progress = progressOn(io)
  const reading = await readAll(settings.paths, evidence, {
    format: settings.format,
    mapping,
    until: settings.at ?? undefined,
    signal: io.signal,
    onProgress: ({ path, bytes, totalBytes }) =>
      progress.tell(() =>
        totalBytes > 0
          ? say('audit.reading', { path, share: { percent: Math.min(1, bytes / totalBytes) } })
          : say('audit.reading-stream', { path, megabytes: Math.round(bytes / 1e6) }),
      ),
  })
  progress.tell(() => say('audit.judging'))
  const words = hasWords(evidence) ? await readDesk(settings.policy, policy) : undefined
  const result = audit(evidence, {
    version: VERSION,
    policy,
    at: settings.at === null ? null : new Date(settings.at).toISOString(),
    inputs: reading.inputs,
    refusedByBroadcast: reading.refusedByBroadcast,
    ...(words === undefined ? {} : { words }),
  })
  progress.end()
  io.signal.throwIfAborted()
  return result
}

const readMapping = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new UsageError(say('audit.no-mapping', { path }))
  }
}

/** The table for a person, and whatever files were asked for. */
export const publish = async (
  { report, suspects }: Audit,
  settings: AuditSettings,
  io: Io,
): Promise<void> => {
  const { json, html } = settings
  if (json !== undefined) await writeText(json, `${JSON.stringify(report, null, 1)}\n`, io)
  if (html !== undefined) await writeText(html, renderHtml(report, { language: io.language }), io)
  if (settings.suspects !== undefined)
    await writeLines(settings.suspects, suspectLines(suspects), io)
  if (json === '-' || html === '-' || settings.suspects === '-') return
  const width = process.stdout.isTTY ? (process.stdout.columns ?? 100) : 100
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  io.out(renderTerminal(report, { language: io.language, width, colour }))
}

function* suspectLines(suspects: Audit['suspects']): Generator<string> {
  for (const suspect of suspects) yield JSON.stringify(suspect)
}

/** Whether a supported finding, moderate or stronger, is of a kind that the caller fails on. */
const failing = (report: AuditReport, kinds: AuditSettings['failOn']): boolean => {
  const findings: readonly Finding[] = [
    ...report.findings,
    ...report.broadcasts.flatMap((broadcast) => broadcast.findings),
    ...report.merchants.flatMap((merchant) => merchant.findings),
  ]
  return findings.some(
    ({ kind, verdict, weightBans }) =>
      verdict === 'supported' && weightBans >= 1 && (kinds.includes('any') || kinds.includes(kind)),
  )
}
