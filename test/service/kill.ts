/**
 * The service under load while its process, its rooms' thread and its database are killed at random
 * moments, and what it must hold to afterwards. The producer does what a producer does that gets no
 * answer: it sends the same again; and now and then it sends again what was acknowledged.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { send, serveIn, type Served } from '../../bench/live.ts'
import { LiveRoom } from '../../bench/live-load.ts'
import { readEvents } from '../../src/archive/read-log.ts'
import { Vault } from '../../src/archive/vault.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import { parsePolicy } from '../../src/law/policy.ts'
import { canonical, type Json } from '../../src/ledger/canonical.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { readLedgerFolder } from '../../src/store/ledger-folder.ts'
import { nodeSha256 } from '../../src/store/node-keys.ts'
import { latestCheckpoint } from '../../src/store/open-ledger.ts'
import type { TestPostgres } from '../store/postgres.ts'
import { PACK } from './rig.ts'

export type Victim = 'server' | 'start' | 'rooms' | 'postgres' | 'backend'

export type KillOptions = {
  readonly rounds: number
  readonly random: () => number
  /** The database; the embedded one unless given. */
  readonly postgres?: TestPostgres
  readonly rooms?: number
  readonly onRound?: (round: number, victim: Victim) => void
}

export type Verdict = {
  readonly kills: Readonly<Record<string, number>>
  readonly events: number
  /** Batches that had no answer and were sent again. */
  readonly unanswered: number
  /** Batches that were acknowledged and sent again all the same. */
  readonly repeated: number
  /** Acknowledged and not in the ledger. */
  readonly missing: number
  /** In the ledger more than once. */
  readonly twice: number
  /** Rooms whose figures are not those of an audit of the same events: while on air, and restarted. */
  readonly differing: readonly string[]
  /** Objects of the ledger that do not verify. */
  readonly failures: readonly string[]
}

const PRODUCERS = 4
const BATCH = 60
/** Events that are under way before something is killed, however busy the machine is. */
const LEAST_A_ROUND = 3 * BATCH
/** Longest wait for the last judgements, ms. */
const JUDGED_MS = 180_000

export const killRounds = async (folder: string, options: KillOptions): Promise<Verdict> => {
  const { rounds, random, postgres, rooms = 6, onRound = () => {} } = options
  const load = new Load(rooms, random)
  const kills: Record<string, number> = {}
  const victims: readonly Victim[] =
    postgres === undefined
      ? ['server', 'rooms', 'server', 'start']
      : ['server', 'postgres', 'rooms', 'backend', 'start']
  const start = (onSpawn?: (pid: number) => void) =>
    serveIn(join(folder, 'data'), {
      pace: { snapshotMs: 700, factsMs: 1_500 },
      isQuiet: true,
      ...(postgres === undefined ? {} : { database: postgres.url }),
      ...(onSpawn === undefined ? {} : { onSpawn }),
    })
  let served: Served | null = null
  for (let round = 0; round < rounds; round += 1) {
    const victim: Victim = victims[round % victims.length]!
    kills[victim] = (kills[victim] ?? 0) + 1
    onRound(round, victim)
    if (victim === 'start') {
      await served?.kill('SIGKILL')
      served = null
      await killedWhileStarting(start, random)
      continue
    }
    served ??= await start()
    const stop = load.on(served)
    await load.grown(LEAST_A_ROUND)
    await pause(100 + random() * 900)
    switch (victim) {
      case 'server':
        await served.kill('SIGKILL')
        served = null
        break
      case 'rooms':
        process.kill(served.pid, 'SIGUSR2')
        await pause(random() * 500)
        break
      case 'postgres':
        await postgres!.kill()
        await pause(random() * 800)
        await postgres!.start()
        break
      case 'backend':
        await killBackend(postgres!)
    }
    await stop()
  }
  served ??= await start()
  await load.finish(served)
  const expected = offline(load.lines)
  const differing = (await differingIn(served, expected, JUDGED_MS)).map((id) => `${id} on air`)
  await served.stop()
  const again = await start()
  for (const id of await differingIn(again, expected, JUDGED_MS)) differing.push(`${id} restarted`)
  await again.stop()
  return {
    kills,
    events: load.lines.length,
    unanswered: load.unanswered,
    repeated: load.repeated,
    differing,
    ...(await countsIn(join(folder, 'data', 'ledger'), load.lines)),
  }
}

/** At any moment between nothing and ready: whoever starts next finishes what is half done. */
const killedWhileStarting = async (
  start: (onSpawn: (pid: number) => void) => Promise<Served>,
  random: () => number,
): Promise<void> => {
  let pid = 0
  const starting = start((spawned) => (pid = spawned)).catch(() => null)
  await pause(300 + random() * 3_000)
  process.kill(pid, 'SIGKILL')
  await (await starting)?.kill('SIGKILL')
}

