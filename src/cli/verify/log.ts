/** Checks a log: the public tree alone, or a ledger's folder with its vault and its recordings. */
import { nodeSha256 } from '../../archive/sha256.ts'
import { Vault } from '../../archive/vault.ts'
import { verifyKept } from '../../archive/verify-kept.ts'
import type { ObjectStore } from '../../ledger/object-store.ts'
import type { Policy } from '../../ledger/policy.ts'
import { verifyLog, type LogReport } from '../../ledger/verify-log.ts'
import { say } from '../../language/say.ts'
import { fileStore } from '../../store/file-store.ts'
import { readLedgerFolder } from '../../store/ledger-folder.ts'
import type { Outcome } from './outcome.ts'

/** The folder that holds `checkpoint` and `tile/`. */
export const verifyTree = async (path: string, policy: Policy): Promise<Outcome> => {
  const report = await verifyLog(fileStore(path), policy, { hash: nodeSha256 })
  return outcomeOf(path, 'own', report, fromObjects(report, ''))
}

/** The folder that holds `ledger.json`. */
export const verifyLedger = async (path: string, own: Policy | undefined): Promise<Outcome> => {
  const folder = await readLedgerFolder(path)
  const report = await verifyLog(folder.log, own ?? folder.policy, { hash: nodeSha256 })
  const failures = [...fromObjects(report, 'log/')]
  // Without a sound log nothing says what the vault should hold.
  if (failures.length === 0) failures.push(...(await keptFailures(folder, report)))
  return outcomeOf(path, own === undefined ? 'bundled' : 'own', report, failures)
}

const fromObjects = ({ failures }: LogReport, prefix: string): Outcome['failures'] =>
  failures.map(({ object, code, sentence }) => ({
    file: `${prefix}${object}`,
    code,
    text: sentence,
  }))

const keptFailures = async (
  folder: {
    readonly log: ObjectStore
    readonly vault: ObjectStore
    readonly segments: ObjectStore
  },
  { trusted }: LogReport,
): Promise<Outcome['failures']> => {
  const size = trusted?.checkpoint.size ?? 0
  const kept = await verifyKept({ ...folder, vault: new Vault(folder.vault), size })
  return kept.map(({ object, code, sentence }) => ({ file: object, code, text: sentence }))
}

const outcomeOf = (
  path: string,
  policy: Outcome['policy'],
  { trusted, unsigned }: LogReport,
  failures: Outcome['failures'],
): Outcome => {
  if (failures.length > 0 || trusted === null)
    return {
      kind: 'log',
      path,
      policy,
      failures,
      verdict: say('verify.log-fails', { count: failures.length }),
      holds: [],
      caveats: [say('bundle.fails-meaning')],
    }
  const { origin, size } = trusted.checkpoint
  return {
    kind: 'log',
    path,
    policy,
    failures,
    verdict: say('verify.log-passes', { origin, size }),
    holds: trusted.cosignatures.map(({ key, timeSeconds }) =>
      say('bundle.holds-cosignature', { name: key.name, at: { at: timeSeconds * 1000 } }),
    ),
    caveats: [
      ...(policy === 'bundled' ? [say('verify.caveat-policy')] : []),
      ...(trusted.cosignatures.length === 0 ? [say('bundle.caveat-no-witness')] : []),
      ...(unsigned.length > 0 ? [say('verify.unsigned', { count: unsigned.length })] : []),
      say('bundle.caveat-truth'),
    ],
  }
}
