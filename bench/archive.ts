/**
 * Erasing people from a long log: records `leaves` comments of `people` viewers, erases `erased` of
 * them in one request, then checks the whole log and that nobody else lost anything. The baseline is
 * SHA-256 of the same entries in one thread, measured in the same run.
 *
 *   tsx bench/archive.ts [leaves = 1000000] [people = 100000] [erased = 1000]
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Archive } from '../src/archive/archive.ts'
import { erasePersons } from '../src/archive/erase.ts'
import { later } from '../src/archive/later.ts'
import { readEvents } from '../src/archive/read-log.ts'
import { parseRetention } from '../src/archive/retention-table.ts'
import { randomSalt } from '../src/archive/salt.ts'
import { nodeSha256 } from '../src/archive/sha256.ts'
import { parsePolicy as parseLaw } from '../src/law/policy.ts'
import { formatVerifierKey, signerKey } from '../src/ledger/note-key.ts'
import { parsePolicy } from '../src/ledger/policy.ts'
import { readEntries, RoomLog } from '../src/ledger/rooms.ts'
import { verifyLog } from '../src/ledger/verify-log.ts'
import { LogWriter } from '../src/ledger/writer.ts'
import { fileStore } from '../src/store/file-store.ts'
import { memoryHead } from '../src/store/memory-store.ts'
import type { AssayEvent } from '../src/vocabulary/event.ts'
import { inFolder } from './lib.ts'

const [leaves, people, erased] = [1_000_000, 100_000, 1000].map((usual, i) =>
  Number(process.argv[2 + i] ?? usual),
) as [number, number, number]

const ORIGIN = 'assay.example/bench'
const START = Date.UTC(2026, 2, 1, 12)
const AT = Date.UTC(2030, 0, 1)
const IN_FLIGHT = 20_000

const comment = (i: number) =>
  ({
    specversion: '1.0',
    id: `e-${i}`,
    source: '/bench',
    type: 'live.comment.posted',
    subject: 'broadcast-1',
    time: new Date(START + i).toISOString(),
    data: { comment: `c-${i}`, viewer: `viewer-${i % people}`, text: '这个锅能用电磁炉吗' },
  }) as AssayEvent

const json = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../policies/cn/${name}`, import.meta.url), 'utf8'))

const seconds = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
const rounded = (value: number) => Math.round(value * 100) / 100

await inFolder(async (folder) => {
  const signer = signerKey(ORIGIN, new Uint8Array(32).fill(7))
  const store = (part: string) => fileStore(join(folder, part))
  const [log, journal, vault, segments] = ['log', 'journal', 'vault', 'segments'].map(store) as [
    ReturnType<typeof store>,
    ReturnType<typeof store>,
    ReturnType<typeof store>,
    ReturnType<typeof store>,
  ]
  const head = memoryHead()
  const places = { store: log, journal, head, signer, schedule: later, sha256: nodeSha256 }
  const writer = await LogWriter.open({ origin: ORIGIN, ...places })
  const rooms = await RoomLog.open({ writer, store: log, journal, sha256: nodeSha256 })
  const law = parseLaw(json('provisions.json'), json('findings.json'))
  const archive = await Archive.open({
    writer,
    rooms,
    log,
    vault,
    segments,
    policy: parseRetention(json('retention.json'), law),
    keyRooms: new Set(),
    salt: randomSalt(),
    newId: () => `system-${writer.next}`,
    now: () => AT,
    schedule: later,
  })

  const recordSeconds = await seconds(async () => {
    for (let i = 0; i < leaves; i += IN_FLIGHT) {
      const some = Array.from({ length: Math.min(IN_FLIGHT, leaves - i) }, (_, k) => comment(i + k))
      await Promise.all(some.map((event) => archive.record(event)))
    }
  })

  let [bytes, hashSeconds] = [0, 0]
  const hashAll = async (entries: readonly Uint8Array[]) => {
    hashSeconds += await seconds(() => {
      for (const entry of entries) nodeSha256(entry)
    })
  }
  let some: Uint8Array[] = []
  for await (const entry of readEntries(log, 0, writer.size)) {
    bytes += entry.length
    if (some.push(entry) === IN_FLIGHT) await hashAll(some.splice(0))
  }
  await hashAll(some)
  some = []

  const ids = Array.from({ length: erased }, (_, i) => `viewer-${i * Math.floor(people / erased)}`)
  let result
  const eraseSeconds = await seconds(async () => {
    result = await erasePersons(archive, {
      ids,
      ground: 'bench',
      by: 'bench',
      at: AT,
      overridesRetention: true,
    })
  })

  const policy = parsePolicy(`log ${formatVerifierKey(signer.verifier)}\nquorum none\n`)
  let failures: readonly unknown[] = []
  const verifySeconds = await seconds(async () => {
    failures = (await verifyLog(log, policy, { hash: nodeSha256 })).failures
  })

  const gone = new Set(ids)
  let [kept, named] = [0, 0]
  for await (const { event } of readEvents(archive.logged))
    if (event.type === 'live.comment.posted') {
      const viewer = event.data.viewer as string | undefined
      if (viewer !== undefined && event.data.text !== '') kept += 1
      if (viewer !== undefined && gone.has(viewer)) named += 1
    }
  const figures = {
    leaves: writer.size,
    people,
    erased,
    megabytes: rounded(bytes / 1e6),
    recordSeconds: rounded(recordSeconds),
    sha256Seconds: rounded(hashSeconds),
    eraseSeconds: rounded(eraseSeconds),
    verifySeconds: rounded(verifySeconds),
    eraseToSha256: rounded(eraseSeconds / hashSeconds),
    verifyToSha256: rounded(verifySeconds / hashSeconds),
    result,
    failures: failures.length,
    stillNamed: named,
    keptOfOthers: kept,
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  if (failures.length > 0 || named > 0) process.exitCode = 1
})
