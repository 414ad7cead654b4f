/**
 * The ledger against bare `sha256` of the same bytes in one thread of the same run: appending with
 * group commit and fsync, telemetry in chunks, and at ten million entries opening and proving, each
 * in a fresh process. Prints one line of JSON; goals stand beside the figures.
 *   tsx bench/ledger.ts [appends] [events] [log size]
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formatCheckpoint } from '../src/ledger/checkpoint.ts'
import { chunkOf } from '../src/ledger/chunk.ts'
import { Edge } from '../src/ledger/edge.ts'
import { formatHead } from '../src/ledger/head.ts'
import { formatSignerKey } from '../src/ledger/note-key.ts'
import { signNote } from '../src/ledger/note.ts'
import { proveInclusion, tileHashReader } from '../src/ledger/prove.ts'
import { formatTilePath } from '../src/ledger/tiles.ts'
import { LogWriter } from '../src/ledger/writer.ts'
import { fileHead } from '../src/store/file-head.ts'
import { fileStore } from '../src/store/file-store.ts'
import { nodeSha256, nodeSigner } from '../src/store/node-keys.ts'
import type { AssayEvent } from '../src/vocabulary/event.ts'
import { fresh, inFolder, median, randomOf } from './lib.ts'

const ORIGIN = 'log.example/bench'
const SIGNER = nodeSigner(formatSignerKey(ORIGIN, new Uint8Array(32).fill(7)))
const ENTRY_BYTES = 300
const GOAL = 100_000
/** Appenders that wait for each acknowledgement before their next entry. */
const LANES = 2500
const CHUNK = 4096
/** Chunks committed at once: as many broadcasts are live. */
const LIVE = 16

const openIn = (folder: string): Promise<LogWriter> =>
  LogWriter.open({
    origin: ORIGIN,
    store: fileStore(join(folder, 'log')),
    journal: fileStore(join(folder, 'journal')),
    head: fileHead(join(folder, 'head')),
    signer: SIGNER,
    sha256: nodeSha256,
    schedule: (run, ms) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })

const perSecond = (count: number, ms: number) => Math.round((count / ms) * 1000)

/** Bare hashing of the same things by the fastest call there is, a second of it. */
const bareOf = (things: readonly Uint8Array[]): number => {
  const begun = performance.now()
  let done = 0
  let sink = 0
  while (performance.now() - begun < 1000)
    for (const thing of things) {
      sink ^= nodeSha256(thing)[0]!
      done += 1
    }
  if (sink > 255) throw new RangeError('a byte')
  return perSecond(done, performance.now() - begun)
}

/** As fast as it goes: appenders that each wait for the acknowledgement before the next entry. */
const benchThroughput = async (folder: string, entries: readonly Uint8Array[], count: number) => {
  const writer = await openIn(folder)
  let next = 0
  const lane = async () => {
    while (next < count) {
      next += 1
      await writer.append(entries[next % entries.length]!)
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: LANES }, lane))
  const entriesPerSecond = perSecond(count, performance.now() - begun)
  await writer.close()
  return entriesPerSecond
}

/** How long an acknowledgement takes while entries arrive evenly, `rate` a second. */
const benchWaits = async (
  folder: string,
  entries: readonly Uint8Array[],
  count: number,
  rate: number,
) => {
  const writer = await openIn(folder)
  const waits: number[] = []
  const underWay: Promise<void>[] = []
  const append = async (entry: Uint8Array) => {
    const begun = performance.now()
    await writer.append(entry)
    waits.push(performance.now() - begun)
  }
  const begun = performance.now()
  while (underWay.length < count) {
    const due = Math.min(count, ((performance.now() - begun) * rate) / 1000)
    while (underWay.length < due) underWay.push(append(entries[underWay.length % entries.length]!))
    await sleep(1)
  }
  await writer.flush()
  await Promise.all(underWay)
  await writer.close()
  waits.sort((a, b) => a - b)
  return { p50Ms: round(waits[count >> 1]!), p99Ms: round(waits[Math.floor(count * 0.99)]!) }
}

const benchAppend = async (folder: string, count: number) => {
  const random = randomOf(1)
  const entries = Array.from({ length: 4096 }, () =>
    Uint8Array.from({ length: ENTRY_BYTES }, () => random() * 256),
  )
  const bare = bareOf(entries)
  const entriesPerSecond = await benchThroughput(join(folder, 'a'), entries, count)
  const rate = Math.min(GOAL, Math.round(entriesPerSecond * 0.8))
  const waits = await benchWaits(join(folder, 'b'), entries, count, rate)
  return {
    entriesPerSecond,
    goal: GOAL,
    sha256PerSecond: bare,
    ofSha256: round(entriesPerSecond / bare),
    ...waits,
    atPerSecond: rate,
    p99GoalMs: 50,
  }
}

