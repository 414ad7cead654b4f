/** `assay verify`: whether a bundle or a log is what it was, and what exactly is not. */
import { existsSync, statSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LogError } from '../../ledger/log-error.ts'
import { StoreError } from '../../ledger/object-store.ts'
import { say } from '../../language/say.ts'
import { orUsageError, UsageError, type Command } from '../command.ts'
import { verifyFolder, verifyZip, type Trust } from '../verify/bundle.ts'
import { verifyLedger, verifyTree } from '../verify/log.ts'
import { passes, printJson, printOutcome, type Outcome } from '../verify/outcome.ts'
import { readOwn, readPolicyFile } from '../verify/own-files.ts'

export const verifyCommand: Command = {
  name: 'verify',
  summary: say('verify.summary'),
  help: say('verify.help'),
  run: async (args, io) => {
    const { values, positionals } = parse(args)
    if (values.page !== undefined) {
      await copyPage(values.page)
      if (positionals.length === 0) return 0
    }
    const [path, ...more] = positionals
    if (path === undefined || more.length > 0) throw new UsageError(say('verify.no-input'))
    const { policy, 'tsa-ca': authorities } = values
    const trust: Trust = {
      ...(policy === undefined ? {} : { policy: await readPolicyFile(policy) }),
      ...(authorities === undefined ? {} : { authorities: await readOwn(authorities) }),
    }
    const outcome = await verify(path, trust).catch((error: unknown) => {
      // A file that is there and may not be read is not a file that failed.
      if (isSystemError(error))
        throw new UsageError(say('verify.cannot-read', { path: error.path }))
      throw error
    })
    if (values.json === true) printJson(outcome, io)
    else printOutcome(outcome, io)
    return passes(outcome) ? 0 : 3
  },
}

const isSystemError = (error: unknown): error is Error & { readonly path: string } =>
  error instanceof Error && 'syscall' in error && 'path' in error

const parse = (args: readonly string[]) =>
  orUsageError(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        'tsa-ca': { type: 'string' },
        page: { type: 'string' },
        json: { type: 'boolean' },
      },
    }),
  )

/** The stand-alone verifier, to keep or to hand on. */
const copyPage = async (to: string): Promise<void> => {
  const page = fileURLToPath(new URL('../../verifier/verify.html', import.meta.url))
  try {
    await copyFile(page, to)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('cli.cannot-write', { path: to, reason }))
  }
}

const verify = async (path: string, trust: Trust): Promise<Outcome> => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new UsageError(say('verify.cannot-read', { path }))
  if (stat.isFile()) return verifyZip(path, trust)
  const has = (name: string) => existsSync(join(path, name))
  try {
    if (has('ledger.json')) return await verifyLedger(path, trust.policy)
    if (has('checkpoint') || has('tile')) {
      if (trust.policy === undefined) throw new UsageError(say('verify.no-policy', { path }))
      return await verifyTree(path, trust.policy)
    }
  } catch (error) {
    if (error instanceof LogError) throw new UsageError(error.sentence)
    if (error instanceof StoreError)
      throw new UsageError(say('verify.cannot-read', { path: error.message }))
    throw error
  }
  // Whatever a bundle has lost, something of these is left of it.
  if (!['bagit.txt', 'tagmanifest-sha256.txt', 'manifest-sha256.txt', 'data'].some(has))
    throw new UsageError(say('verify.unknown', { path }))
  return verifyFolder(path, trust)
}
