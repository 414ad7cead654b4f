/**
 * Everything of one ledger under one folder: `ledger.json` (what it is and where its parts lie),
 * `policy.txt` (whom our own proofs must convince), `key`, `log/` (public), `journal/`, `vault/` and
 * `segments/`, and `head/`, which an operator puts on another disk. With `s3` in ledger.json the
 * objects lie there instead.
 */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { say } from '../language/say.ts'
import { LogError } from '../ledger/log-error.ts'
import { parseVerifierKey, type VerifierKey } from '../ledger/note-key.ts'
import type { HeadStore, ObjectStore } from '../ledger/object-store.ts'
import { parsePolicy, type Policy } from '../ledger/policy.ts'
import { storeErrorOf } from './durable.ts'
import { fileHead } from './file-head.ts'
import { fileStore } from './file-store.ts'
import { s3Head, s3Store, type S3Settings } from './s3-store.ts'

export type LedgerConfig = {
  readonly origin: string
  readonly vkey: string
  /**
   * A folder, relative to the ledger's; or `s3`, beside the objects: then writers on two machines
   * cannot fork the log, but a back-up of the bucket takes the head along.
   */
  readonly head: string
  /** Keys come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). */
  readonly s3?: Pick<S3Settings, 'endpoint' | 'bucket' | 'prefix' | 'region'>
}

export type LedgerFolder = {
  readonly dir: string
  readonly config: LedgerConfig
  readonly verifier: VerifierKey
  /** tlog-policy text: the log, its witnesses and the quorum. Copied into bundles. */
  readonly policyText: string
  readonly policy: Policy
  /** The public tree. */
  readonly log: ObjectStore
  /** Ours alone: batches under way, room sequences, the last cosigned checkpoint. */
  readonly journal: ObjectStore
  /** Disclosures and chunk bodies: personal, erasable. */
  readonly vault: ObjectStore
  /** Recordings, by their digest. */
  readonly segments: ObjectStore
  readonly head: HeadStore
}

export const PARTS = ['log', 'journal', 'vault', 'segments'] as const
export const CONFIG_FILE = 'ledger.json'
export const POLICY_FILE = 'policy.txt'
export const KEY_FILE = 'key'
export const S3_HEAD = 's3'

/** Opens for reading; writing goes through openLedger. @throws LogError `no-ledger`, StoreError */
export const readLedgerFolder = async (dir: string): Promise<LedgerFolder> => {
  const config = await readConfig(dir)
  const policyText = await readText(dir, POLICY_FILE)
  const store = (part: (typeof PARTS)[number]): ObjectStore =>
    config.s3 === undefined ? fileStore(join(dir, part)) : s3Store(s3Of(config.s3, part))
  return {
    dir,
    config,
    verifier: parseVerifierKey(config.vkey),
    policyText,
    policy: parsePolicy(policyText),
    log: store('log'),
    journal: store('journal'),
    vault: store('vault'),
    segments: store('segments'),
    head:
      config.s3 !== undefined && config.head === S3_HEAD
        ? s3Head(s3Of(config.s3, 'head'))
        : fileHead(resolve(dir, config.head)),
  }
}

const readConfig = async (dir: string): Promise<LedgerConfig> => {
  const text = await readText(dir, CONFIG_FILE)
  try {
    const config = JSON.parse(text) as Partial<LedgerConfig>
    if (
      typeof config.origin === 'string' &&
      typeof config.vkey === 'string' &&
      typeof config.head === 'string'
    )
      return config as LedgerConfig
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new LogError('no-ledger', say('ledger.bad-config', { path: join(dir, CONFIG_FILE) }))
}

const readText = async (dir: string, name: string): Promise<string> => {
  const path = join(dir, name)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const failure = storeErrorOf(path, error)
    if (failure.code !== 'unreachable') throw failure
    throw new LogError('no-ledger', say('ledger.no-ledger', { dir }), { cause: error })
  }
}

const s3Of = (place: NonNullable<LedgerConfig['s3']>, part: string): S3Settings => ({
  ...place,
  prefix: `${place.prefix}${part}/`,
  accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
  ...(process.env['AWS_SESSION_TOKEN'] === undefined
    ? {}
    : { sessionToken: process.env['AWS_SESSION_TOKEN'] }),
})
