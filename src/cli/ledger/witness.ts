/** `assay ledger witness`: watches logs for others, and cosigns what continues. */
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serveUntil } from '../../http/serve.ts'
import { witnessApp } from '../../http/witness-server.ts'
import { say } from '../../language/say.ts'
import {
  COSIGNATURE,
  formatSignerKey,
  formatVerifierKey,
  isKeyName,
  parseVerifierKey,
} from '../../ledger/note-key.ts'
import { replaceFile } from '../../store/durable.ts'
import { fileStore, sweepPartials } from '../../store/file-store.ts'
import { takeLock } from '../../store/lock-file.ts'
import { nodeSigner } from '../../store/node-keys.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { orComplain } from './complain.ts'
import { folderOf, readBytes, wholeOf } from './options.ts'

export const witnessCommand: Command = {
  name: 'witness',
  summary: say('ledger.witness.summary'),
  help: say('ledger.witness.help'),
  run: (args, io) =>
    orComplain(io, async () => {
      const { values, positionals } = orUsageError(() => parse(args))
      const dir = folderOf(positionals)
      await mkdir(dir, { recursive: true })
      const release = await takeLock(join(dir, 'witness.lock'))
      try {
        const key = await keyIn(dir, values.name)
        const logs = await logsOf(values.logs, values.log ?? [])
        const memory = join(dir, 'memory')
        await sweepPartials(memory)
        const onFailure = (error: Error) => io.err(`assay: ${error.message}\n`)
        const store = fileStore(memory)
        const app = await witnessApp({ key, logs, store, nowSeconds, onFailure })
        const address = {
          host: values.host ?? '127.0.0.1',
          port: wholeOf('--port', values.port ?? '8080'),
        }
        await serveUntil(app, address, io.signal, ({ host, port }) => {
          const vkey = formatVerifierKey(key.verifier)
          const { name } = key.verifier
          const said = { name, vkey, url: `http://${host}:${port}`, logs: logs.length }
          if (values.json === true) io.out(`${JSON.stringify(said)}\n`)
          else io.out(`${say('ledger.witness.ready', said)[io.language]}\n`)
        })
        return 0
      } finally {
        await release()
      }
    }),
}

const nowSeconds = () => Math.floor(Date.now() / 1000)

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      log: { type: 'string', multiple: true },
      logs: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      json: { type: 'boolean' },
    },
  })

/** The key that is there, or a new one under the name given. */
const keyIn = async (dir: string, name: string | undefined) => {
  const path = join(dir, 'key')
  const kept = await readFile(path, 'utf8').catch(() => null)
  if (kept !== null) return nodeSigner(kept.trim())
  if (name === undefined || !isKeyName(name))
    throw new UsageError(say('ledger.witness.no-name', { dir }))
  const skey = formatSignerKey(name, randomBytes(32), COSIGNATURE)
  await replaceFile(path, Buffer.from(`${skey}\n`))
  await chmod(path, 0o600)
  return nodeSigner(skey)
}

/** Keys of logs, one a line, `#` before remarks; and those given one by one. */
const logsOf = async (path: string | undefined, given: readonly string[]) => {
  const text = path === undefined ? '' : (await readBytes(path)).toString()
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim())
  const keys = [...lines, ...given].filter((line) => line !== '').map(parseVerifierKey)
  if (keys.length === 0) throw new UsageError(say('ledger.witness.no-log'))
  return keys
}
