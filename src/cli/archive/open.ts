/** What the archive commands share: options, the law pack's table, and the ledger's folder. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Archive } from '../../archive/archive.ts'
import { learn, noFacts, type Facts } from '../../archive/facts.ts'
import { later } from '../../archive/later.ts'
import { readEvents } from '../../archive/read-log.ts'
import { randomSalt } from '../../archive/salt.ts'
import { parseRetention, type RetentionPolicy } from '../../archive/retention-table.ts'
import { Vault } from '../../archive/vault.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { PolicyError } from '../../law/policy.ts'
import { readLedgerFolder, type LedgerFolder } from '../../store/ledger-folder.ts'
import { latestCheckpoint, openLedger } from '../../store/open-ledger.ts'
import { UsageError, type Io } from '../command.ts'
import { readPolicy } from '../policy-pack.ts'
import { momentOf } from '../price/shop.ts'
import { progressOn } from '../progress.ts'

/** Options that every archive command has. */
export const COMMON = {
  ledger: { type: 'string' },
  policy: { type: 'string', default: 'cn' },
  'key-room': { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
} as const

export type Settings = {
  readonly ledger?: string | undefined
  readonly policy: string
  readonly 'key-room': readonly string[]
}

export const requiredOption = (value: string | undefined, option: string): string => {
  if (value === undefined || value === '')
    throw new UsageError(say('archive.option-missing', { option }))
  return value
}

/** `--at`, or now. */
export const momentOr = (text: string | undefined, now: number): number => momentOf(text) ?? now

/**
 * Opens the archive for writing, works, has the checkpoint cosigned, and closes it whatever happens.
 * @throws LogError, LedgerError, StoreError
 */
export const withArchive = async <T>(
  { ledger: dir, policy, 'key-room': keyRooms }: Settings,
  io: Io,
  work: (archive: Archive) => Promise<T>,
): Promise<T> => {
  const retention = await readRetention(policy)
  const ledger = await openLedger(folderOf(dir))
  const warn = (sentence: Sentence) => io.err(`assay: ${sentence[io.language]}\n`)
  try {
    ledger.unasked.forEach(warn)
    const progress = progressOn(io)
    const archive = await Archive.open(
      {
        ...ledger,
        policy: retention,
        keyRooms: new Set(keyRooms),
        salt: randomSalt(),
        newId: randomUUID,
        now: Date.now,
        schedule: later,
      },
      {
        from: 0,
        take: (_, index) => progress.tell(() => say('archive.reading', { leaves: index + 1 })),
      },
    )
    progress.end()
    const result = await work(archive)
    await archive.flush()
    const { failures } = await ledger.cosign()
    for (const { sentence } of failures) warn(sentence)
    return result
  } finally {
    await ledger.close()
  }
}

export type ReadArchive = {
  readonly folder: LedgerFolder
  readonly facts: Facts
  readonly policy: RetentionPolicy
  readonly keyRooms: ReadonlySet<string>
}

/**
 * Reads without a lock: while another process records, what it has published so far.
 * @throws LogError, LedgerError, StoreError
 */
export const withFacts = async <T>(
  { ledger: dir, policy, 'key-room': keyRooms }: Settings,
  io: Io,
  work: (archive: ReadArchive) => Promise<T>,
): Promise<T> => {
  const retention = await readRetention(policy)
  const folder = await readLedgerFolder(folderOf(dir))
  const { size } = await latestCheckpoint(folder)
  const facts = noFacts()
  const progress = progressOn(io)
  const logged = { log: folder.log, vault: new Vault(folder.vault), size }
  for await (const { event, index } of readEvents(logged)) {
    learn(facts, event)
    progress.tell(() => say('archive.reading', { leaves: index + 1 }))
    io.signal.throwIfAborted()
  }
  progress.end()
  return work({ folder, facts, policy: retention, keyRooms: new Set(keyRooms) })
}

const folderOf = (dir: string | undefined): string => {
  if (dir === undefined) throw new UsageError(say('archive.no-ledger'))
  return dir
}

const SHIPPED = new URL('../../../policies/', import.meta.url)

/** Folder of a pack, by name or as it is. */
export const packFolderOf = (pack: string): string =>
  /^[\w-]+$/.test(pack) ? fileURLToPath(new URL(pack, SHIPPED)) : pack

/** `retention.json` of a pack, by name or folder. @throws UsageError */
const readRetention = async (pack: string): Promise<RetentionPolicy> => {
  const law = await readPolicy(pack)
  const folder = packFolderOf(pack)
  try {
    return parseRetention(JSON.parse(await readFile(`${folder}/retention.json`, 'utf8')), law)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isOurs = error instanceof PolicyError || error instanceof SyntaxError || 'code' in error
    if (!isOurs) throw error
    throw new UsageError(say('cli.bad-policy', { pack, reason: error.message }))
  }
}
