/** `assay archive play`: a recording as a folder that any player opens. */
import { parseArgs } from 'node:util'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { piecesBetween, PLAYLIST_NAME, writeReplay } from '../../archive/replay.ts'
import { say } from '../../language/say.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { momentOf } from '../price/shop.ts'
import { orComplain } from '../ledger/complain.ts'
import { COMMON, requiredOption, withFacts } from './open.ts'

export const playCommand: Command = {
  name: 'play',
  summary: say('archive.play.summary'),
  help: say('archive.play.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: {
            ...COMMON,
            out: { type: 'string' },
            from: { type: 'string' },
            until: { type: 'string' },
          },
        }),
      )
      const [broadcast] = positionals
      if (broadcast === undefined) throw new UsageError(say('archive.play.what'))
      const out = requiredOption(values.out, '--out')
      const [from, until] = [momentOf(values.from), momentOf(values.until)]
      return withFacts(values, io, async ({ facts, folder }) => {
        const recorded = facts.broadcasts.get(broadcast)?.segments
        const segments = piecesBetween(recorded?.values() ?? [], from, until)
        if (segments.length === 0) throw new UsageError(say('archive.no-broadcast', { broadcast }))
        await mkdir(out, { recursive: true })
        const { missing } = await writeReplay(
          folder.segments,
          segments,
          async ({ name, bytes }) => {
            io.signal.throwIfAborted()
            await writeFile(join(out, name), bytes)
          },
        )
        const pieces = segments.length - missing.length
        const playlist = join(out, PLAYLIST_NAME)
        if (values.json) io.out(`${JSON.stringify({ broadcast, playlist, pieces, missing })}\n`)
        else {
          io.out(`${say('archive.play.done', { broadcast, pieces, playlist })[io.language]}\n`)
          if (missing.length > 0)
            io.out(`${say('archive.play.missing', { missing: missing.length })[io.language]}\n`)
        }
        // A piece that is not what the log says is a failed verification.
        return missing.length > 0 ? 3 : 0
      })
    }),
}
