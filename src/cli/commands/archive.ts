/** `assay archive`: what is recorded, how long it is kept, what holds it, and letting it go. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { checkCommand } from '../archive/check.ts'
import { dueCommand, expireCommand } from '../archive/due.ts'
import { eraseCommand } from '../archive/erase.ts'
import { holdCommand, releaseCommand } from '../archive/hold.ts'
import { playCommand } from '../archive/play.ts'
import { recordCommand } from '../archive/record.ts'
import { UsageError, type Command } from '../command.ts'

const SUBCOMMANDS: readonly Command[] = [
  recordCommand,
  playCommand,
  checkCommand,
  dueCommand,
  expireCommand,
  eraseCommand,
  holdCommand,
  releaseCommand,
]

const joined = (sentences: readonly Sentence[]): Sentence => ({
  en: sentences.map(({ en }) => en).join('\n\n'),
  zh: sentences.map(({ zh }) => zh).join('\n\n'),
})

export const archiveCommand: Command = {
  name: 'archive',
  summary: say('archive.summary'),
  help: joined([say('archive.help'), ...SUBCOMMANDS.map(({ help }) => help)]),
  run: async (args, io) => {
    const [name, ...rest] = args
    const command = SUBCOMMANDS.find((candidate) => candidate.name === name)
    if (command !== undefined) return command.run(rest, io)
    const names = SUBCOMMANDS.map((candidate) => candidate.name).join(', ')
    throw new UsageError(say('archive.no-subcommand', { name: name ?? '', names }))
  },
}
