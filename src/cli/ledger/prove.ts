/** `assay ledger prove`: a receipt for one leaf or event, that checks offline with other tools too. */
import { parseArgs } from 'node:util'
import { receipts, rowReceipt } from '../../archive/receipt.ts'
import { Vault } from '../../archive/vault.ts'
import { say } from '../../language/say.ts'
import { base64, fromUtf8 } from '../../ledger/bytes.ts'
import { readLedgerFolder, type LedgerFolder } from '../../store/ledger-folder.ts'
import { latestCheckpoint } from '../../store/open-ledger.ts'
import { orUsageError, UsageError, type Command, type Io } from '../command.ts'
import { writeText } from '../output.ts'
import { orComplain } from './complain.ts'
import { findEvent, type Place } from './find-event.ts'
import { folderOf, wholeOf } from './options.ts'

export const proveCommand: Command = {
  name: 'prove',
  summary: say('ledger.prove.summary'),
  help: say('ledger.prove.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const folder = await readLedgerFolder(folderOf(positionals))
      const { index, within } = await placeOf(folder, values, io)
      const receipt = await receiptOf(folder, index, within)
      const out = values.out ?? `${index}.tlog-proof`
      const stem = out.replace(/\.tlog-proof$/, '')
      const files: (readonly [string, string])[] = [
        [out, receipt.proof],
        [`${stem}.leaf`, receipt.entry],
        [`${stem}.disclosures.json`, `${JSON.stringify(receipt.disclosed, null, 1)}\n`],
      ]
      if (out === '-') io.out(receipt.proof)
      else for (const [path, text] of files) await writeText(path, text, io)
      const { size, isQuorum } = receipt
      const said = { index, size, file: out, leaf: `${stem}.leaf` }
      if (values.json === true) io.out(`${JSON.stringify({ ...said, within, isQuorum })}\n`)
      else if (out !== '-') {
        io.out(`${say('ledger.prove.done', said)[io.language]}\n`)
        if (!isQuorum) io.err(`assay: ${say('ledger.prove.no-quorum')[io.language]}\n`)
      }
      return 0
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      index: { type: 'string' },
      event: { type: 'string' },
      broadcast: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
    },
  })

const placeOf = async (
  folder: LedgerFolder,
  { index, event, broadcast }: Readonly<Partial<Record<'index' | 'event' | 'broadcast', string>>>,
  io: Io,
): Promise<Place> => {
  if ((index === undefined) === (event === undefined))
    throw new UsageError(say('ledger.prove.which'))
  if (index !== undefined) return { index: wholeOf('--index', index), within: null }
  const found = await findEvent(folder, { event: event!, broadcast }, io)
  if (found === null) throw new UsageError(say('ledger.prove.unknown-event', { event: event! }))
  return found
}

/** The leaf, its proof under the newest checkpoint that covers it, and what is still disclosed of it. */
const receiptOf = async (folder: LedgerFolder, index: number, within: number | null) => {
  const { note, size, isQuorum } = await latestCheckpoint(folder, index + 1)
  const { entry, proof } = await receipts(folder.log, { note, size })(index)
  const vault = new Vault(folder.vault)
  const row = within === null ? null : await rowReceipt(vault, index, within)
  const disclosed =
    row === null
      ? await vault.disclosuresOf(index)
      : { within, salted: base64(row.salted), proof: row.proof.map(base64) }
  return { entry: fromUtf8(entry) ?? '', proof, disclosed, size, isQuorum }
}
