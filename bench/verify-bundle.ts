/**
 * Checking a bundle of 1,000 leaves, from a folder, in a fresh process each time, against the bare
 * SHA-256 of the same bytes in the same run: `tsx bench/verify-bundle.ts [leaves] [rounds]`.
 * `portable` is the hash that a page runs, `host` the one of Node.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderFiles, folderPlace } from '../src/archive/bundle-folder.ts'
import { writeBundle } from '../src/archive/bundle.ts'
import { remakeClip } from '../src/archive/clip.ts'
import { nodeSha256 } from '../src/archive/sha256.ts'
import { checkTimestamp } from '../src/archive/timestamp.ts'
import { verifyBundle } from '../src/ledger/verify-bundle.ts'
import { story } from '../test/archive/bundle-story.ts'
import { fresh, inFolder, median, type Run } from './lib.ts'

type BundleRun = Run & { readonly bareMs: number; readonly bytes: number }

const [mode, ...rest] = process.argv.slice(2)

if (mode === '--verify') await once(rest[0]!, rest[1]!)
else await bench(Number(mode ?? 1000), Number(rest[0] ?? 5))

/** One run; prints its figures. */
async function once(folder: string, hash: string): Promise<void> {
  const bytes = bareHash(folder)
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const files = await folderFiles(folder)
  const host = hash === 'host' ? { hash: nodeSha256, remakeClip } : {}
  const report = await verifyBundle(files, { checkTimestamp, ...host })
  if (report.failures.length > 0) throw new Error(JSON.stringify(report.failures[0]))
  const ms = performance.now() - begun
  const { user, system } = process.cpuUsage(cpu)
  const cpuMs = (user + system) / 1000
  console.log(
    JSON.stringify({ ms, cpuMs, bareMs: bytes.ms, events: report.entries, bytes: bytes.bytes }),
  )
}

/** Read and hashed beforehand, so that both find the files in the same cache. */
function bareHash(folder: string): { readonly ms: number; readonly bytes: number } {
  const contents = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name)))
  const begun = performance.now()
  for (const content of contents) createHash('sha256').update(content).digest()
  const ms = performance.now() - begun
  return { ms, bytes: contents.reduce((sum, { length }) => sum + length, 0) }
}

async function bench(leaves: number, count: number): Promise<void> {
  await inFolder(async (folder) => {
    const seconds = 20
    // The story has 16 leaves of its own beside a piece a second.
    const told = await story({ seconds, video: 'fmp4', comments: leaves - seconds - 16 })
    await writeBundle(
      told.source,
      {
        matter: { kind: 'broadcast', id: 'broadcast-1' },
        marginMs: 0,
        disclose: 'all',
        madeAt: 0,
        version: '0.0.0',
        page: () => '<!doctype html>',
      },
      folderPlace(folder),
    )
    const script = new URL(import.meta.url)
    for (const hash of ['host', 'portable']) {
      const runs = Array.from(
        { length: count },
        () => fresh(script, ['--verify', folder, hash]) as BundleRun,
      )
      const [ms, bareMs] = [
        median(runs.map((run) => run.ms)),
        median(runs.map((run) => run.bareMs)),
      ]
      console.log(
        JSON.stringify({
          bench: `verify-bundle (${hash} hash)`,
          leaves: runs[0]!.events,
          bytes: runs[0]!.bytes,
          ms: Math.round(ms),
          cpuMs: Math.round(median(runs.map((run) => run.cpuMs))),
          bareSha256Ms: Math.round(bareMs * 10) / 10,
          ratio: Math.round((ms / bareMs) * 10) / 10,
          spreadMs: [
            Math.min(...runs.map((run) => run.ms)),
            Math.max(...runs.map((run) => run.ms)),
          ].map(Math.round),
        }),
      )
    }
  })
}