/** One connection's process, as the kernel would: Postgres then ends all others too, and recovers. */
const killBackend = async (postgres: TestPostgres): Promise<void> => {
  const sql = postgres.open()
  try {
    const [backend] = await sql.query<{ pid: number }>(
      `select pid from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    )
    if (backend !== undefined) process.kill(backend.pid, 'SIGKILL')
  } finally {
    await sql.close()
  }
}

class Load {
  readonly #rooms: readonly LiveRoom[]
  readonly #random: () => number
  readonly #open: string[][] = []
  readonly #done: string[][] = []
  #again: string[][] = []
  /** Every line that was ever sent, in the order in which it was made. */
  readonly lines: string[] = []
  unanswered = 0
  repeated = 0

  constructor(rooms: number, random: () => number) {
    this.#random = random
    const run = 'kill'
    this.#rooms = Array.from({ length: rooms }, (_, i) => new LiveRoom(i, run))
    const starts = this.#rooms.map((room) => room.start(Date.now()))
    this.lines.push(...starts)
    this.#open.push(starts)
  }

  /** Sends to a service until stopped, whatever happens to it. */
  on({ port, key }: Served): () => Promise<void> {
    // What was acknowledged last, perhaps since the last snapshot, by whoever is not sure of it.
    this.#again = this.#done.slice(-2)
    const stopping = new AbortController()
    const { signal } = stopping
    const lanes = Array.from({ length: PRODUCERS }, async () => {
      while (!signal.aborted) {
        if (!(await this.#one(port, key, this.#next()))) await pause(50)
        await pause(10)
      }
    })
    return async () => {
      stopping.abort()
      await Promise.all(lanes)
    }
  }

  /** Resolves when so many new events were made since it was asked. */
  async grown(by: number): Promise<void> {
    for (const until = this.lines.length + by; this.lines.length < until;) await pause(20)
  }

  /** Has everything acknowledged. */
  async finish({ port, key }: Served): Promise<void> {
    for (let tries = 0; this.#open.length > 0; tries += 1) {
      if (tries > 1_000) throw new Error('never acknowledged')
      if (!(await this.#one(port, key, this.#open.pop()!))) await pause(50)
    }
  }

  #next(): string[] {
    const open = this.#open.pop()
    if (open !== undefined) return open
    const again = this.#again.pop()
    if (again !== undefined) {
      this.repeated += 1
      return again
    }
    if (this.#done.length > 0 && this.#random() < 0.15) {
      this.repeated += 1
      return this.#done[Math.floor(this.#random() * this.#done.length)]!
    }
    const room = this.#rooms[Math.floor(this.#random() * this.#rooms.length)]!
    const batch =
      this.#random() < 0.1 ? room.inflated(Date.now(), BATCH) : room.second(Date.now(), BATCH)
    this.lines.push(...batch)
    return batch
  }

  /** @returns whether it was acknowledged */
  async #one(port: number, key: string, batch: string[]): Promise<boolean> {
    const answer = await send(port, key, batch).catch(() => null)
    if (answer?.status !== 200) {
      this.unanswered += 1
      this.#open.push(batch)
      return false
    }
    const { accepted, repeats } = JSON.parse(answer.body) as { accepted: number; repeats: number }
    if (accepted + repeats !== batch.length) throw new Error(answer.body)
    this.#done.push(batch)
    return true
  }
}

/** Figures of each room by an audit of a recording of the same events, in RFC 8785. */
const offline = (lines: readonly string[]): Map<string, string> => {
  const intake = new Intake(new Evidence())
  intake.open('recording', 'ndjson')
  for (const [line, text] of lines.entries()) intake.offer(JSON.parse(text), line + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  const policy = parsePolicy(...PACK.files)
  const options = { version: 'bench', policy, at: null, inputs, refusedByBroadcast }
  const { broadcasts } = audit(intake.evidence, options).report
  return new Map(
    broadcasts.map(({ broadcast, figures }) => [broadcast, canonical(figures as unknown as Json)]),
  )
}

/** Rooms that are still shown otherwise after a while. */
const differingIn = async (
  { port, key }: Served,
  expected: ReadonlyMap<string, string>,
  withinMs: number,
): Promise<string[]> => {
  const left = new Set(expected.keys())
  for (const until = Date.now() + withinMs; left.size > 0 && Date.now() < until;) {
    for (const id of left) {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/broadcasts/${id}/figures`, {
        headers: { authorization: `Bearer ${key}` },
      })
      if (!answer.ok) continue
      const { figures } = (await answer.json()) as { figures: Json }
      if (canonical(figures) === expected.get(id)) left.delete(id)
    }
    if (left.size > 0) await pause(250)
  }
  return [...left]
}

const countsIn = async (dir: string, lines: readonly string[]) => {
  const folder = await readLedgerFolder(dir)
  const { size } = await latestCheckpoint(folder)
  const logged = { log: folder.log, vault: new Vault(folder.vault), size }
  const found = new Map<string, number>()
  for await (const { event } of readEvents(logged))
    if (event.source === '/bench') found.set(event.id, (found.get(event.id) ?? 0) + 1)
  const { failures } = await verifyLog(folder.log, folder.policy, { hash: nodeSha256 })
  return {
    missing: lines.filter((line) => !found.has((JSON.parse(line) as { id: string }).id)).length,
    twice: [...found.values()].filter((times) => times > 1).length,
    failures: failures.map(({ object, code }) => `${object}: ${code}`),
  }
}
