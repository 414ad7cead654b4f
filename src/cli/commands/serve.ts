/** `assay serve`: the live service, on an embedded database unless told otherwise. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { orUsageError, UsageError, type Command, type Io } from '../command.ts'
import { VERSION } from '../version.ts'
import type { LogLevel } from '../../service/log.ts'
import type { RecordedSource } from '../../service/record-sources.ts'
import type { RunOptions, Running } from '../../service/run.ts'

const SHIPPED = fileURLToPath(new URL('../../../policies/', import.meta.url))

export const serveCommand: Command = {
  name: 'serve',
  summary: say('serve.summary'),
  help: say('serve.help'),
  run: async (args, io) => {
    const { level, ...options } = optionsOf(args, io)
    // Loaded only here: database, auth and server would slow every other command down.
    const [{ run }, { openLog }] = await Promise.all([
      import('../../service/run.ts'),
      import('../../service/log.ts'),
    ])
    const { failed, request } = openLog(level, { write: io.err })
    const running = await opened(() => run({ ...options, failed, onRequest: request }))
    greet(running, options, io)
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve()
      io.signal.addEventListener('abort', () => resolve())
    })
    io.err(`${say('serve.stopping')[io.language]}\n`)
    await running.close()
    return 0
  },
}

const opened = async (open: () => Promise<Running>): Promise<Running> => {
  try {
    return await open()
  } catch (error) {
    const { sentence } = error as { sentence?: { en: string; zh: string } }
    if (sentence !== undefined) throw new UsageError(sentence)
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new UsageError(say('serve.cannot-open', { reason: error.message }))
  }
}

type Greeted = Pick<RunOptions, 'origin'> & { readonly inflatedAfterMs: number }

const greet = (
  { host, port, sampleKey, sampleAccounts }: Running,
  { origin = `http://${host}:${port}`, inflatedAfterMs: ms }: Greeted,
  io: Io,
): void => {
  io.out(`${say('serve.ready', { origin })[io.language]}\n`)
  if (sampleKey === null) return
  io.out(`${say('serve.sample', { origin, key: sampleKey, after: { ms } })[io.language]}\n`)
  if (sampleAccounts.length === 0) return
  io.out(`\n${say('serve.sample-accounts', { origin })[io.language]}\n\n`)
  for (const { email, password } of sampleAccounts) io.out(`  ${email.padEnd(30)}${password}\n`)
}

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'silent']

const optionsOf = (
  args: readonly string[],
  io: Io,
): Omit<RunOptions, 'failed'> & { readonly level: LogLevel } & Greeted => {
  const { values } = parse(args)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(say('serve.bad-port', { port: values.port }))
  const level = LEVELS.find((one) => one === values.log)
  if (level === undefined)
    throw new UsageError(say('serve.bad-log', { text: values.log, levels: LEVELS.join(', ') }))
  const pack = /^[\w-]+$/.test(values.policy) ? join(SHIPPED, values.policy) : values.policy
  if (!existsSync(join(pack, 'ladder.json')))
    throw new UsageError(say('serve.bad-policy', { pack: values.policy }))
  return {
    data: values.data,
    host: values.host,
    port,
    origin: values.origin,
    database: values.database ?? process.env['ASSAY_DATABASE'],
    ledger: values.ledger,
    masterKey: values['master-key'],
    isBehindProxy: values['behind-proxy'],
    oidc: oidcOf(process.env),
    pack,
    version: VERSION,
    sample: values.sample === undefined ? undefined : seedOf(values.sample),
    inflatedAfterMs: secondsOf(values['inflate-after']) * 1000,
    follow: values.follow,
    record: values.record?.map(recordedSourceOf),
    recordHosts: values['record-host'],
    isWebhookPrivateAllowed: values['private-webhooks'],
    level,
    onStep: (step) => io.err(`${say(`serve.step.${step}`)[io.language]}\n`),
  }
}

const recordedSourceOf = (text: string): RecordedSource => {
  const [, broadcast, place] = /^([^=]{1,128})=(.+)$/.exec(text) ?? []
  if (broadcast === undefined || place === undefined)
    throw new UsageError(say('serve.bad-record', { text }))
  if (/^https?:/i.test(place) && !URL.canParse(place))
    throw new UsageError(say('serve.bad-record', { text }))
  return { broadcast, place }
}

const seedOf = (text: string): number => {
  const seed = Number(text)
  if (!Number.isSafeInteger(seed)) throw new UsageError(say('serve.bad-sample', { text }))
  return seed
}

const secondsOf = (text: string): number => {
  const seconds = Number(text)
  if (!Number.isInteger(seconds) || seconds < 0)
    throw new UsageError(say('serve.bad-seconds', { text }))
  return seconds
}

const oidcOf = (env: NodeJS.ProcessEnv): RunOptions['oidc'] => {
  const {
    ASSAY_OIDC_DISCOVERY: discoveryUrl,
    ASSAY_OIDC_CLIENT: clientId,
    ASSAY_OIDC_SECRET: clientSecret,
  } = env
  if (discoveryUrl === undefined || clientId === undefined || clientSecret === undefined)
    return undefined
  return { discoveryUrl, clientId, clientSecret }
}

const parse = (args: readonly string[]) =>
  orUsageError(() =>
    parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: 'assay-data' },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '4000' },
        origin: { type: 'string' },
        database: { type: 'string' },
        ledger: { type: 'string' },
        'master-key': { type: 'string' },
        'behind-proxy': { type: 'boolean', default: false },
        policy: { type: 'string', default: 'cn' },
        sample: { type: 'string' },
        'inflate-after': { type: 'string', default: '180' },
        follow: { type: 'string', multiple: true },
        record: { type: 'string', multiple: true },
        'record-host': { type: 'string', multiple: true },
        'private-webhooks': { type: 'boolean', default: false },
        log: { type: 'string', default: 'info' },
      },
    }),
  )
