/**
 * `assay simulate`: writes a broadcast whose truth is known. Files are written beside their names as
 * `.partial` and renamed when complete, so that nobody audits half a broadcast.
 */
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Batch, Outcome, Settings } from '../../simulator/model.ts'
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from '../../simulator/scenarios.ts'
import { simulate } from '../../simulator/simulate.ts'
import { UsageError, type Command, type ExitStatus, type Io } from '../command.ts'

export const simulateCommand: Command = {
  name: 'simulate',
  summary: say('simulate.summary'),
  help: say('simulate.help'),
  run: async (args, io) => {
    const options = read(args)
    if (options.list) return list(io, options.json)
    const settings = settingsOf(options)
    if (options.out === undefined) throw new UsageError(say('simulate.no-out'))
    const outcome = await writeSimulation(settings, options.out, io)
    const broadcasts = outcome.broadcasts.length
    io.out(
      options.json
        ? `${JSON.stringify(outcome, null, 2)}\n`
        : `${say('simulate.done', { ...outcome, seed: String(outcome.seed), broadcasts, dir: options.out })[io.language]}\n`,
    )
    return 0
  },
}

type Options = ReturnType<typeof read>

const read = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string' },
        seed: { type: 'string', default: '1' },
        viewers: { type: 'string' },
        contamination: { type: 'string' },
        heartbeat: { type: 'string' },
        out: { type: 'string' },
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError(say('simulate.bad-option', { reason: firstLine(error) }))
  }
}

const list = (io: Io, json: boolean): ExitStatus => {
  const scenarios = SCENARIO_NAMES.map((name) => {
    const guilty = SCENARIOS[name].contamination !== undefined
    return { name, guilty, summary: say(`scenario.${name}`) }
  })
  if (json) {
    io.out(`${JSON.stringify(scenarios, null, 2)}\n`)
    return 0
  }
  for (const { name, guilty, summary } of scenarios) {
    const kind: Sentence = say(guilty ? 'scenario.guilty' : 'scenario.innocent')
    io.out(`${name.padEnd(20)} ${kind[io.language].padEnd(9)} ${summary[io.language]}\n`)
  }
  return 0
}

const settingsOf = (options: Options): Settings => {
  const { scenario, viewers, contamination, heartbeat } = options
  if (scenario === undefined) throw new UsageError(say('simulate.no-scenario'))
  if (!isScenario(scenario))
    throw new UsageError(say('simulate.unknown-scenario', { name: scenario }))
  if (contamination !== undefined && SCENARIOS[scenario].contamination === undefined)
    throw new UsageError(say('simulate.innocent', { name: scenario }))
  return {
    scenario,
    seed: number('seed', options.seed, 0, Number.MAX_SAFE_INTEGER, true),
    ...(viewers !== undefined && { viewers: number('viewers', viewers, 1, 100_000_000, true) }),
    ...(contamination !== undefined && {
      contamination: number('contamination', contamination, 0.02, 0.95, false),
    }),
    ...(heartbeat !== undefined && {
      heartbeatSeconds: number('heartbeat', heartbeat, 1, 600, false),
    }),
  }
}

const isScenario = (name: string): name is ScenarioName =>
  SCENARIO_NAMES.some((known) => known === name)

const number = (option: string, got: string, low: number, high: number, whole: boolean): number => {
  const value = got.trim() === '' ? Number.NaN : Number(got)
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return value
  const bounds = { low: String(low), high: String(high) }
  const expected = { term: whole ? say('expected.whole', bounds) : say('expected.number', bounds) }
  throw new UsageError(say('simulate.not-number', { option, expected, got }))
}

const PARTS = ['events.ndjson', 'truth.ndjson', 'scenario.json'] as const

export const writeSimulation = async (
  settings: Settings,
  dir: string,
  io: Io,
): Promise<Outcome> => {
  const partial = PARTS.map((name) => join(dir, `${name}.partial`)) as [string, string, string]
  const streams: WriteStream[] = []
  try {
    await mkdir(dir, { recursive: true })
    for (const path of partial.slice(0, 2)) {
      const stream = createWriteStream(path)
      await once(stream, 'open')
      streams.push(stream)
    }
    const outcome = await play(settings, streams[0]!, streams[1]!, io)
    for (const stream of streams) {
      stream.end()
      await once(stream, 'close')
    }
    await writeFile(partial[2], `${JSON.stringify(outcome, null, 2)}\n`)
    for (const [index, name] of PARTS.entries()) await rename(partial[index]!, join(dir, name))
    return outcome
  } catch (error) {
    for (const stream of streams) stream.destroy()
    for (const path of partial) await rm(path, { force: true }).catch(() => {})
    if (isSystemError(error))
      throw new UsageError(say('simulate.cannot-write', { dir, reason: firstLine(error) }))
    throw error
  }
}

const play = async (
  settings: Settings,
  events: WriteStream,
  truth: WriteStream,
  io: Io,
): Promise<Outcome> => {
  // a failing disk reports itself between two writes
  let failure: Error | undefined
  for (const stream of [events, truth])
    stream.on('error', (error) => {
      failure = error
    })
  const progress = watch(io)
  const course = simulate(settings)
  for (;;) {
    const step = course.next()
    if (step.done === true) {
      progress.clear()
      return step.value
    }
    await Promise.all([
      send(events, step.value.events, io.signal),
      send(truth, step.value.truth, io.signal),
    ])
    if (failure !== undefined) throw failure
    io.signal.throwIfAborted()
    progress.step(step.value)
  }
}

/** One write a batch; waits while the disk is behind. */
const send = async (stream: WriteStream, lines: readonly object[], signal: AbortSignal) => {
  let text = ''
  for (const line of lines) text += `${JSON.stringify(line)}\n`
  if (text !== '' && !stream.write(text)) await once(stream, 'drain', { signal })
}

/** Tells how far it is after a second: then every second in one line, or every ten in a log. */
const watch = (io: Io) => {
  const startedAt = Date.now()
  let toldAt = startedAt
  let events = 0
  return {
    step: (batch: Batch): void => {
      events += batch.events.length
      if (Date.now() - toldAt < (io.isTerminal || toldAt === startedAt ? 1_000 : 10_000)) return
      toldAt = Date.now()
      const at = batch.events.at(-1)?.time.slice(0, 19).replace('T', ' ') ?? ''
      const text = say('simulate.progress', { events, at })[io.language]
      io.err(io.isTerminal ? `\r\u001B[K${text}` : `${text}\n`)
    },
    clear: (): void => {
      if (io.isTerminal && toldAt > startedAt) io.err('\r\u001B[K')
    },
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
