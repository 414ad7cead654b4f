/** `assay archive check`: the daily look for replays that should be there. */
import { parseArgs } from 'node:util'
import { checkReplays, type CheckOptions, type ReplayCheck } from '../../archive/daily-check.ts'
import type { Facts } from '../../archive/facts.ts'
import type { RetentionPolicy } from '../../archive/retention-table.ts'
import { storedSegments } from '../../archive/segments.ts'
import { say } from '../../language/say.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { orComplain } from '../ledger/complain.ts'
import { COMMON, momentOr, withArchive, withFacts } from './open.ts'

const FINDING = 'replay-missing'

export const checkCommand: Command = {
  name: 'check',
  summary: say('archive.check.summary'),
  help: say('archive.check.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: {
            ...COMMON,
            at: { type: 'string' },
            raise: { type: 'boolean', default: false },
            'fail-on': { type: 'string' },
          },
        }),
      )
      const failOn = values['fail-on']
      if (failOn !== undefined && failOn !== FINDING && failOn !== 'any')
        throw new UsageError(say('audit.unknown-kind', { kind: failOn }))
      const at = momentOr(values.at, Date.now())
      const look = (
        facts: Facts,
        policy: RetentionPolicy,
        keyRooms: CheckOptions['keyRooms'],
        stored: ReadonlySet<string>,
      ) => checkReplays(facts, policy, { at, keyRooms, isStored: (sha256) => stored.has(sha256) })
      const checks = values.raise
        ? await withArchive(values, io, async (archive) => {
            const { segments, keyRooms } = archive.parts
            const found = look(
              archive.facts,
              archive.policy,
              keyRooms,
              await storedSegments(segments),
            )
            for (const { finding } of found) if (finding !== null) await archive.raise(finding)
            return found
          })
        : await withFacts(values, io, async ({ facts, policy, keyRooms, folder }) =>
            look(facts, policy, keyRooms, await storedSegments(folder.segments)),
          )
      if (values.json)
        io.out(`${JSON.stringify({ at: new Date(at).toISOString(), checks }, null, 1)}\n`)
      else
        io.out(
          `${table(checks)
            .map((line) => line[io.language])
            .join('\n')}\n`,
        )
      const isFound = checks.some(({ finding }) => finding?.verdict === 'supported')
      return failOn !== undefined && isFound ? 1 : 0
    }),
}

const table = (checks: readonly ReplayCheck[]) =>
  checks.length === 0
    ? [say('archive.check.none')]
    : checks.map(({ broadcast, state, recorded, stored, finding, complaints }) => {
        const line = say('archive.check.line', {
          broadcast,
          state: { term: say(`archive.state.${state}`) },
          stored,
          recorded,
        })
        if (finding === null) return line
        const open =
          complaints.length > 0
            ? say('archive.check.open', { complaints: complaints.join(', ') })
            : null
        const said = [line, finding.summary, ...(open === null ? [] : [open])]
        return {
          en: said.map(({ en }) => en).join('\n  '),
          zh: said.map(({ zh }) => zh).join('\n  '),
        }
      })
