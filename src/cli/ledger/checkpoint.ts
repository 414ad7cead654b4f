/** `assay ledger checkpoint`: the signed head of the log, cosigned when asked for. */
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { parseNote } from '../../ledger/note.ts'
import { readLedgerFolder } from '../../store/ledger-folder.ts'
import { latestCheckpoint, openLedger } from '../../store/open-ledger.ts'
import { orUsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { orComplain } from './complain.ts'
import { folderOf } from './options.ts'

export const checkpointCommand: Command = {
  name: 'checkpoint',
  summary: say('ledger.checkpoint.summary'),
  help: say('ledger.checkpoint.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const dir = folderOf(positionals)
      const isQuorum = values.cosign === true ? await cosign(dir, values.key, io) : null
      const folder = await readLedgerFolder(dir)
      const latest = await latestCheckpoint(folder)
      const note = Buffer.from(latest.note).toString()
      if (values.json === true) {
        const { text, signatures } = parseNote(note)
        const { origin, size, root } = parseCheckpoint(text)
        const names = signatures.map(({ name }) => name)
        const said = { origin, size, root: Buffer.from(root).toString('hex'), signatures: names }
        io.out(`${JSON.stringify({ ...said, isQuorum: latest.isQuorum, note })}\n`)
      } else io.out(note)
      const status: ExitStatus = isQuorum === false ? 1 : 0
      return status
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { cosign: { type: 'boolean' }, key: { type: 'string' }, json: { type: 'boolean' } },
  })

const cosign = async (dir: string, key: string | undefined, io: Io): Promise<boolean> => {
  const ledger = await openLedger(dir, key === undefined ? {} : { key })
  try {
    const { failures, isQuorum } = await ledger.cosign()
    for (const { sentence } of failures) io.err(`assay: ${sentence[io.language]}\n`)
    return isQuorum
  } finally {
    await ledger.close()
  }
}
