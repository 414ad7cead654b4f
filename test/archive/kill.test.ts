/** Killed at any moment, the archive has lost nothing that it acknowledged, personal parts included. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readEvents } from '../../src/archive/read-log.ts'
import { Vault } from '../../src/archive/vault.ts'
import { ledgerCommand } from '../../src/cli/commands/ledger.ts'
import { openLedger } from '../../src/store/open-ledger.ts'

const CHILD = fileURLToPath(new URL('record-child.ts', import.meta.url))
const ROUNDS = 5
const ignore = () => {}

/** Runs until it has acknowledged something, and a little longer; gives what it acknowledged. */
const killed = (dir: string, first: number, afterMs: number): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dir, String(first)])
    let [out, err] = ['', '']
    let isDying = false
    child.stderr.on('data', (data: Buffer) => void (err += data.toString()))
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString()
      if (isDying) return
      isDying = true
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(err))
      // The last line may be torn.
      resolve(out.split('\n').slice(0, -1).map(Number))
    })
  })

it(`keeps every acknowledged event whole through ${ROUNDS} kills, and none twice`, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'assay-archive-kill-'))
  const io = {
    out: ignore,
    err: ignore,
    isTerminal: false,
    language: 'en',
    signal: new AbortController().signal,
  } as const
  await ledgerCommand.run(['init', dir, '--origin', 'assay.example/log'], io)
  const acknowledged: number[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    acknowledged.push(...(await killed(dir, round * 1_000_000, (round * 61) % 250)))
  const ledger = await openLedger(dir)
  const vault = new Vault(ledger.vault)
  await vault.recover(ledger.writer.next)
  const found = new Map<string, number>()
  for await (const { event } of readEvents({ log: ledger.log, vault, size: ledger.writer.size })) {
    found.set(event.id, (found.get(event.id) ?? 0) + 1)
    // Whatever is in the log at all has its personal part.
    expect((event.data as { viewer?: string }).viewer).toBe(`viewer-${event.id.slice(2)}`)
  }
  await ledger.close()
  await rm(dir, { recursive: true })
  expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS)
  expect(acknowledged.filter((n) => found.get(`e-${n}`) !== 1)).toEqual([])
  expect([...found.values()].filter((times) => times !== 1)).toEqual([])
})
