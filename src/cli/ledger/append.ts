/** `assay ledger append`: events, or raw lines, into the log; acknowledged when published. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { later } from '../../archive/later.ts'
import { Recorder } from '../../archive/recorder.ts'
import { randomSalt } from '../../archive/salt.ts'
import { Vault } from '../../archive/vault.ts'
import { say } from '../../language/say.ts'
import { openLedger, type OpenLedger } from '../../store/open-ledger.ts'
import { admit } from '../../vocabulary/admit.ts'
import { orUsageError, UsageError, type Command, type ExitStatus, type Io } from '../command.ts'
import { progressOn } from '../progress.ts'
import { orComplain } from './complain.ts'
import { folderOf } from './options.ts'

export const appendCommand: Command = {
  name: 'append',
  summary: say('ledger.append.summary'),
  help: say('ledger.append.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const dir = folderOf(positionals)
      const paths = positionals.length > 1 ? positionals.slice(1) : ['-']
      const ledger = await openLedger(dir, values.key === undefined ? {} : { key: values.key })
      for (const sentence of ledger.unasked) io.err(`assay: ${sentence[io.language]}\n`)
      try {
        return await append(
          ledger,
          paths,
          { isRaw: values.raw === true, isJson: values.json === true },
          io,
        )
      } finally {
        await ledger.close()
      }
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { raw: { type: 'boolean' }, key: { type: 'string' }, json: { type: 'boolean' } },
  })

/** Lines under way at once: more would only wait in memory. */
const IN_FLIGHT = 8192
/** Refused lines named one by one; the rest are counted. */
const NAMED = 20

const append = async (
  ledger: OpenLedger,
  paths: readonly string[],
  { isRaw, isJson }: { readonly isRaw: boolean; readonly isJson: boolean },
  io: Io,
): Promise<ExitStatus> => {
  const progress = progressOn(io)
  const put = isRaw ? rawDoor(ledger) : await eventDoor(ledger)
  let appended = 0
  let refused = 0
  let failure: unknown
  const underWay = new Set<Promise<void>>()
  for await (const { path, line, text } of linesOf(paths)) {
    io.signal.throwIfAborted()
    if (failure !== undefined) break
    if (text.trim() === '') continue
    const outcome = put.one(text)
    if (typeof outcome === 'string') {
      refused += 1
      if (refused <= NAMED)
        io.err(
          `assay: ${say('ledger.append.refused', { path, line, reason: outcome })[io.language]}\n`,
        )
      continue
    }
    const acknowledged = outcome
      .then(() => void (appended += 1))
      .catch((error: unknown) => void (failure ??= error))
      .finally(() => underWay.delete(acknowledged))
    underWay.add(acknowledged)
    progress.tell(() => say('ledger.append.progress', { appended }))
    if (underWay.size >= IN_FLIGHT) await Promise.race(underWay)
  }
  await put.flush().catch((error: unknown) => void (failure ??= error))
  await Promise.all(underWay)
  progress.end()
  if (failure !== undefined) throw failure
  const { cosigned, failures, isQuorum } = await ledger.cosign()
  for (const { sentence } of failures) io.err(`assay: ${sentence[io.language]}\n`)
  const said = { appended, refused, size: ledger.writer.size, cosigned: cosigned.length }
  if (isJson) io.out(`${JSON.stringify({ ...said, cosigned, isQuorum })}\n`)
  else io.out(`${say('ledger.append.done', said)[io.language]}\n`)
  // As everywhere: a bad line is refused alone, and nothing usable is bad input.
  return refused > 0 && appended === 0 ? 2 : 0
}

/** One line in: the promise of its acknowledgement, or why it is refused. */
type Door = {
  readonly one: (text: string) => Promise<unknown> | string
  readonly flush: () => Promise<void>
}

const rawDoor = ({ writer }: OpenLedger): Door => ({
  one: (text) => writer.append(Buffer.from(text)),
  flush: () => writer.flush(),
})

const eventDoor = async ({ writer, rooms, vault: store }: OpenLedger): Promise<Door> => {
  const vault = new Vault(store)
  await vault.recover(writer.next)
  const recorder = new Recorder(
    { writer, rooms, vault, salt: randomSalt(), schedule: later },
    rooms.underWay(),
  )
  return {
    one: (text) => {
      const admission = admit(jsonOf(text))
      if (admission.ok) return recorder.record(admission.event)
      const { code, field } = admission.refusal
      return field === '' ? code : `${code}: ${field}`
    },
    flush: () => recorder.flush(),
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function* linesOf(paths: readonly string[]) {
  for (const path of paths) {
    const input = path === '-' ? process.stdin : createReadStream(path)
    let line = 0
    try {
      for await (const text of createInterface({ input, crlfDelay: Infinity })) {
        line += 1
        yield { path, line, text }
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && 'path' in error)
        throw new UsageError(say('ledger.no-file', { path }))
      throw error
    }
  }
}
