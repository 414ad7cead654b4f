/** `assay ledger mirror`: a full copy of somebody's log, refused where it contradicts itself. */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { StoreError } from '../../ledger/object-store.ts'
import { fileStore, sweepPartials } from '../../store/file-store.ts'
import { httpSource } from '../../store/http-source.ts'
import { takeLock } from '../../store/lock-file.ts'
import { follow } from '../../store/mirror.ts'
import { nodeSha256 } from '../../store/node-keys.ts'
import { orUsageError, UsageError, type Command, type Io } from '../command.ts'
import { progressOn } from '../progress.ts'
import { orComplain, sentenceOf } from './complain.ts'
import { readPolicyFile, wholeOf } from './options.ts'

export const mirrorCommand: Command = {
  name: 'mirror',
  summary: say('ledger.mirror.summary'),
  help: say('ledger.mirror.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const [from, dir] = positionals
      if (from === undefined || dir === undefined || values.policy === undefined)
        throw new UsageError(say('ledger.mirror.needs'))
      const policy = await readPolicyFile(values.policy)
      const source = /^https?:\/\//.test(from) ? httpSource(from) : fileStore(from)
      const release = await takeLock(join(dir, 'mirror.lock'))
      try {
        await sweepPartials(join(dir, 'log'))
        const step = () => followOnce(source, dir, policy, values.json === true, io)
        await step()
        if (values.every !== undefined) {
          const everyMs = wholeOf('--every', values.every) * 1000
          while (!io.signal.aborted) {
            await setTimeout(everyMs, undefined, { signal: io.signal }).catch(() => undefined)
            if (!io.signal.aborted) await unlessUnreachable(step, io)
          }
        }
        return 0
      } finally {
        await release()
      }
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { policy: { type: 'string' }, every: { type: 'string' }, json: { type: 'boolean' } },
  })

const followOnce = async (
  source: Parameters<typeof follow>[0]['source'],
  dir: string,
  policy: Parameters<typeof follow>[0]['policy'],
  isJson: boolean,
  io: Io,
): Promise<void> => {
  const progress = progressOn(io)
  const mirrored = await follow({
    source,
    target: fileStore(join(dir, 'log')),
    contradictions: fileStore(join(dir, 'contradictions')),
    policy,
    sha256: nodeSha256,
    onProgress: (size, of) => {
      io.signal.throwIfAborted()
      progress.tell(() => say('ledger.mirror.progress', { size, of }))
    },
  })
  progress.end()
  if (isJson) io.out(`${JSON.stringify(mirrored)}\n`)
  else io.out(`${say('ledger.mirror.done', mirrored)[io.language]}\n`)
}

/** A log that is away for a while is no news to whoever follows it; one that forks is. */
const unlessUnreachable = async (step: () => Promise<void>, io: Io): Promise<void> => {
  try {
    await step()
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'unreachable')) throw error
    io.err(`assay: ${sentenceOf(error)[io.language]}\n`)
  }
}
