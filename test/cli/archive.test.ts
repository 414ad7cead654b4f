/** `assay archive` from end to end, on a ledger of its own. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { archiveCommand } from '../../src/cli/commands/archive.ts'
import { ledgerCommand } from '../../src/cli/commands/ledger.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { delivered, ended, event, placed, started } from '../archive/lib.ts'
import { ts } from '../archive/media.ts'

let dir: string
let server: Server
let base: string

const PLAYLIST = [
  '#EXTM3U',
  '#EXT-X-VERSION:3',
  '#EXT-X-TARGETDURATION:4',
  '#EXT-X-PROGRAM-DATE-TIME:2021-03-01T12:00:00.000Z',
  '#EXTINF:4,',
  's0.ts',
  '#EXTINF:4,',
  's1.ts',
].join('\n')

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-archive-cli-'))
  server = createServer((request, response) => {
    if (request.url === '/live.m3u8') response.end(PLAYLIST)
    else if (request.url === '/s0.ts') response.end(ts(0))
    else if (request.url === '/s1.ts') response.end(ts(1))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { status } = await run('ledger', 'init', ledger(), '--origin', 'assay.example/log')
  expect(status).toBe(0)
})
afterAll(async () => {
  server.close()
  await rm(dir, { recursive: true })
})
const ledger = () => join(dir, 'ledger')

const run = async (command: 'ledger' | 'archive', ...args: string[]) => {
  let [out, err] = ['', '']
  const io = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    isTerminal: false,
    language: 'en',
    signal: new AbortController().signal,
  } as const
  const chosen = command === 'ledger' ? ledgerCommand : archiveCommand
  const status = await chosen.run(args, io)
  return { status, out, err }
}
const archive = (...args: string[]) => run('archive', ...args, '--ledger', ledger())
const events = async (name: string, ...some: readonly (AssayEvent | object)[]): Promise<string> => {
  const path = join(dir, name)
  await writeFile(path, `${some.map((each) => JSON.stringify(each)).join('\n')}\n`)
  return path
}

describe('assay archive', () => {
  it('records events, refuses a bad one alone and says so', async () => {
    const path = await events(
      'old.ndjson',
      started('b1', '2021-03-01 20:00'),
      event(
        'live.comment.posted',
        '2021-03-01 20:01',
        { comment: 'c1', viewer: 'viewer-1', text: 'hello' },
        'b1',
      ),
      { type: 'live.nothing' },
      ended('b1', '2021-03-01 20:01'),
    )
    const { status, out, err } = await archive('record', path)
    expect(status).toBe(2)
    expect(out).toContain('3 events recorded')
    expect(err).toContain('1 events refused')
  })

  it('records a playlist from a host, and plays it back byte for byte', async () => {
    const recorded = await archive(
      'record',
      '--hls',
      `${base}/live.m3u8`,
      '--broadcast',
      'b1',
      '--once',
    )
    expect(recorded).toMatchObject({
      status: 0,
      out: 'b1: 2 pieces recorded, 0 disturbances on file\n',
    })
    const replay = join(dir, 'replay')
    expect(await archive('play', 'b1', '--out', replay)).toMatchObject({ status: 0 })
    expect((await readdir(replay)).sort()).toEqual(['000000.ts', '000001.ts', 'index.m3u8'])
    expect(new Uint8Array(await readFile(join(replay, '000001.ts')))).toEqual(ts(1))
  })

  it('says that a replay is there, and that it may go since its sixty days are over', async () => {
    const { out, status } = await archive('check', '--json', '--at', '2021-03-10')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      checks: [{ broadcast: 'b1', state: 'stored', recorded: 2, stored: 2, finding: null }],
    })
    const due = await archive('due', '--json')
    expect(JSON.parse(due.out)).toMatchObject({
      kept: [
        // 1 March 2021 and sixty days, to the end of 30 April.
        { kind: 'interaction', broadcast: 'b1', expiresAt: '2021-04-30T16:00:00.000Z' },
        { kind: 'video', broadcast: 'b1', expiresAt: '2021-04-30T16:00:00.000Z' },
      ],
    })
    expect((await archive('due', '--at', '2021-04-30T15:59:59Z')).out).toBe(
      'nothing may be deleted\n',
    )
  })

  it('refuses a deletion under hold, with status 1, and lists the hold', async () => {
    const held = await archive('hold', '--matter', 'case-7', '--broadcast', 'b1', '--json')
    const { hold } = JSON.parse(held.out) as { hold: string }
    expect((await archive('hold')).out).toContain(`${hold}: for case-7`)
    const wish = ['erase', '--broadcast', 'b1', '--ground', 'tidying', '--by', 'operator-a']
    const refused = await archive(...wish)
    expect(refused.status).toBe(1)
    expect(refused.out).toContain('Deletion of b1 was asked for and refused')
    expect(await archive('expire', '--json')).toMatchObject({ status: 0 })
    expect(await archive('check', '--json', '--at', '2021-03-10')).toMatchObject({
      out: expect.stringContaining('"state": "stored"') as string,
    })
    expect((await archive('release', hold)).status).toBe(0)
    await expect(archive('release', hold)).rejects.toThrow(UsageError)
  })

  it('erases a person, and deletes what is due, on the record', async () => {
    const ids = join(dir, 'ids.txt')
    await writeFile(ids, 'viewer-1\n')
    const erase = ['erase', '--persons', ids, '--ground', 'consent withdrawn', '--by', 'privacy']
    expect(await archive(...erase)).toMatchObject({
      status: 0,
      out: '2 disclosures and 0 chunk events erased\n',
    })
    const { out } = await archive('expire', '--json')
    expect(JSON.parse(out)).toMatchObject({ segments: 2 })
    expect((await archive('check', '--at', '2026-01-01')).out).toContain(
      'kept as long as the law asks',
    )
    expect((await archive('due')).out).toBe('nothing may be deleted\n')
    expect((await run('ledger', 'verify', ledger())).status).toBe(0)
  })

  it('erases from the whole data folder of a stopped service', async () => {
    const ids = join(dir, 'nobody.txt')
    await writeFile(ids, 'viewer-of-nowhere\n')
    const erase = ['erase', '--persons', ids, '--ground', 'asked for', '--by', 'privacy', '--data']
    // Beside the ledger are made what a service has there; nothing was found, and that is on record.
    expect(await run('archive', ...erase, dir)).toMatchObject({
      status: 0,
      out: '0 disclosures and 0 chunk events erased\n',
    })
    expect(await readdir(dir)).toEqual(expect.arrayContaining(['db', 'state', 'master.key']))
    await expect(run('archive', ...erase, join(dir, 'nowhere'))).rejects.toThrow(/no ledger/)
  }, 300_000)

  it('fails a check where a replay is missing, with the status that was asked for', async () => {
    const path = await events(
      'new.ndjson',
      started('b2', '2026-03-01 20:00'),
      placed('o1', '2026-03-01 21:00', 'b2'),
      delivered('o1', '2026-03-03 10:00'),
      ended('b2', '2026-03-01 23:00'),
    )
    await archive('record', path)
    const at = ['--at', '2026-03-30']
    expect((await archive('check', ...at)).status).toBe(0)
    const failed = await archive('check', ...at, '--fail-on', 'replay-missing', '--raise')
    expect(failed.status).toBe(1)
    expect(failed.out).toContain('b2: no replay')
    const later = await archive('due', '--all', '--json')
    const kinds = (JSON.parse(later.out) as { kept: { kind: string; broadcast: string }[] }).kept
    expect(kinds.filter(({ broadcast }) => broadcast === 'b2').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['measure', 'trade', 'video']),
    )
  })

  it.each([
    [['record']],
    [['record', '--hls', 'x.m3u8']],
    [['play', 'b9', '--out', 'x']],
    [['play']],
    [['erase', '--broadcast', 'b1', '--ground', 'g']],
    [['erase', '--ground', 'g', '--by', 'x']],
    [['hold', '--matter', 'm']],
    [['release']],
    [['check', '--fail-on', 'nothing']],
    [['due', '--at', 'tomorrow']],
    [['due', '--policy', 'nowhere']],
    [['due', '--colour']],
    [['burn']],
  ])('refuses %j in one sentence', async (args) => {
    await expect(archive(...args)).rejects.toThrow(UsageError)
  })

  it('needs a ledger', async () => {
    await expect(run('archive', 'due')).rejects.toThrow(/which ledger/)
    await expect(run('archive', 'due', '--ledger', dir)).rejects.toThrow(UsageError)
  })
})
