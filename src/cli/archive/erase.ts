/** `assay archive erase`: a person out of the vault, or a replay out of the store. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { Archive } from '../../archive/archive.ts'
import { erasePersons, type Erasure } from '../../archive/erase.ts'
import { deleteReplay } from '../../archive/expire.ts'
import { say } from '../../language/say.ts'
import { openData } from '../../service/open-data.ts'
import type { Service } from '../../service/open.ts'
import { CONFIG_FILE } from '../../store/ledger-folder.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { orComplain } from '../ledger/complain.ts'
import { VERSION } from '../version.ts'
import { COMMON, packFolderOf, requiredOption, withArchive } from './open.ts'

export const eraseCommand: Command = {
  name: 'erase',
  summary: say('archive.erase.summary'),
  help: say('archive.erase.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values } = orUsageError(() =>
        parseArgs({
          args: [...args],
          allowPositionals: true,
          options: {
            ...COMMON,
            persons: { type: 'string' },
            broadcast: { type: 'string' },
            ground: { type: 'string' },
            by: { type: 'string' },
            'despite-retention': { type: 'boolean', default: false },
            data: { type: 'string' },
            database: { type: 'string' },
          },
        }),
      )
      const ground = requiredOption(values.ground, '--ground')
      const by = requiredOption(values.by, '--by')
      const { persons, broadcast } = values
      if ((persons === undefined) === (broadcast === undefined))
        throw new UsageError(say('archive.erase.what'))
      const wish = { ground, by, at: Date.now() }
      if (broadcast !== undefined)
        return withArchive(values, io, (archive) =>
          eraseBroadcast(archive, broadcast, wish, values.json, io),
        )
      const ids = await readIds(persons!)
      const overridesRetention = values['despite-retention']
      const erasure =
        values.data === undefined
          ? await withArchive(values, io, (archive) =>
              erasePersons(archive, { ids, ...wish, overridesRetention }),
            )
          : await withService({ ...values, data: values.data }, io, ({ keeping }) =>
              keeping.erase({ ids, ground, by, overridesRetention }),
            )
      return tellErasure(erasure, values.json, io)
    }),
}

const tellErasure = (erasure: Erasure, isJson: boolean, io: Io): ExitStatus => {
  const { disclosures, chunkEvents, held, kept, keptUntil, finding } = erasure
  if (isJson) {
    const until = isoOf(keptUntil)
    io.out(`${JSON.stringify({ disclosures, chunkEvents, held, kept, keptUntil: until })}\n`)
    return finding === null ? 0 : 1
  }
  const said = [say('archive.erase.done', { disclosures, chunkEvents })]
  if (kept > 0 && keptUntil !== null)
    said.push(say('archive.erase.kept', { kept, at: { at: keptUntil } }))
  else if (kept > 0) said.push(say('archive.erase.kept-open', { kept }))
  if (finding !== null) said.push(say('archive.erase.held', { held }), finding.summary)
  io.out(`${said.map((sentence) => sentence[io.language]).join('\n')}\n`)
  return finding === null ? 0 : 1
}

/** The whole service of a data folder, stopped until now: its database and state as well. */
const withService = async <T>(
  values: {
    readonly data: string
    readonly ledger?: string | undefined
    readonly database?: string | undefined
    readonly policy: string
  },
  io: Io,
  work: (service: Service) => Promise<T>,
): Promise<T> => {
  const { data, database = process.env['ASSAY_DATABASE'], policy } = values
  const ledger = values.ledger ?? join(data, 'ledger')
  if (!existsSync(join(ledger, CONFIG_FILE))) throw new UsageError(say('archive.no-data', { data }))
  const opened = await openData({
    data,
    database,
    ledger,
    pack: packFolderOf(policy),
    version: VERSION,
    failed: (what, error) => io.err(`assay: ${what}: ${String(error)}\n`),
  })
  try {
    return await work(opened.service)
  } finally {
    await opened.close()
  }
}

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

/** A file with an id a line, or standard input: ids on a command line stay in its history. */
const readIds = async (path: string): Promise<string[]> => {
  let all: string
  try {
    all = path === '-' ? await text(process.stdin) : await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('archive.erase.no-ids', { path, reason }))
  }
  const ids = all.split(/\r?\n/).filter((line) => line !== '')
  if (ids.length === 0) throw new UsageError(say('archive.erase.no-ids', { path, reason: '0' }))
  return ids
}

const eraseBroadcast = async (
  archive: Archive,
  broadcast: string,
  wish: { readonly by: string; readonly ground: string; readonly at: number },
  isJson: boolean,
  io: Io,
): Promise<ExitStatus> => {
  const deletion = await deleteReplay(archive, broadcast, wish)
  const { outcome } = deletion
  if (outcome === 'unknown') throw new UsageError(say('archive.no-broadcast', { broadcast }))
  if (isJson) {
    const detail =
      outcome === 'held'
        ? { finding: deletion.finding.finding }
        : outcome === 'kept'
          ? { until: isoOf(deletion.group.expiry.at) }
          : { segments: deletion.segments }
    io.out(`${JSON.stringify({ outcome, broadcast, ...detail })}\n`)
  } else if (outcome === 'deleted')
    io.out(
      `${say('archive.erase.replay', { broadcast, segments: deletion.segments })[io.language]}\n`,
    )
  else if (outcome === 'held') io.out(`${deletion.finding.summary[io.language]}\n`)
  else {
    const { at, waitsFor } = deletion.group.expiry
    const sentence =
      at === null
        ? say('archive.erase.too-early-open', { broadcast, waitsFor: waitsFor.join(', ') })
        : say('archive.erase.too-early', { broadcast, at: { at } })
    io.out(`${sentence[io.language]}\n`)
  }
  return outcome === 'deleted' ? 0 : 1
}
