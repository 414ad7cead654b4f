/** `assay ledger` as an operator, a consumer and an association meet it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError, type Io } from '../../src/cli/command.ts'
import { ledgerCommand } from '../../src/cli/commands/ledger.ts'
import type { Language } from '../../src/language/sentence.ts'

const BIN = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../../examples/evening.ndjson', import.meta.url))
const ENV = { ...process.env, LANG: 'C', LC_ALL: 'C' }

let folder = ''
let dir = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-ledger-cli-'))
  dir = join(folder, 'ledger')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string }

/** One command in this process, as the command line would end it. */
const ledgerIn = async (language: Language, args: readonly string[]): Promise<Outcome> => {
  let [stdout, stderr] = ['', '']
  const io: Io = {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    isTerminal: false,
    language,
    signal: new AbortController().signal,
  }
  try {
    return { status: await ledgerCommand.run(args, io), stdout, stderr }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { status: 2, stdout, stderr: `${stderr}assay: ${error.sentence[language]}\n` }
  }
}
const ledger = (...args: string[]) => ledgerIn('en', args)
const comment = (id: string, viewer: string, text: string) =>
  `${JSON.stringify({
    specversion: '1.0',
    id,
    source: '/s',
    type: 'live.comment.posted',
    subject: 'b-1',
    time: '2026-03-01T12:00:00Z',
    data: { comment: id, viewer, text },
  })}\n`

describe('assay ledger', () => {
  it('begins a log, takes events, and verifies', async () => {
    const begun = await ledger('init', dir, '--origin', 'log.example/rooms', '--json')
    expect(begun.status).toBe(0)
    const { vkey } = JSON.parse(begun.stdout) as { vkey: string }
    expect(readFileSync(join(dir, 'policy.txt'), 'utf8')).toBe(`log ${vkey}\nquorum none\n`)
    expect(statSync(join(dir, 'key')).mode & 0o777).toBe(0o600)

    // One line of the example is no event: it is named, the others are taken.
    const appended = await ledger('append', dir, EXAMPLE, '--json')
    expect(appended.status).toBe(0)
    expect(appended.stderr).toMatch(/evening\.ndjson line 4/)
    expect(JSON.parse(appended.stdout)).toMatchObject({ refused: 1, cosigned: [] })
    const more = join(folder, 'more.ndjson')
    writeFileSync(more, comment('c-77', 'viewer-77', 'refund me'))
    expect((await ledger('append', dir, more)).status).toBe(0)

    const verified = await ledger('verify', dir)
    expect(verified).toMatchObject({ status: 0, stderr: '' })
    expect(verified.stdout).toMatch(/verified: all \d+ entries/)
    expect((await ledgerIn('zh', ['verify', dir])).stdout).toMatch(/核验通过/)
  })

  it('gives a receipt that checks with the policy alone, and not when a byte of it differs', async () => {
    const receipt = join(folder, 'receipt.tlog-proof')
    expect((await ledger('prove', dir, '--event', 'c-77', '--out', receipt)).status).toBe(0)
    const leaf = readFileSync(join(folder, 'receipt.leaf'), 'utf8')
    expect(leaf).not.toMatch(/viewer-77|refund me/)
    const disclosures = readFileSync(join(folder, 'receipt.disclosures.json'), 'utf8')
    const disclosed = (JSON.parse(disclosures) as string[]).map((text) =>
      Buffer.from(text, 'base64url').toString(),
    )
    expect(disclosed.join()).toContain('refund me')

    const policy = join(folder, 'mine.txt')
    writeFileSync(policy, readFileSync(join(dir, 'policy.txt')))
    const check = () => ledger('verify', receipt, '--policy', policy)
    expect(await check()).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(join(folder, 'receipt.leaf'), leaf.replace('c-77', 'c-78'))
    expect((await check()).status).toBe(3)
    expect((await ledger('verify', receipt)).status).toBe(2)
  })

  it('names the file that was changed, with status 3', async () => {
    const log = join(dir, 'log')
    const { stdout } = await ledger('checkpoint', dir, '--json')
    const { size } = JSON.parse(stdout) as { size: number }
    for (const path of [`tile/entries/000.p/${size}`, `tile/0/000.p/${size}`, 'checkpoint']) {
      const kept = readFileSync(join(log, path))
      const changed = Buffer.from(kept)
      changed[changed.length >> 1]! ^= 1
      writeFileSync(join(log, path), changed)
      const verdict = await ledger('verify', dir)
      expect(verdict.status, path).toBe(3)
      expect(verdict.stdout, path).toContain(path)
      writeFileSync(join(log, path), kept)
    }
    expect((await ledger('verify', dir)).status).toBe(0)
  })

  it('is mirrored, and a copy is a log of its own', async () => {
    const copy = join(folder, 'copy')
    const policy = join(dir, 'policy.txt')
    const mirrored = await ledger('mirror', join(dir, 'log'), copy, '--policy', policy)
    expect(mirrored.status).toBe(0)
    expect((await ledger('verify', join(copy, 'log'), '--policy', policy)).status).toBe(0)
    const other = join(folder, 'other')
    await ledger('init', other, '--origin', 'log.example/rooms')
    const refused = await ledger('mirror', join(other, 'log'), copy, '--policy', policy)
    expect(refused.status).toBe(3)
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('is witnessed by a server that anybody can run', async () => {
    const witness = spawn(
      process.execPath,
      [
        BIN,
        'ledger',
        'witness',
        join(folder, 'w'),
        '--name',
        'witness.example/w1',
        '--json',
      ].concat([
        '--port',
        '0',
        '--log',
        readFileSync(join(dir, 'policy.txt'), 'utf8').split(/\s/)[1]!,
      ]),
      { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    try {
      const [line] = (await once(witness.stdout, 'data')) as [Buffer]
      const { vkey, url } = JSON.parse(line.toString()) as { vkey: string; url: string }
      const [own] = readFileSync(join(dir, 'policy.txt'), 'utf8').split('\n')
      const policy = `${own}\nwitness w1 ${vkey} ${url}\nquorum w1\n`
      writeFileSync(join(dir, 'policy.txt'), policy)
      const cosigned = await ledger('checkpoint', dir, '--cosign', '--json')
      expect(cosigned.status).toBe(0)
      expect(JSON.parse(cosigned.stdout)).toMatchObject({
        isQuorum: true,
        signatures: ['log.example/rooms', 'witness.example/w1'],
      })
      // Strict: the policy's quorum, asked of the public tree.
      expect((await ledger('verify', dir, '--policy', join(dir, 'policy.txt'))).status).toBe(0)
    } finally {
      witness.kill('SIGTERM')
      await once(witness, 'close')
    }
    expect(existsSync(join(folder, 'w', 'witness.lock'))).toBe(false)
    // Gone again, it is named and nothing hangs.
    const alone = await ledger('checkpoint', dir, '--cosign')
    expect(alone.status).toBe(1)
    expect(alone.stderr).toMatch(/w1|witness\.example/)
  })
})

describe('assay ledger, misused, ends with status 2 and one line', () => {
  it.each([
    [[], /init, append/],
    [['forge'], /forge/],
    [['verify'], /folder/],
    [['append', '/nowhere'], /no ledger/],
    [['init', '/tmp', '--origin', 'a b'], /--origin/],
    [['prove', '/nowhere', '--index', '0'], /no ledger/],
    [['mirror', 'a'], /--policy/],
    [['verify', 'x.tlog-proof'], /--policy/],
    [['checkpoint', '--frobnicate'], /frobnicate/],
  ])('%j', async (args, complaint) => {
    const { status, stdout, stderr } = await ledger(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(complaint)
  })
})
