/** Kills a writer with SIGKILL at random moments, again and again, and holds it to what it said. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formatVerifierKey } from '../../src/ledger/note-key.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { readEntries } from '../../src/ledger/rooms.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { LogWriter } from '../../src/ledger/writer.ts'
import { fileHead } from '../../src/store/file-head.ts'
import { fileStore } from '../../src/store/file-store.ts'
import { nodeSha256 } from '../../src/store/node-keys.ts'
import { optionsOf, ORIGIN, Peaks, places, SIGNER } from './log.ts'

const CHILD = fileURLToPath(new URL('kill-child.mjs', import.meta.url))

export type Verdict = {
  readonly rounds: number
  readonly acknowledged: number
  readonly entries: number
  readonly signed: number
  /** Acknowledged and not where it was said to be. */
  readonly missing: number
  /** Entries that are in the log more than once. */
  readonly twice: number
  /** Signed checkpoints that are no prefix of the final log. */
  readonly contradicted: number
  /** Objects that do not verify at the end. */
  readonly failures: readonly string[]
}

export const killRounds = async (
  dir: string,
  rounds: number,
  random: () => number,
): Promise<Verdict> => {
  const acknowledged = new Map<number, string>()
  const signed = new Map<string, number>()
  let missing = 0
  for (let round = 0; round < rounds; round += 1)
    for (const line of await lifeOf(dir, round, random)) {
      const [first, ...rest] = line.split(' ')
      if (first === 'signed') signed.set(rest[1]!, Number(rest[0]))
      else {
        // Two lives were told the same place.
        if (acknowledged.has(Number(first))) missing += 1
        acknowledged.set(Number(first), rest.join(' '))
      }
    }

  const store = fileStore(join(dir, 'log'))
  const writer = await LogWriter.open({
    ...optionsOf(places()),
    store,
    journal: fileStore(join(dir, 'journal')),
    head: fileHead(join(dir, 'head')),
  })
  const { size } = writer
  const texts = new Set<string>()
  const roots = new Map([[0, createHash('sha256').digest('hex')]])
  const wanted = new Set(signed.values())
  const tree = new Peaks()
  let index = 0
  for await (const entry of readEntries(store, 0, size)) {
    const text = Buffer.from(entry).toString()
    const said = acknowledged.get(index)
    if (said !== undefined && said !== text) missing += 1
    texts.add(text)
    tree.push(entry)
    index += 1
    if (wanted.has(index)) roots.set(index, tree.root().toString('hex'))
  }
  for (const place of acknowledged.keys()) if (place >= size) missing += 1
  const policy = parsePolicy(`log ${formatVerifierKey(SIGNER.verifier)}\nquorum none\n`)
  const { failures } = await verifyLog(store, policy, { hash: nodeSha256 })
  return {
    rounds,
    acknowledged: acknowledged.size,
    entries: size,
    signed: signed.size,
    missing,
    twice: size - texts.size,
    contradicted: [...signed].filter(([root, at]) => roots.get(at) !== root).length,
    failures: failures.map(({ object, code }) => `${object}: ${code}`),
  }
}

/** What one writer said before it was killed, at a moment between its start and some commits later. */
const lifeOf = async (dir: string, round: number, random: () => number): Promise<string[]> => {
  const child = spawn(process.execPath, [CHILD, dir, `life-${round}`, ORIGIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let complaint = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const isUp = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  // Some die while they open, most while they commit.
  if (random() < 0.15) await setTimeout(60 + random() * 200)
  else await Promise.race([isUp, closed]).then(() => setTimeout(random() * 150))
  child.kill('SIGKILL')
  await closed
  if (complaint !== '') throw new Error(complaint)
  // A line that was cut off was not said.
  return said.split('\n').slice(0, -1)
}
