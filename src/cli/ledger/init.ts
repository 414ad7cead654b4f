/** `assay ledger init`: a key, a policy and an empty log, published and signed. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { isKeyName } from '../../ledger/note-key.ts'
import { createLedger } from '../../store/create-ledger.ts'
import {
  CONFIG_FILE,
  KEY_FILE,
  readLedgerFolder,
  S3_HEAD,
  type LedgerConfig,
} from '../../store/ledger-folder.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { orComplain } from './complain.ts'
import { folderOf } from './options.ts'

export const initCommand: Command = {
  name: 'init',
  summary: say('ledger.init.summary'),
  help: say('ledger.init.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const dir = folderOf(positionals)
      const { origin } = values
      if (origin === undefined || !isKeyName(origin))
        throw new UsageError(say('ledger.bad-origin', { origin: origin ?? '' }))
      if (existsSync(join(dir, CONFIG_FILE))) throw new UsageError(say('ledger.exists', { dir }))
      const { s3 } = s3Of(values)
      const policy = await createLedger(dir, {
        origin,
        seed: randomBytes(32),
        witnesses: await witnessesOf(values.policy),
        ...(values.head === undefined ? {} : { head: resolve(values.head) }),
        ...(s3 === undefined ? {} : { s3 }),
      })
      const { config } = await readLedgerFolder(dir)
      const { vkey, head } = config
      const said = {
        dir,
        origin,
        vkey,
        key: join(dir, KEY_FILE),
        head: head === S3_HEAD ? head : resolve(dir, head),
      }
      if (values.json === true) io.out(`${JSON.stringify({ ...said, policy })}\n`)
      else io.out(`${say('ledger.init.done', said)[io.language]}\n`)
      return 0
    }),
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      origin: { type: 'string' },
      policy: { type: 'string' },
      head: { type: 'string' },
      's3-endpoint': { type: 'string' },
      's3-bucket': { type: 'string' },
      's3-prefix': { type: 'string' },
      's3-region': { type: 'string' },
      json: { type: 'boolean' },
    },
  })

/** What follows the log's own line, which cannot be known before there is a key. */
const witnessesOf = async (path: string | undefined): Promise<string> => {
  if (path === undefined) return 'quorum none\n'
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new UsageError(say('ledger.no-file', { path }))
  }
}

const s3Of = (values: ReturnType<typeof parse>['values']): Pick<LedgerConfig, 's3'> => {
  const { 's3-endpoint': endpoint, 's3-bucket': bucket } = values
  if (endpoint === undefined && bucket === undefined) return {}
  if (endpoint === undefined || bucket === undefined)
    throw new UsageError(say('ledger.s3-needs-both'))
  const prefix = values['s3-prefix'] ?? ''
  return { s3: { endpoint, bucket, prefix, region: values['s3-region'] ?? 'us-east-1' } }
}
