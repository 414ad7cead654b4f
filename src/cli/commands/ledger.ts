/** `assay ledger`: the log itself, its receipts, its witnesses and its copies. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { UsageError, type Command } from '../command.ts'
import { appendCommand } from '../ledger/append.ts'
import { checkpointCommand } from '../ledger/checkpoint.ts'
import { initCommand } from '../ledger/init.ts'
import { mirrorCommand } from '../ledger/mirror.ts'
import { proveCommand } from '../ledger/prove.ts'
import { verifyCommand } from '../ledger/verify.ts'
import { witnessCommand } from '../ledger/witness.ts'

const SUBCOMMANDS: readonly Command[] = [
  initCommand,
  appendCommand,
  proveCommand,
  checkpointCommand,
  verifyCommand,
  witnessCommand,
  mirrorCommand,
]

const joined = (sentences: readonly Sentence[], gap: string): Sentence => ({
  en: sentences.map(({ en }) => en).join(gap),
  zh: sentences.map(({ zh }) => zh).join(gap),
})

export const ledgerCommand: Command = {
  name: 'ledger',
  summary: say('ledger.summary'),
  help: joined([say('ledger.help'), ...SUBCOMMANDS.map(({ help }) => help)], '\n\n'),
  run: async (args, io) => {
    const [name, ...rest] = args
    const command = SUBCOMMANDS.find((candidate) => candidate.name === name)
    if (command !== undefined) return command.run(rest, io)
    const names = SUBCOMMANDS.map((candidate) => candidate.name).join(', ')
    throw new UsageError(say('ledger.no-subcommand', { name: name ?? '', names }))
  },
}
