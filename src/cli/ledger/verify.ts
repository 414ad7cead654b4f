/** `assay ledger verify`: a whole ledger, or one receipt; names what fails and what that means. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { equalBytes, fromUtf8 } from '../../ledger/bytes.ts'
import { LedgerError } from '../../ledger/error.ts'
import { parseHead } from '../../ledger/head.ts'
import { LogError } from '../../ledger/log-error.ts'
import type { ObjectStore } from '../../ledger/object-store.ts'
import type { Policy, TrustedCheckpoint } from '../../ledger/policy.ts'
import { RoomCheck } from '../../ledger/rooms.ts'
import { checkTlogProof } from '../../ledger/tlog-proof.ts'
import { verifyLog } from '../../ledger/verify-log.ts'
import { fileStore } from '../../store/file-store.ts'
import { CONFIG_FILE, readLedgerFolder, type LedgerFolder } from '../../store/ledger-folder.ts'
import { nodeSha256 } from '../../store/node-keys.ts'
import { latestCheckpoint } from '../../store/open-ledger.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { orComplain } from './complain.ts'
import { folderOf, readBytes, readPolicyFile } from './options.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: say('ledger.verify.summary'),
  help: say('ledger.verify.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const path = folderOf(positionals)
      const policy = values.policy === undefined ? null : await readPolicyFile(values.policy)
      const isJson = values.json === true
      if (path.endsWith('.tlog-proof')) return verifyReceipt(path, policy, values.leaf, isJson, io)
      const folder = existsSync(join(path, CONFIG_FILE)) ? await readLedgerFolder(path) : null
      const log = folder?.log ?? fileStore(path)
      const trust = policy ?? (folder === null ? null : { ...folder.policy, quorum: null })
      if (trust === null) throw new UsageError(say('ledger.verify.needs-policy'))
      return verifyTree(log, folder, trust, isJson, io)
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { policy: { type: 'string' }, leaf: { type: 'string' }, json: { type: 'boolean' } },
  })

type Failure = { readonly object: string; readonly code: string; readonly sentence: Sentence }

const verifyTree = async (
  log: ObjectStore,
  folder: LedgerFolder | null,
  policy: Policy,
  isJson: boolean,
  io: Io,
): Promise<ExitStatus> => {
  const rooms = new RoomCheck()
  const gaps: Failure[] = []
  const report = await verifyLog(log, policy, {
    hash: nodeSha256,
    onEntries: (entries, first) => {
      io.signal.throwIfAborted()
      if (gaps.length > 0) return
      try {
        for (const entry of entries) rooms.see(entry)
      } catch (error) {
        if (!(error instanceof LogError)) throw error
        gaps.push({ object: `entries from ${first}`, code: 'gap', sentence: error.sentence })
      }
    },
  })
  const { trusted } = report
  const failures: Failure[] = [...report.failures]
  // A gap is news only where every entry was read.
  if (failures.length === 0) failures.push(...gaps)
  if (folder !== null && trusted !== null) failures.push(...(await checkHead(folder, trusted)))
  const witnesses = await witnessesOf(folder, trusted)
  const size = trusted?.checkpoint.size ?? 0
  if (isJson) {
    const said = { verified: failures.length === 0, size, rooms: rooms.rooms, witnesses }
    io.out(`${JSON.stringify({ ...said, failures, unsigned: report.unsigned })}\n`)
  } else if (failures.length === 0) {
    const names = witnesses.join(', ')
    io.out(`${say('ledger.verify.done', { size, rooms: rooms.rooms })[io.language]}\n`)
    const who =
      names === '' ? say('ledger.verify.no-witness') : say('ledger.verify.witnesses', { names })
    io.out(`${who[io.language]}\n`)
  } else
    for (const { object, sentence } of failures) io.out(`${object}: ${sentence[io.language]}\n`)
  return failures.length === 0 ? 0 : 3
}

/** The second place must hold what was published, or more of it that is not yet published. */
const checkHead = async (folder: LedgerFolder, trusted: TrustedCheckpoint): Promise<Failure[]> => {
  const { size, root, origin } = trusted.checkpoint
  const kept = await folder.head.read()
  let head = null
  try {
    head = kept === null ? null : parseHead(fromUtf8(kept) ?? '')
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
  }
  if (head?.origin !== origin) return failed(say('ledger.foreign-head', { origin }))
  if (head.size < size)
    return failed(say('ledger.head-behind', { head: head.size, published: size }))
  const isSame = head.size > size || equalBytes(head.root, root)
  return isSame ? [] : failed(say('ledger.forked', { origin, size }))
}

const failed = (sentence: Sentence): Failure[] => [{ object: 'head', code: 'head', sentence }]

/** Who cosigned the newest checkpoint that has a quorum, or the published one. */
const witnessesOf = async (
  folder: LedgerFolder | null,
  trusted: TrustedCheckpoint | null,
): Promise<readonly string[]> => {
  if (trusted === null) return []
  const own = trusted.cosignatures.map(({ witness }) => witness)
  if (folder === null || own.length > 0) return own
  return (await latestCheckpoint(folder)).cosigned
}

const verifyReceipt = async (
  path: string,
  policy: Policy | null,
  leaf: string | undefined,
  isJson: boolean,
  io: Io,
): Promise<ExitStatus> => {
  if (policy === null) throw new UsageError(say('ledger.verify.needs-policy'))
  const proof = (await readBytes(path)).toString()
  const entry = await readBytes(leaf ?? path.replace(/\.tlog-proof$/, '.leaf'))
  const { index, checkpoint, cosignatures } = checkTlogProof(proof, entry, policy)
  const { origin, size } = checkpoint
  const names = cosignatures.map(({ witness }) => witness)
  if (isJson)
    io.out(`${JSON.stringify({ verified: true, origin, index, size, witnesses: names })}\n`)
  else {
    io.out(`${say('ledger.verify.receipt', { origin, index, size })[io.language]}\n`)
    const who =
      names.length === 0
        ? say('ledger.verify.no-witness')
        : say('ledger.verify.witnesses', { names: names.join(', ') })
    io.out(`${who[io.language]}\n`)
  }
  return 0
}
