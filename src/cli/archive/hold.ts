/** `assay archive hold` and `release`: freezing evidence by hand, and letting it go. */
import { parseArgs } from 'node:util'
import { formatScope, type Scope } from '../../archive/holds.ts'
import { say } from '../../language/say.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { orComplain } from '../ledger/complain.ts'
import { COMMON, withArchive, withFacts } from './open.ts'

export const holdCommand: Command = {
  name: 'hold',
  summary: say('archive.hold.summary'),
  help: say('archive.hold.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: {
            ...COMMON,
            matter: { type: 'string' },
            broadcast: { type: 'string', multiple: true, default: [] },
            product: { type: 'string', multiple: true, default: [] },
            order: { type: 'string', multiple: true, default: [] },
          },
        }),
      )
      const scope: Scope = [
        ...values.broadcast.map((broadcast) => ({ broadcast })),
        ...values.product.map((product) => ({ product })),
        ...values.order.map((order) => ({ order })),
      ]
      const { matter } = values
      if (matter === undefined && scope.length === 0) {
        const holds = await withFacts(values, io, async ({ facts }) => [...facts.holds.values()])
        if (values.json) io.out(`${JSON.stringify({ holds })}\n`)
        else
          for (const { hold, matter: about, scope: held, placedAt } of holds) {
            const covers = held === null ? '*' : formatScope(held)
            const line = say('archive.hold.line', {
              hold,
              matter: about,
              scope: covers,
              at: { at: placedAt },
            })
            io.out(`${line[io.language]}\n`)
          }
        return 0
      }
      if (matter === undefined || scope.length === 0) throw new UsageError(say('archive.hold.what'))
      const hold = await withArchive(values, io, (archive) => archive.placeHold(matter, scope))
      io.out(
        values.json
          ? `${JSON.stringify({ hold })}\n`
          : `${say('archive.hold.placed', { hold, matter })[io.language]}\n`,
      )
      return 0
    }),
}

export const releaseCommand: Command = {
  name: 'release',
  summary: say('archive.release.summary'),
  help: say('archive.release.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() =>
        parseArgs({ args: [...args], allowPositionals: true, options: { ...COMMON } }),
      )
      const [hold, ...more] = positionals
      if (hold === undefined || more.length > 0) throw new UsageError(say('archive.release.what'))
      const isReleased = await withArchive(values, io, (archive) => archive.releaseHold(hold))
      if (!isReleased) throw new UsageError(say('archive.release.unknown', { hold }))
      io.out(
        values.json
          ? `${JSON.stringify({ released: hold })}\n`
          : `${say('archive.release.done', { hold })[io.language]}\n`,
      )
      return 0
    }),
}
