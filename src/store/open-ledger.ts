/** A ledger opened to be written: one process, one lock, the witnesses asked what they have seen. */
import { readFile, rm, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Sentence } from '../language/sentence.ts'
import { say } from '../language/say.ts'
import { LogError } from '../ledger/log-error.ts'
import { isQuorum, openCheckpoint } from '../ledger/policy.ts'
import { proveConsistency, tileHashReader } from '../ledger/prove.ts'
import type { SignerKey } from '../ledger/note-key.ts'
import { RoomLog } from '../ledger/rooms.ts'
import { CHECKPOINT_PATH } from '../ledger/tiles.ts'
import { LogWriter } from '../ledger/writer.ts'
import { storeErrorOf } from './durable.ts'
import { sweepPartials } from './file-store.ts'
import { KEY_FILE, PARTS, readLedgerFolder, type LedgerFolder } from './ledger-folder.ts'
import { takeLock } from './lock-file.ts'
import { nodeSha256, nodeSigner } from './node-keys.ts'
import { fetchWitnessed, submit, type Cosigned } from './witness-client.ts'

export type OpenLedger = LedgerFolder & {
  readonly writer: LogWriter
  /** The log's own key: instructions to the platform are signed with it as well. */
  readonly signer: SignerKey
  readonly rooms: RoomLog
  /** Witnesses that could not be asked at opening, and why. */
  readonly unasked: readonly Sentence[]
  /** Has the last published checkpoint cosigned by the policy's witnesses, and keeps it. */
  readonly cosign: () => Promise<CosignReport>
  /** Commits what waits, saves the sequences, gives the lock back. */
  readonly close: () => Promise<void>
}

export type CosignReport = {
  /** The note with every cosignature that could be had. */
  readonly checkpoint: Uint8Array
  readonly isQuorum: boolean
  readonly cosigned: readonly string[]
  readonly failures: readonly (Extract<Cosigned, { ok: false }> & { readonly witness: string })[]
}

export type LatestCheckpoint = {
  readonly note: Uint8Array
  readonly size: number
  readonly isQuorum: boolean
  /** Witnesses, as the policy names them. */
  readonly cosigned: readonly string[]
}

export type OpenOptions = {
  /** File of the private key; `key` in the folder unless given. */
  readonly key?: string
  readonly fetch?: typeof fetch
}

const LOCK_FILE = 'writer.lock'
const COSIGNED_PATH = 'cosigned'
/** A witness that does not answer must not keep a log from opening for long. */
const ASK_MS = 3000

/**
 * @throws StoreError `locked` while another writer of this folder lives, LogError where what stands
 *   here is not what was signed or what witnesses hold, LedgerError for a malformed key
 */
