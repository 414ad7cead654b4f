/** `assay admin create`: the first admin is made at the terminal, because nobody can sign up. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { MIN_PASSWORD } from '../../http/access/actor.ts'
import { say } from '../../language/say.ts'
import type { AdminOptions } from '../admin/create.ts'
import { UsageError, type Command } from '../command.ts'

export const adminCommand: Command = {
  name: 'admin',
  summary: say('admin.summary'),
  help: say('admin.help', { min: MIN_PASSWORD }),
  run: async (args, io) => {
    const [verb, ...rest] = args
    if (verb !== 'create') throw new UsageError(say('admin.usage'))
    const options = optionsOf(rest)
    const password = await lineOfStdin()
    if (password.length < MIN_PASSWORD)
      throw new UsageError(say('admin.short-password', { min: MIN_PASSWORD }))
    // Loaded only here: the database and the auth library would slow every other command down.
    const { createAdmin } = await import('../admin/create.ts')
    const isNew = await createAdmin(options, password)
    if (!isNew) throw new UsageError(say('admin.taken', { email: options.email }))
    io.out(`${say('admin.created', { email: options.email })[io.language]}\n`)
    return 0
  },
}

const optionsOf = (args: readonly string[]): AdminOptions => {
  const { values } = parse(args)
  if (values.email === undefined) throw new UsageError(say('admin.usage'))
  if (!z.email().safeParse(values.email).success)
    throw new UsageError(say('admin.bad-email', { email: values.email }))
  return {
    email: values.email,
    name: values.name ?? values.email,
    database: values.database,
    data: values.data,
    masterKey: values['master-key'],
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        database: { type: 'string' },
        data: { type: 'string', default: 'assay-data' },
        'master-key': { type: 'string' },
      },
    })
  } catch {
    throw new UsageError(say('admin.usage'))
  }
}

/** The first line, without its end. */
const lineOfStdin = async (): Promise<string> => {
  let text = ''
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  return text.split('\n')[0]!.replace(/\r$/, '')
}
