/** `assay price`: what a shop's prices, coupons and promises come to. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { UsageError, type Command } from '../command.ts'
import { explainCommand } from '../price/explain.ts'
import { checkCommand } from '../price/check.ts'
import { preflightCommand } from '../price/preflight.ts'
import { refundsCommand } from '../price/refunds.ts'

const SUBCOMMANDS: readonly Command[] = [
  explainCommand,
  checkCommand,
  preflightCommand,
  refundsCommand,
]

const joined = (sentences: readonly Sentence[], gap: string): Sentence => ({
  en: sentences.map(({ en }) => en).join(gap),
  zh: sentences.map(({ zh }) => zh).join(gap),
})

export const priceCommand: Command = {
  name: 'price',
  summary: say('price.summary'),
  help: joined([say('price.help'), ...SUBCOMMANDS.map(({ help }) => help)], '\n\n'),
  run: async (args, io) => {
    const [name, ...rest] = args
    const command = SUBCOMMANDS.find((candidate) => candidate.name === name)
    if (command !== undefined) return command.run(rest, io)
    const names = SUBCOMMANDS.map((candidate) => candidate.name).join(', ')
    throw new UsageError(say('price.no-subcommand', { name: name ?? '', names }))
  },
}
