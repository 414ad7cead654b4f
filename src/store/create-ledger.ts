/** A new ledger in a folder: a key, a policy and an empty log, published and signed. */
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { formatSignerKey, formatVerifierKey } from '../ledger/note-key.ts'
import { parsePolicy } from '../ledger/policy.ts'
import { replaceFile } from './durable.ts'
import { CONFIG_FILE, KEY_FILE, POLICY_FILE, S3_HEAD, type LedgerConfig } from './ledger-folder.ts'
import { nodeSigner } from './node-keys.ts'
import { openLedger } from './open-ledger.ts'

export type NewLedger = {
  /** By custom a schema-less URL; becomes the name of the key. */
  readonly origin: string
  /** 32 random bytes. */
  readonly seed: Uint8Array
  /** Witnesses and quorum as tlog-policy lines; `quorum none` where there are none yet. */
  readonly witnesses?: string
  /**
   * Folder of the head, relative to the ledger's or absolute, better on another disk; beside the
   * objects where they lie in object storage.
   */
  readonly head?: string
  readonly s3?: NonNullable<LedgerConfig['s3']>
}

/**
 * @returns the policy as written, the log's own line first
 * @throws LedgerError for a policy that is none, StoreError
 */
export const createLedger = async (dir: string, ledger: NewLedger): Promise<string> => {
  const { origin, seed, witnesses = 'quorum none\n', s3 } = ledger
  const head = ledger.head ?? (s3 === undefined ? 'head' : S3_HEAD)
  const skey = formatSignerKey(origin, seed)
  const vkey = formatVerifierKey(nodeSigner(skey).verifier)
  const policy = `log ${vkey}\n${witnesses}`
  parsePolicy(policy)
  const config: LedgerConfig = { origin, vkey, head, ...(s3 === undefined ? {} : { s3 }) }
  await mkdir(dir, { recursive: true })
  const write = (name: string, text: string) => replaceFile(join(dir, name), Buffer.from(text))
  await write(KEY_FILE, `${skey}\n`)
  await chmod(join(dir, KEY_FILE), 0o600)
  await write(POLICY_FILE, policy)
  // Last: what has no ledger.json is no ledger, and can be begun again.
  await write(CONFIG_FILE, `${JSON.stringify(config, null, 2)}\n`)
  await (await openLedger(dir)).close()
  return policy
}
