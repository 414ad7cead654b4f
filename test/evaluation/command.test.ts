import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError, type Command, type Io } from '../../src/cli/command.ts'
import { evaluateCommand } from '../../src/cli/commands/evaluate.ts'
import { simulateCommand } from '../../src/cli/commands/simulate.ts'
import type { Evaluation } from '../../src/evaluation/evaluate.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-'))
})
afterEach(() => rm(dir, { recursive: true }))

const run = async (command: Command, args: readonly string[], more: Partial<Io> = {}) => {
  let out = ''
  const io: Io = {
    out: (text) => {
      out += text
    },
    err: () => {},
    isTerminal: false,
    language: 'en',
    signal: new AbortController().signal,
    ...more,
  }
  return { status: await command.run(args, io), out }
}
const failure = async (command: Command, args: readonly string[]): Promise<string> => {
  const error: unknown = await run(command, args).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(UsageError)
  const { en, zh } = (error as UsageError).sentence
  expect(zh).not.toBe('')
  expect(en).not.toContain('\n')
  return en.replaceAll(dir, 'DIR')
}
const lines = (values: readonly object[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')

const TRUTH = [
  { kind: 'view', id: 'v1', label: 'bot' },
  { kind: 'view', id: 'v2', label: 'bot' },
  { kind: 'view', id: 'v3', label: 'genuine' },
  { kind: 'view', id: 'v4', label: 'genuine' },
]
const SUSPECTS = [
  { kind: 'view', id: 'v1', probability: 0.9, weightBans: 1, families: ['network'] },
  { kind: 'view', id: 'v3', probability: 0.6, weightBans: 0, families: [] },
]

const writeRun = async (name: string): Promise<string> => {
  const folder = join(dir, name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'truth.ndjson'), lines(TRUTH))
  await writeFile(join(folder, 'suspects.ndjson'), lines(SUSPECTS))
  return folder
}

describe('assay evaluate', () => {
  it('measures one suspects file', async () => {
    const folder = await writeRun('one')
    const args = [
      join(folder, 'suspects.ndjson'),
      '--truth',
      join(folder, 'truth.ndjson'),
      '--json',
    ]
    const { status, out } = await run(evaluateCommand, args)
    expect(status).toBe(0)
    const { pooled, runs } = JSON.parse(out) as Evaluation
    expect(runs).toHaveLength(1)
    expect(pooled.coverage).toBeNull()
    expect(pooled.kinds.view).toMatchObject({
      items: 4,
      positives: 2,
      hits: 1,
      falseAlarms: 1,
      precision: 0.5,
      recall: 0.5,
      f1: 0.5,
      // v1 beats both genuine ones; v2, unlisted, loses to v3 and ties with v4: 2.5 of 4
      auc: 0.625,
      labels: { bot: { items: 2, found: 1 } },
    })
    // (log2(1.1) + log2(101)) / 2 = 3.3978575; (log2(2) + log2(1.01)) / 2 = 0.5071777; mean 1.9525176
    expect(pooled.kinds.view.cllr).toBeCloseTo(1.9525176, 6)
  })

  it('pools the runs of a folder, checks their intervals and prints a table', async () => {
    await writeRun('a')
    const b = await writeRun('b')
    const genuine = { viewers: 10, views: 10, likes: 0, comments: 0, orders: 0, sales: 0 }
    const held = { genuine: { estimate: 9, low: 8, high: 11 } }
    const none = { genuine: null }
    await writeFile(
      join(b, 'scenario.json'),
      JSON.stringify({ scenario: 'step', broadcasts: [{ broadcast: 'x', genuine }] }),
    )
    const figures = {
      viewers: held,
      views: none,
      likes: none,
      comments: none,
      orders: none,
      sales: none,
    }
    await writeFile(
      join(b, 'audit.json'),
      JSON.stringify({ broadcasts: [{ broadcast: 'x', figures }] }),
    )
    const json = JSON.parse((await run(evaluateCommand, [dir, '--json'])).out) as Evaluation
    expect(json.runs.map(({ run, scenario }) => [run, scenario])).toEqual([
      ['a', null],
      ['b', 'step'],
    ])
    expect(json.pooled.kinds.view).toMatchObject({ items: 8, positives: 4, hits: 2 })
    expect(json.pooled.coverage).toMatchObject({ intervals: 1, covered: 1, withheld: 5 })
    const { out } = await run(evaluateCommand, [dir])
    expect(out.split('\n').slice(0, 4)).toEqual([
      'run  of     items  not genuine  found  false alarms  precision  recall     F1    AUC   Cllr',
      'all  views      8            4      2             2      0.500   0.500  0.500  0.625  1.953',
      'a    views      4            2      1             1      0.500   0.500  0.500  0.625  1.953',
      'b    views      4            2      1             1      0.500   0.500  0.500  0.625  1.953',
    ])
    expect(out).toContain('1 of 1 hold the truth (100 %); 5 figures withheld')
    expect((await run(evaluateCommand, [dir], { language: 'zh' })).out).toContain('精确率')
  })

  it('says in one line what is wrong and where', async () => {
    const folder = await writeRun('one')
    const suspects = join(folder, 'suspects.ndjson')
    const truth = join(folder, 'truth.ndjson')
    expect(await failure(evaluateCommand, [])).toContain('expected one suspects file or one folder')
    expect(await failure(evaluateCommand, [suspects])).toContain('--truth is missing')
    expect(await failure(evaluateCommand, [join(dir, 'no')])).toBe('DIR/no: no such file')
    await writeFile(truth, `${lines(TRUTH)}{"kind":"view","id":"v9"}\n`)
    expect(await failure(evaluateCommand, [suspects, '--truth', truth])).toBe(
      'DIR/one/truth.ndjson:5: "label" is missing or not as it should be',
    )
    await writeFile(truth, lines(TRUTH))
    await writeFile(suspects, 'nonsense\n')
    expect(await failure(evaluateCommand, [dir])).toBe(
      'DIR/one/suspects.ndjson:1: the line is not a JSON object',
    )
    const strangers = ['x', 'y', 'z'].map((id) => ({ ...SUSPECTS[0], id }))
    await writeFile(suspects, lines(strangers))
    expect(await failure(evaluateCommand, [dir])).toContain('not of the same simulation')
    await mkdir(join(dir, 'empty'))
    expect(await failure(evaluateCommand, [join(dir, 'empty')])).toContain(
      'no suspects.ndjson in it',
    )
  })
})

describe('assay simulate', () => {
  it('writes three complete files, equal for equal seeds, which evaluate reads', async () => {
    const into = (name: string, seed: string) =>
      run(simulateCommand, ['--scenario', 'small-room', '--seed', seed, '--out', join(dir, name)])
    const { status, out } = await into('a', '3')
    await into('b', '3')
    await into('c', '4')
    expect(status).toBe(0)
    expect(out).toContain('small-room, seed 3')
    const names = await readdir(join(dir, 'a'))
    expect(names.sort()).toEqual(['events.ndjson', 'scenario.json', 'truth.ndjson'])
    const content = (name: string) => readFile(join(dir, name, 'events.ndjson'), 'utf8')
    expect(await content('b')).toBe(await content('a'))
    expect(await content('c')).not.toBe(await content('a'))
    await writeFile(join(dir, 'a', 'suspects.ndjson'), '')
    const json = JSON.parse(
      (await run(evaluateCommand, [join(dir, 'a'), '--json'])).out,
    ) as Evaluation
    expect(json.runs[0]).toMatchObject({ run: 'a', scenario: 'small-room' })
    expect(json.pooled.kinds.view.falseAlarms).toBe(0)
  })

  it('leaves nothing half-written when it is interrupted', async () => {
    const out = join(dir, 'cut')
    const stopped = run(simulateCommand, ['--scenario', 'ordinary', '--out', out], {
      signal: AbortSignal.abort(),
    })
    await expect(stopped).rejects.toThrow('aborted')
    expect(await readdir(out)).toEqual([])
  })

  it('lists every scenario in both languages', async () => {
    const english = (await run(simulateCommand, ['--list'])).out.trimEnd().split('\n')
    const chinese = (await run(simulateCommand, ['--list'], { language: 'zh' })).out
    expect(english).toHaveLength(23)
    expect(english[0]).toMatch(/^ordinary +innocent +\S/)
    expect(chinese).toContain('同一批真人水军')
  })

  it('says in one line what is wrong with its options', async () => {
    const out = ['--out', join(dir, 'x')]
    expect(await failure(simulateCommand, out)).toContain('--scenario is missing')
    expect(await failure(simulateCommand, ['--scenario', 'evning'])).toContain(
      'there is no "evning"',
    )
    expect(await failure(simulateCommand, ['--scenario', 'step'])).toContain('--out is missing')
    expect(await failure(simulateCommand, ['--scenario', 'step', '--seed', '1.5', ...out])).toBe(
      '--seed: expected a whole number from 0 to 9007199254740991, got "1.5"',
    )
    expect(
      await failure(simulateCommand, ['--scenario', 'step', '--contamination', '0.99', ...out]),
    ).toBe('--contamination: expected a number from 0.02 to 0.95, got "0.99"')
    expect(
      await failure(simulateCommand, ['--scenario', 'push', '--contamination', '0.5', ...out]),
    ).toBe('--contamination: in "push" nothing is false')
    expect(await failure(simulateCommand, ['--colour'])).toContain('--colour')
    await writeFile(join(dir, 'file'), '')
    expect(
      await failure(simulateCommand, ['--scenario', 'step', '--out', join(dir, 'file', 'x')]),
    ).toContain('--out DIR/file/x: ENOTDIR')
  })
})