const benchChunks = async (folder: string, count: number) => {
  const events = Array.from({ length: CHUNK }, (_, i) => ({
    specversion: '1.0',
    id: `e-${i}`,
    source: '/platforms/example/rooms',
    type: 'live.viewer.watched',
    subject: 'broadcast-1',
    time: `2026-03-01T12:00:${String(i % 60).padStart(2, '0')}.000+08:00`,
    data: { view: `w-${i}`, seconds: 30, visible: true, playing: true },
  })) as unknown as AssayEvent[]
  const writer = await openIn(folder)
  const vault = fileStore(join(folder, 'vault'))
  let sequence = 0
  const salts = randomBytes(16 * CHUNK)
  let at = 0
  const salt = () => salts.subarray((at = (at + 16) % salts.length), at + 16)
  const begun = performance.now()
  let before = Promise.resolve()
  for (let done = 0; done < count; done += LIVE * CHUNK) {
    const chunks = Array.from({ length: LIVE }, (_, room) =>
      chunkOf(
        events,
        { room: `room-${room}`, broadcast: `broadcast-${room}`, sequence },
        salt,
        nodeSha256,
      ),
    )
    sequence += 1
    const bodies = chunks.map(({ body }, room) => [`chunks/${sequence}/${room}`, body] as const)
    // As the recorder does it: bodies before leaves, and the next are made while these are logged.
    const commit = async () => {
      await vault.write(new Map(bodies))
      const appended = chunks.map(({ entry }) => writer.append(entry))
      await writer.flush()
      await Promise.all(appended)
    }
    await before
    before = commit()
  }
  await before
  const eventsPerSecond = perSecond(sequence * LIVE * CHUNK, performance.now() - begun)
  await writer.close()
  const texts = events.map((event) => Buffer.from(JSON.stringify(event)))
  const bare = bareOf(texts)
  return {
    eventsPerSecond,
    goal: 500_000,
    sha256PerSecond: bare,
    ofSha256: round(eventsPerSecond / bare),
  }
}

/** A log of `size` short entries, its files written without waiting for the disk. */
const build = async (folder: string, size: number): Promise<void> => {
  const edge = new Edge(nodeSha256)
  const made = new Set<string>()
  const put = () => {
    for (const { tile, bytes } of edge.cut()) {
      if (tile.width < 256 && edge.size < size) continue
      const path = join(folder, 'log', formatTilePath(tile))
      if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true })
      made.add(dirname(path))
      writeFileSync(path, bytes)
    }
  }
  for (let i = 0; i < size; i += 1) {
    edge.push(Buffer.from(`entry ${i}`))
    if (edge.size % 65_536 === 0) put()
  }
  put()
  const checkpoint = { origin: ORIGIN, size, root: edge.root() }
  const head = formatHead({ ...checkpoint, term: 1, batches: [] })
  await fileHead(join(folder, 'head')).swap(null, Buffer.from(head))
  writeFileSync(join(folder, 'log', 'checkpoint'), signNote(formatCheckpoint(checkpoint), [SIGNER]))
}

/** In a fresh process: opens the log, then proves. */
const openAndProve = async (folder: string): Promise<void> => {
  const begun = performance.now()
  const writer = await openIn(folder)
  const ms = performance.now() - begun
  const rssMiB = process.memoryUsage.rss() / 2 ** 20
  const random = randomOf(2)
  const store = fileStore(join(folder, 'log'))
  const times: number[] = []
  // A reader that is kept, as a server keeps it; each leaf is another one.
  const read = tileHashReader(store, writer.size, { hash: nodeSha256, keep: 512 })
  for (let i = 0; i < 1000; i += 1) {
    const index = Math.floor(random() * writer.size)
    const started = performance.now()
    await proveInclusion(read, index, writer.size, nodeSha256)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const proof = { ms: round(median(times)), p99: round(times[990]!) }
  await writer.close()
  console.log(JSON.stringify({ ms, cpuMs: 0, rssMiB, events: writer.size, proof }))
}

const benchLarge = async (folder: string, size: number) => {
  await build(folder, size)
  const run = fresh(new URL(import.meta.url), ['--open', folder]) as ReturnType<typeof fresh> & {
    readonly proof: { readonly ms: number; readonly p99: number }
  }
  return {
    size,
    openMs: Math.round(run.ms),
    openGoalMs: 1000,
    rssMiB: Math.round(run.rssMiB),
    rssGoalMiB: 190,
    proofMs: run.proof.ms,
    proofP99Ms: run.proof.p99,
    proofGoalMs: 1,
  }
}

const round = (value: number) => Math.round(value * 1000) / 1000

if (process.argv[2] === '--open') await openAndProve(process.argv[3]!)
else if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [appends = 500_000, events = 2_000_000, size = 10_000_000] = process.argv
    .slice(2)
    .map(Number)
  const append = await inFolder((folder) => benchAppend(folder, appends))
  const chunks = await inFolder((folder) => benchChunks(folder, events))
  const large = await inFolder((folder) => benchLarge(folder, size))
  console.log(JSON.stringify({ append, chunks, large }))
}