export const openLedger = async (dir: string, options: OpenOptions = {}): Promise<OpenLedger> => {
  const folder = await readLedgerFolder(dir)
  const signer = nodeSigner(await readKey(options.key ?? join(dir, KEY_FILE)))
  const release = await takeLock(join(dir, LOCK_FILE))
  try {
    await sweep(folder)
    const { seen, unasked } = await askWitnesses(folder, options)
    const writer = await LogWriter.open({
      origin: folder.config.origin,
      store: folder.log,
      journal: folder.journal,
      head: folder.head,
      signer,
      seen,
      sha256: nodeSha256,
      schedule: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    const { log: store, journal } = folder
    const rooms = await RoomLog.open({ writer, store, journal, sha256: nodeSha256 })
    const close = async () => {
      try {
        await writer.close()
        await rooms.save()
      } finally {
        await release()
      }
    }
    const cosign = () => cosignWith(folder, writer, options)
    return { ...folder, writer, signer, rooms, unasked, cosign, close }
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * The newest checkpoint that proofs can be made for: the last one cosigned by the policy's quorum
 * where it covers `size` entries, else the published one (which may lack cosignatures).
 * @throws LogError `no-ledger` where nothing was ever published, or not so much
 */
export const latestCheckpoint = async (
  { journal, log, policy, dir }: Pick<LedgerFolder, 'journal' | 'log' | 'policy' | 'dir'>,
  size = 0,
): Promise<LatestCheckpoint> => {
  const notes = [await journal.read(COSIGNED_PATH), await log.read(CHECKPOINT_PATH)]
  const found = notes.flatMap((note): LatestCheckpoint[] => {
    if (note === null) return []
    const { checkpoint, cosignatures } = openCheckpoint(note, { ...policy, quorum: null })
    const cosigned = cosignatures.map(({ witness }) => witness)
    const enough = isQuorum(policy, new Set(cosigned))
    return checkpoint.size < size
      ? []
      : [{ note, size: checkpoint.size, isQuorum: enough, cosigned }]
  })
  const best = found.find(({ isQuorum: enough }) => enough) ?? found.at(-1)
  if (best === undefined) throw new LogError('no-ledger', say('ledger.nothing-published', { dir }))
  return best
}

/** Leaves of the newest published checkpoint, cosigned or not. @throws LogError `no-ledger` */
export const publishedSize = async ({
  log,
  policy,
  dir,
}: Pick<LedgerFolder, 'log' | 'policy' | 'dir'>): Promise<number> => {
  const note = await log.read(CHECKPOINT_PATH)
  if (note === null) throw new LogError('no-ledger', say('ledger.nothing-published', { dir }))
  return openCheckpoint(note, { ...policy, quorum: null }).checkpoint.size
}

const cosignWith = async (
  { policy, log, journal }: LedgerFolder,
  writer: LogWriter,
  { fetch: ask }: OpenOptions,
): Promise<CosignReport> => {
  const { checkpoint: note, size } = writer
  const read = tileHashReader(log, size, { hash: nodeSha256 })
  const before = await journal.read(COSIGNED_PATH)
  const old =
    before === null ? 0 : openCheckpoint(before, { ...policy, quorum: null }).checkpoint.size
  const asked = policy.witnesses.flatMap(({ name, key, url }) =>
    key === null || url === undefined ? [] : [{ name, key, url }],
  )
  const prove = (from: number, to: number) => proveConsistency(read, from, to, nodeSha256)
  const answers = await Promise.all(
    asked.map(async ({ name, key, url }) => {
      const known = { old, ...(ask === undefined ? {} : { fetch: ask }) }
      return { witness: name, ...(await submit({ url, key, checkpoint: note, prove, ...known })) }
    }),
  )
  const good = answers.flatMap((answer) => (answer.ok ? [answer] : []))
  const checkpoint = Buffer.concat([note, Buffer.from(good.map(({ line }) => line).join(''))])
  const cosigned = good.map(({ witness }) => witness)
  const enough = isQuorum(policy, new Set(cosigned))
  if (enough && cosigned.length > 0) {
    await journal.write(new Map([[COSIGNED_PATH, checkpoint]]))
    await writer.publish(checkpoint)
  }
  const ahead = answers.find((answer) => !answer.ok && answer.code === 'ahead')
  if (ahead !== undefined && !ahead.ok) throw new LogError('older-than-seen', ahead.sentence)
  const failures = answers.flatMap((answer) => (answer.ok ? [] : [answer]))
  return { checkpoint, isQuorum: enough, cosigned, failures }
}

/** What witnesses hold counts only when our own key signed it; others' rubbish refuses nothing. */
const askWitnesses = async (
  { policy, config }: LedgerFolder,
  { fetch: ask }: OpenOptions,
): Promise<{ readonly seen: Uint8Array[]; readonly unasked: Sentence[] }> => {
  const seen: Uint8Array[] = []
  const unasked: Sentence[] = []
  const fetching = { timeoutMs: ASK_MS, ...(ask === undefined ? {} : { fetch: ask }) }
  await Promise.all(
    policy.witnesses.map(async ({ name, url }) => {
      if (url === undefined) return
      try {
        const note = await fetchWitnessed({ url, ...fetching }, config.origin)
        if (note !== null) {
          openCheckpoint(note, { ...policy, quorum: null })
          seen.push(note)
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        unasked.push(say('witness.unreachable', { name, url, reason }))
      }
    }),
  )
  return { seen, unasked }
}

/** What an earlier life left half-written; ours to remove, for we hold the lock. */
const sweep = async ({ dir, config }: LedgerFolder): Promise<void> => {
  for (const part of PARTS) await sweepPartials(join(dir, part))
  const head = resolve(dir, config.head)
  for (const name of await readdir(head).catch(() => []))
    if (name.endsWith('.partial')) await rm(join(head, name), { force: true })
}

const readKey = async (path: string): Promise<string> => {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    const failure = storeErrorOf(path, error)
    if (failure.code !== 'unreachable') throw failure
    throw new LogError('no-ledger', say('ledger.no-key', { path }), { cause: error })
  }
}
