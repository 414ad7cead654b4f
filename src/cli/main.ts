/** The command line: finds the command, gives it a voice and a way to stop, and sets the status. */
import { say } from '../language/say.ts'
import type { Language } from '../language/sentence.ts'
import { Unreadable } from '../importers/unreadable.ts'
import { UsageError, type Command, type ExitStatus, type Io } from './command.ts'
import { VERSION } from './version.ts'

/** Loaded when asked for: nobody waits for DuckDB, a database or a server who only verifies. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluateCommand,
  price: async () => (await import('./commands/price.ts')).priceCommand,
  words: async () => (await import('./commands/words.ts')).wordsCommand,
  archive: async () => (await import('./commands/archive.ts')).archiveCommand,
  ledger: async () => (await import('./commands/ledger.ts')).ledgerCommand,
  bundle: async () => (await import('./commands/bundle.ts')).bundleCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  admin: async () => (await import('./commands/admin.ts')).adminCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
}

/** `--lang` wins over the environment; English where neither says Chinese. */
const languageOf = (args: string[], env: NodeJS.ProcessEnv): Language => {
  const at = args.indexOf('--lang')
  if (at >= 0) {
    const [, value] = args.splice(at, 2)
    if (value === 'en' || value === 'zh') return value
    throw new UsageError(say('cli.bad-language', { value: value ?? '' }))
  }
  const set = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? ''
  return set.startsWith('zh') ? 'zh' : 'en'
}

const overview = async (language: Language): Promise<string> => {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary[language]}`)
  return `${say('cli.overview', { version: VERSION })[language]}\n\n${lines.join('\n')}\n\n${say('cli.more')[language]}\n`
}

const run = async (args: string[], io: Io): Promise<ExitStatus> => {
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(await overview(io.language))
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-v') {
    io.out(`${VERSION}\n`)
    return 0
  }
  if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(say('cli.unknown-command', { name }))
  const command = await COMMANDS[name]!()
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(`${command.help[io.language]}\n`)
    return 0
  }
  return command.run(rest, io)
}

const main = async (): Promise<void> => {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  process.once('SIGTERM', () => stop.abort(new Error('terminated')))
  // A reader that goes away (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  const args = process.argv.slice(2)
  let language: Language = 'en'
  try {
    language = languageOf(args, process.env)
    process.exitCode = await run(args, {
      out: (text) => void process.stdout.write(text),
      err: (text) => void process.stderr.write(text),
      isTerminal: process.stderr.isTTY,
      language,
      signal: stop.signal,
    })
  } catch (error) {
    if (stop.signal.aborted) {
      process.stderr.write(`${say('cli.stopped')[language]}\n`)
      process.exitCode = 130
    } else if (error instanceof UsageError || error instanceof Unreadable) {
      process.stderr.write(`assay: ${error.sentence[language]}\n`)
      process.exitCode = 2
    } else throw error
  }
}

await main()
