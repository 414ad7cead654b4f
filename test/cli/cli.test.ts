/** The command line as a newcomer meets it: statuses, one-line complaints, files whole or not there. */
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/engine/report.ts'

const BIN = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../../examples/evening.ndjson', import.meta.url))
const ENV = { ...process.env, LANG: 'C', LC_ALL: 'C' }

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const assay = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    env: ENV,
  })
  return { status, stdout, stderr }
}
const file = (name: string, text: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as AuditReport
const joined = (i: number, more = '') =>
  `{"specversion":"1.0","id":"e${i}","source":"/s","type":"live.viewer.joined","subject":"b-1","time":"2026-03-01T12:00:${String(i % 60).padStart(2, '0')}Z","data":{"view":"v${i}","entry":"feed"${more}}}`

describe('bad usage or input ends with status 2 and one line', () => {
  it.each([
    [['audit'], /audit what/],
    [['audit', 'nowhere.ndjson'], /nowhere\.ndjson/],
    [['audit', EXAMPLE, '--policy', 'atlantis'], /atlantis/],
    [['audit', EXAMPLE, '--at', 'tomorrow-ish'], /tomorrow-ish/],
    [['audit', EXAMPLE, '--fail-on', 'witchcraft'], /witchcraft/],
    [['audit', EXAMPLE, '--frobnicate'], /frobnicate/],
    [['audit', EXAMPLE, '--json', '/nowhere/at/all.json'], /all\.json/],
    [['divine'], /divine/],
    [['--lang', 'tlh', 'audit'], /tlh/],
    [['simulate', '--scenario', 'utopia'], /utopia/],
    [['evaluate', 'nowhere.ndjson', '--truth', 'neither.ndjson'], /ndjson/],
  ])('%j', (args, complaint) => {
    const { status, stdout, stderr } = assay(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(complaint)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('says so when nothing in a file is usable', () => {
    const { status, stderr } = assay(
      'audit',
      file('junk.ndjson', '{"a":1}\n{"b":2}\nnot even json\n'),
    )
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('junk.ndjson')
  })

  it('complains in Chinese where asked to', () => {
    expect(assay('--lang', 'zh', 'audit').stderr).toMatch(/要审计什么/)
  })
})

describe('help', () => {
  it.each(['audit', 'demo', 'simulate', 'evaluate'])(
    '%s --help shows an example, in both languages',
    (name) => {
      const english = assay(name, '--help')
      expect(english.status).toBe(0)
      expect(english.stdout).toMatch(new RegExp(`assay ${name} `))
      expect(english.stdout).toMatch(/example/i)
      expect(assay('--lang', 'zh', name, '--help').stdout).toMatch(/示例|例如/)
    },
  )

  it('lists the commands', () => {
    expect(assay('--help').stdout).toMatch(/audit[\s\S]*simulate[\s\S]*evaluate/)
    expect(assay('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('an audit', () => {
  it('prints a table for a person and writes what it is asked for', () => {
    const [data, page, list] = ['a.json', 'a.html', 'a.ndjson'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    const { status, stdout } = assay(
      'audit',
      EXAMPLE,
      '--json',
      data,
      '--html',
      page,
      '--suspects',
      list,
    )
    expect(status).toBe(0)
    expect(stdout).toContain('broadcast-1')
    expect(json(data).broadcasts[0]!.figures.viewers.observed).toBe(6)
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/i)
    expect(readFileSync(list, 'utf8')).toBe('')
  })

  it('gives the same bytes twice', () => {
    const [a, b] = [join(folder, 'once.json'), join(folder, 'twice.json')]
    assay('audit', EXAMPLE, '--json', a)
    assay('audit', EXAMPLE, '--json', b)
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true)
  })

  it('writes data alone to standard output', () => {
    const { stdout } = assay('audit', EXAMPLE, '--json', '-')
    expect((JSON.parse(stdout) as AuditReport).assay).toMatch(/^\d/)
  })

  it('refuses a broken line alone: file, line, and what came', () => {
    const data = join(folder, 'broken.json')
    assay('audit', EXAMPLE, '--json', data)
    const [input] = json(data).inputs
    expect(input!.refused).toHaveLength(1)
    expect(input!.refused[0]).toMatchObject({ code: 'not-json', count: 1 })
    expect(input!.refused[0]!.examples[0]!.where).toMatch(/evening\.ndjson:4$/)
    expect(input!.events).toBe(25)
  })

  it('keeps a wall of bad lines to ten examples and a count', () => {
    const bad = '{"specversion":"1.0","id":"x"\n'.repeat(200_000)
    const data = join(folder, 'wall.json')
    const { status, stdout } = assay(
      'audit',
      file('wall.ndjson', `${joined(1)}\n${bad}${joined(2)}\n`),
      '--json',
      data,
    )
    expect(status).toBe(0)
    const [refused] = json(data).inputs[0]!.refused
    expect(refused!.count).toBe(200_000)
    expect(refused!.examples).toHaveLength(10)
    expect(json(data).inputs[0]!.events).toBe(2)
    expect(stdout.length).toBeLessThan(10_000)
  })

  it('counts a repeat once', () => {
    const data = join(folder, 'repeat.json')
    assay(
      'audit',
      file('repeat.ndjson', `${joined(1)}\n${joined(1)}\n${joined(2)}\n`),
      '--json',
      data,
    )
    expect(json(data).inputs[0]).toMatchObject({ events: 2, repeats: 1 })
  })

  it('reads what is piped in', () => {
    const { stdout, status } = spawnSync(process.execPath, [BIN, 'audit', '-', '--json', '-'], {
      input: readFileSync(EXAMPLE),
      encoding: 'utf8',
      env: ENV,
    })
    expect(status).toBe(0)
    expect((JSON.parse(stdout) as AuditReport).broadcasts).toHaveLength(1)
  })

  it('leaves out what came later than --at', () => {
    const data = join(folder, 'at.json')
    assay('audit', EXAMPLE, '--at', '2026-03-01T20:01:00+08:00', '--json', data)
    expect(json(data).policy.at).toBe('2026-03-01T12:01:00.000Z')
    expect(json(data).broadcasts[0]!.contents['live.order.placed']).toBeUndefined()
  })

  it('does no harm with prototype keys', () => {
    const line = joined(
      1,
      ',"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}',
    )
    const { status } = assay('audit', file('proto.ndjson', `${line}\n${joined(2)}\n`))
    expect(status).toBe(0)
  })

  it('keeps escape sequences in data away from the terminal', () => {
    const started =
      '{"specversion":"1.0","id":"s","source":"/s","type":"live.broadcast.started","subject":"b-1","time":"2026-03-01T12:00:00Z","data":{"room":"r","operator":"o","title":"\\u001b[2Jgone\\u0007","form":"video","currency":"CNY","hosts":[]}}'
    const { stdout } = assay('audit', file('escape.ndjson', `${started}\n${joined(1)}\n`))
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/\u001b\[2J|\u0007/)
  })
})

describe('--fail-on', () => {
  it('turns a supported finding of a named kind into status 1, and no other', () => {
    const room = join(folder, 'room')
    assay(
      'simulate',
      '--scenario',
      'inflated-display',
      '--seed',
      '3',
      '--viewers',
      '800',
      '--out',
      room,
    )
    const events = join(room, 'events.ndjson')
    expect(assay('audit', events, '--fail-on', 'inflated-display').status).toBe(1)
    expect(assay('audit', events, '--fail-on', 'any').status).toBe(1)
    expect(assay('audit', events, '--fail-on', 'replay-missing').status).toBe(0)
    expect(assay('audit', events).status).toBe(0)
  })
})

describe('Ctrl-C', () => {
  it('leaves no half-written report', async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) => joined(i)).join('\n')
    const out = mkdtempSync(join(folder, 'stop-'))
    const child = spawn(
      process.execPath,
      [
        BIN,
        'audit',
        file('long.ndjson', lines),
        '--json',
        join(out, 'a.json'),
        '--html',
        join(out, 'a.html'),
      ],
      { stdio: 'ignore', env: ENV },
    )
    setTimeout(() => child.kill('SIGINT'), 400)
    const [status] = (await once(child, 'exit')) as [number | null]
    // On a fast machine it may have finished: then both files are whole.
    if (status === 0) expect(readdirSync(out).sort()).toEqual(['a.html', 'a.json'])
    else {
      // Null: stopped before it had begun to listen.
      expect([130, null]).toContain(status)
      expect(existsSync(join(out, 'a.json')) || existsSync(join(out, 'a.json.partial'))).toBe(false)
      expect(readdirSync(out)).toEqual([])
    }
  })

  it('are written into a pipe, which stays one', async () => {
    const pipe = join(folder, 'pipe')
    spawnSync('mkfifo', [pipe])
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    reader.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    const child = spawn(process.execPath, [BIN, 'audit', EXAMPLE, '--json', pipe], {
      stdio: 'ignore',
      env: ENV,
    })
    await Promise.all([once(child, 'exit'), once(reader, 'close')])
    expect((JSON.parse(text) as AuditReport).broadcasts).toHaveLength(1)
    expect(statSync(pipe).isFIFO()).toBe(true)
  })
})
