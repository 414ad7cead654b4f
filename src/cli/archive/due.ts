/** `assay archive due` and `expire`: what may go, and letting it go. */
import { parseArgs } from 'node:util'
import { dueIn, expire } from '../../archive/expire.ts'
import { keptGroups, type KeptGroup } from '../../archive/due.ts'
import { isDue } from '../../archive/retention.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { orUsageError, type Command, type ExitStatus } from '../command.ts'
import { orComplain } from '../ledger/complain.ts'
import { COMMON, momentOr, withArchive, withFacts } from './open.ts'

export const dueCommand: Command = {
  name: 'due',
  summary: say('archive.due.summary'),
  help: say('archive.due.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: { ...COMMON, at: { type: 'string' }, all: { type: 'boolean', default: false } },
        }),
      )
      const at = momentOr(values.at, Date.now())
      const groups = await withFacts(values, io, async ({ facts, policy, keyRooms }) =>
        keptGroups(facts, policy, at, keyRooms).filter(
          ({ expiry, isErased }) => values.all || (!isErased && isDue(expiry, at)),
        ),
      )
      if (values.json)
        io.out(`${JSON.stringify({ at: iso(at), kept: groups.map(rowOf) }, null, 1)}\n`)
      else {
        const lines = groups.map((group) => lineOf(group, at)[io.language])
        io.out(
          `${(lines.length > 0 ? lines : [say('archive.due.none')[io.language]]).join('\n')}\n`,
        )
      }
      return 0
    }),
}

export const expireCommand: Command = {
  name: 'expire',
  summary: say('archive.expire.summary'),
  help: say('archive.expire.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: {
            ...COMMON,
            by: { type: 'string', default: 'system' },
            'dry-run': { type: 'boolean', default: false },
          },
        }),
      )
      // Never a date of the caller's choice: what is deleted early cannot be had back.
      const at = Date.now()
      return withArchive<ExitStatus>(values, io, async (archive) => {
        if (values['dry-run']) {
          const groups = dueIn(archive, at)
          if (values.json) io.out(`${JSON.stringify({ at: iso(at), due: groups.map(rowOf) })}\n`)
          else for (const group of groups) io.out(`${lineOf(group, at)[io.language]}\n`)
          return 0
        }
        const { groups, disclosures, chunkEvents, segments } = await expire(archive, at, values.by)
        if (values.json)
          io.out(
            `${JSON.stringify({ at: iso(at), groups: groups.map(rowOf), disclosures, chunkEvents, segments })}\n`,
          )
        else
          io.out(
            `${say('archive.expire.done', { groups: groups.length, disclosures, chunkEvents, segments })[io.language]}\n`,
          )
        return 0
      })
    }),
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Accounts are personal and stay out of every output. */
const nameOf = ({ order, of, matter }: KeptGroup): string => order ?? of ?? matter ?? '–'

const rowsOf = ({ expiry }: KeptGroup): string =>
  expiry.rows.flatMap(({ provisions }) => provisions.map(({ id }) => id)).join(', ')

const rowOf = (group: KeptGroup) => ({
  kind: group.kind,
  name: nameOf(group),
  broadcast: group.of ?? null,
  events: group.events,
  expiresAt: group.expiry.at === null ? null : iso(group.expiry.at),
  rows: group.expiry.rows.map(({ row, provisions, clock, until, isDraft }) => ({
    row,
    provisions: provisions.map(({ id }) => id),
    clock,
    until: until === null ? null : iso(until),
    ...(isDraft && { draft: true }),
  })),
  heldBy: group.expiry.heldBy,
  waitsFor: group.expiry.waitsFor,
  erased: group.isErased,
})

const lineOf = (group: KeptGroup, at: number): Sentence => {
  const { expiry, kind: name, events } = group
  const kind = { term: say(`archive.kind.${name}`) }
  const what = { kind, name: nameOf(group), events }
  if (group.isErased) return say('archive.line.erased', what)
  if (expiry.heldBy.length > 0)
    return say('archive.line.held', { ...what, holds: expiry.heldBy.join(', ') })
  if (expiry.rows.length === 0) return say('archive.line.no-rule', what)
  if (expiry.at === null)
    return say('archive.line.open', { ...what, waitsFor: expiry.waitsFor.slice(0, 5).join(', ') })
  const until = { ...what, at: { at: expiry.at }, rows: rowsOf(group) }
  return expiry.at <= at ? say('archive.line.due', until) : say('archive.line.kept', until)
}
